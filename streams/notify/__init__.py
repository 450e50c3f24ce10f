"""Alerts in, messages to people out.

    alert  -> match     which rules want to tell of it, and why
           -> book      who was told already? -> notices that wait -> `notices` (acknowledged) -> committed
    book   -> channels  each by itself: the oldest notice that is due -> send -> `notices`: sent, or the next try

A kill between sending and the record that it was sent repeats that one message, and no other.
"""
