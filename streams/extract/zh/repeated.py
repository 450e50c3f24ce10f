"""Figures told again of another time, without noun or verb: 去年同期为71个, 2023年增至98家, 这一数字在2022年是58个."""

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from streams.extract.found import FoundCount

AGAIN = re.compile(
    r"(?:同期|年|月|季度|半年|数字|数据|数量)[^,。;、\d]{0,10}?"
    r"(?:是|为|仅|只有|有|达|到|[增升降减]至|至|突破|超过|的)[^,。;\d]{0,4}(?:[\d.,]+[余多]?[个家项户][、和及])?$"
)
"""What stands in its clause before a figure that only says how large the thing told before was at another time."""
SAME_NOUNS = ("", "project", "company", "fund", "agreement", "activity", "lead")


def tells_again(words: str) -> bool:
    """True when a figure after these words of its clause is one told before, at another time.

    >>> tells_again("去年同期这两个数字分别是"), tells_again("2022年增至"), tells_again("今年签约项目")
    (True, True, False)
    """
    return AGAIN.search(words) is not None


class Counted(Protocol):
    """Something told with a count."""

    @property
    def count(self) -> FoundCount | None:
        """What is counted."""


Told = TypeVar("Told", bound=Counted)


def find_first_telling(told: Sequence[Told], words: str, count: FoundCount) -> Told | None:
    """What was told last of the same noun, for a count after `words` of its clause that tells it again; else None."""
    if count.noun not in SAME_NOUNS or not tells_again(words):
        return None
    alike = [one for one in told if one.count and (count.noun in ("", one.count.noun))]
    return alike[-1] if alike else None
