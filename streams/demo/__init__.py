"""`dealwire demo`: the whole line on sample feeds, shown as it runs and checked at the end; see `run`."""
