"""When two spellings are one name."""

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from rapidfuzz import fuzz

SIMILAR = 85
"""rapidfuzz's token set ratio from which two names of one language are one name."""

SHORTEST_PART = 4
"""Chinese has no spaces, so a name inside a longer one is no token of it; from so many characters it counts."""


def _load_forms() -> tuple[frozenset[str], re.Pattern[str]]:
    lines = (files("streams.ledger") / "data" / "company_forms.txt").read_text(encoding="utf-8").split("\n")
    forms = [line for line in lines if line and not line.startswith("#")]
    chinese = sorted((form for form in forms if not form.isascii()), key=len, reverse=True)
    return frozenset(form for form in forms if form.isascii()), re.compile("|".join(chinese))


LATIN_FORMS, CHINESE_FORMS = _load_forms()


@lru_cache(maxsize=8192)
def bare(name: str) -> str:
    """The name without case, punctuation and legal form; as it is when nothing else would be left.

    >>> bare("HAITONG BANK Co., Ltd."), bare("江西善为科技有限公司"), bare("The Group")
    ('haitong bank', '江西善为科技', 'the group')
    """
    words = re.sub(r"[^\w]+", " ", name.casefold()).split()
    kept = " ".join(word for word in words if word not in LATIN_FORMS)
    return CHINESE_FORMS.sub("", kept).strip() or " ".join(words)


def names_agree(one: Iterable[str], other: Iterable[str]) -> bool:
    """True when some name of one is some name of the other, but for word order, legal form, punctuation and case.

    >>> names_agree(["Government of Xishan District"], ["Xishan District Government"])
    True
    """
    theirs = [bare(name) for name in other]
    return any(_alike(name, bare_name) for name in map(bare, one) for bare_name in theirs)


def _alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    inside = len(short) >= SHORTEST_PART and not short.isascii() and short in long
    return inside or fuzz.token_set_ratio(one, other) >= SIMILAR
