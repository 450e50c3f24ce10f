"""Numbers as Chinese news writes them: digits, Chinese numerals, and the words that qualify them."""

import re
from decimal import Decimal

from schemas.event import Qualifier

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "○": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
STEPS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
SCALES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8,
          "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}  # fmt: skip

# Bounded, so that a long run of digits costs no more than its length.
ARABIC = r"\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,8})?|\d{1,18}(?:\.\d{1,8})?"
HANZI = r"[零〇○一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟]{1,14}(?:点[零〇一二三四五六七八九]{1,8})?"
NUMBER = rf"(?:{ARABIC}|{HANZI})"

BEFORE: tuple[tuple[Qualifier, str], ...] = (
    ("at_most", "不超过|不高于|不多于|最多|最高|至多|上限为?|不足"),
    ("at_least", "不少于|不低于|不下于|至少|超过|突破|逾|超|高于|大于|多于|冲破|跨过|跨越|站上|迈上|迈过|起码"),
    ("about", "将近|接近|大约|大概|(?<![签履违续预邀制])约为|约合|(?<![签履违续预邀制])约|(?<![最附])近|上下|粗略"),
)
AFTER: tuple[tuple[Qualifier, str], ...] = (
    ("at_least", "及以上|以上|有余|多|余|之多|开外|出头"),
    ("at_most", "以下|以内|之内"),
    ("about", "左右|上下|许"),
)


def parse_number(words: str) -> Decimal | None:
    """The value of digits or Chinese numerals; None for what is not a number.

    >>> parse_number("1,234.5"), parse_number("八十三"), parse_number("四百五十"), parse_number("二〇二三")
    (Decimal('1234.5'), Decimal('83'), Decimal('450'), Decimal('2023'))
    >>> parse_number("十"), parse_number("三点五"), parse_number("两千零六"), parse_number("百"), parse_number("点")
    (Decimal('10'), Decimal('3.5'), Decimal('2006'), Decimal('100'), None)
    """
    plain = words.replace(",", "")
    if re.fullmatch(r"\d{1,24}(?:\.\d{1,24})?", plain):
        return Decimal(plain)
    whole, _, part = plain.partition("点")
    if not whole or len(whole) > 24 or not all(char in DIGITS or char in STEPS for char in whole):
        return None
    value = _steps(whole)
    if not part:
        return Decimal(value)
    if not all(char in DIGITS for char in part):
        return None
    return Decimal(f"{value}.{''.join(str(DIGITS[char]) for char in part)}")


def _steps(words: str) -> int:
    if not any(char in STEPS for char in words):
        return int("".join(str(DIGITS[char]) for char in words))
    total = 0
    digit: int | None = None
    for char in words:
        if char in STEPS:
            total += (1 if digit is None or digit == 0 else digit) * STEPS[char]
            digit = None
        else:
            digit = DIGITS[char]
    return total + (digit or 0)


def qualify(before: str, after: str, infix: str = "") -> Qualifier:
    """How exact a number is, from the words right before it, right after it, and between its digits and its unit.

    >>> qualify("总投资逾", ""), qualify("约", "元"), qualify("", "以上"), qualify("最高", ""), qualify("", "", "多")
    ('at_least', 'about', 'at_least', 'at_most', 'at_least')
    """
    if infix in ("多", "余", "来"):
        return "at_least" if infix != "来" else "about"
    tail = before.rstrip(" 达到为了至的有")
    for qualifier, words in BEFORE:
        if re.search(rf"(?:{words})$", tail):
            return qualifier
    for qualifier, words in AFTER:
        if re.match(rf"(?:{words})", after):
            return qualifier
    return "exact"
