"""Spellings made alike, character by character, so that offsets in the folded text are offsets in the text."""

import unicodedata
from functools import cache

from streams.fold import HALF_WIDTH, simplified


@cache
def chinese_table() -> dict[int, str]:
    """Traditional → simplified characters (OpenCC's table), full-width → half-width forms."""
    return HALF_WIDTH | {0x3000: " "} | simplified()


def fold_chinese(text: str) -> str:
    """Simplified and half-width, of the same length.

    >>> fold_chinese("蘇伊士 ＡＢ")
    '苏伊士 AB'
    """
    return text.translate(chinese_table())


@cache
def english_table() -> dict[int, str]:
    """Small letters without marks; one kind of apostrophe, hyphen and space."""
    table = {}
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFKD", chr(code))[:1].lower()
        if base.isascii() and base.isalpha():
            table[code] = base
    table |= dict.fromkeys(map(ord, "’‘`´ʼʻ′"), "'")
    table |= dict.fromkeys(map(ord, "‐‑‒–"), "-")
    table |= dict.fromkeys(map(ord, "\n\r\t\u00a0\u2009\u202f\u3000"), " ")
    table |= {ord(k): v for k, v in {"đ": "d", "Đ": "d", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "ı": "i"}.items()}
    return table


def fold_english(text: str) -> str:
    """Small letters without marks, of the same length.

    >>> fold_english("Xi’an, Bắc Ninh, Ürümqi")
    "xi'an, bac ninh, urumqi"
    """
    return text.translate(english_table())
