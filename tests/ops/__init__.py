"""Tests of deploy/: rules, routing, dashboards. Those marked `ops` need the tools of Prometheus: `make test-ops`."""
