"""Several figures that share one verb phrase: 签约、开工、投产项目数分别为132个、95个和61个."""

import re
from collections.abc import Sequence

from streams.extract.found import FoundCount
from streams.extract.zh.layout import Piece
from streams.extract.zh.lexicon import Trigger, find_triggers

EACH = "分别"
LISTED = re.compile(r"[^、和及与]+")
LEAST = 2


def find_shared(text: str, clause: Piece, count: FoundCount, counts: Sequence[FoundCount]) -> Trigger | None:
    """What happened to a count that stands in a list after 分别: the word of the same rank in the list before it.

    `counts`: all of the clause. None without such a list, or when the lists are not of one length.
    """
    at = text.find(EACH, clause.start, count.start)
    if at < 0:
        return None
    listed = [one for one in counts if one.start > at]
    told = [
        triggers[0]
        for item in LISTED.finditer(text, clause.start, at)
        if (triggers := find_triggers(text, item.start(), item.end()))
    ]
    if len(told) != len(listed) or len(told) < LEAST or len({one.role for one in told}) < LEAST:
        return None
    return told[listed.index(count)]
