"""When failures are so many that the code, not the messages, must be at fault: the worker then stops."""

from collections import deque

WINDOW = 200
"""Messages over which the share of dead letters is taken."""


class OverLimit(Exception):
    """Too many messages could not be processed. Deploy the mended code; nothing unprocessed was committed."""


class FailureLimit:
    """Counts the verdicts of one stage. Bad code would turn a whole topic into dead letters (rule 5)."""

    def __init__(self, max_run: int, max_share: float) -> None:
        self.max_run, self.max_share = max_run, max_share
        self._run = 0
        self._last: deque[bool] = deque(maxlen=WINDOW)

    def count(self, failed: bool) -> None:
        """One more message. Raises OverLimit at the limit."""
        self._run = self._run + 1 if failed else 0
        self._last.append(failed)
        if self._run >= self.max_run:
            raise OverLimit(
                f"{self._run} messages in a row failed; the limit is {self.max_run} (DEALWIRE_MAX_FAILURES)"
            )
        share = sum(self._last) / WINDOW
        if len(self._last) == WINDOW and share >= self.max_share:
            raise OverLimit(
                f"{share:.0%} of the last {WINDOW} messages failed; the limit is {self.max_share:.0%}"
                " (DEALWIRE_MAX_INVALID_SHARE)"
            )
