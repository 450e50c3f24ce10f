"""Currency words of Chinese text and the building of sums of money."""

import re
from decimal import Decimal

CURRENCIES = {
    "人民币": "CNY", "元": "CNY", "块钱": "CNY", "美元": "USD", "美金": "USD", "欧元": "EUR", "港元": "HKD",
    "港币": "HKD", "日元": "JPY", "日圆": "JPY", "英镑": "GBP", "韩元": "KRW", "韩圆": "KRW", "泰铢": "THB",
    "卢布": "RUB", "新元": "SGD", "新加坡元": "SGD", "新币": "SGD", "坡币": "SGD", "澳元": "AUD", "澳大利亚元": "AUD",
    "加元": "CAD", "加拿大元": "CAD", "瑞士法郎": "CHF", "瑞郎": "CHF", "林吉特": "MYR", "令吉": "MYR", "马币": "MYR",
    "越南盾": "VND", "印尼盾": "IDR", "印尼卢比": "IDR", "印度卢比": "INR", "卢比": "INR", "巴基斯坦卢比": "PKR",
    "迪拉姆": "AED", "里亚尔": "SAR", "沙特里亚尔": "SAR", "新台币": "TWD", "台币": "TWD", "澳门元": "MOP",
    "澳门币": "MOP", "葡币": "MOP", "坚戈": "KZT", "苏姆": "UZS", "雷亚尔": "BRL", "比索": "PHP", "菲律宾比索": "PHP",
    "墨西哥比索": "MXN", "兰特": "ZAR", "埃及镑": "EGP", "土耳其里拉": "TRY", "里拉": "TRY", "福林": "HUF",
    "兹罗提": "PLN", "瑞典克朗": "SEK", "挪威克朗": "NOK", "丹麦克朗": "DKK", "捷克克朗": "CZK", "新西兰元": "NZD",
    "纽元": "NZD", "瑞尔": "KHR", "基普": "LAK", "缅元": "MMK", "缅币": "MMK", "图格里克": "MNT", "索姆": "KGS",
    "奈拉": "NGN", "先令": "KES", "比尔": "ETB",
}  # fmt: skip
"""Words to ISO 4217 codes; 元 without more is CNY (rule 7 of the labels)."""

CURRENCY_WORDS = "|".join(sorted(CURRENCIES, key=len, reverse=True))
ISO_CODE = re.compile(r"USD|EUR|HKD|CNY|RMB|JPY|GBP|THB|SGD")


def currency_of(words: str) -> str | None:
    """The ISO 4217 code of a currency word or code, or None.

    >>> currency_of("元人民币"), currency_of("美元"), currency_of("RMB"), currency_of("吨")
    ('CNY', 'USD', 'CNY', None)
    """
    plain = words.strip()
    if plain == "RMB":
        return "CNY"
    if ISO_CODE.fullmatch(plain):
        return plain
    if plain.startswith("元") and len(plain) > 1:
        plain = plain[1:]  # 12亿元新台币
    return CURRENCIES.get(plain)


def scale(number: Decimal, power: int) -> Decimal:
    """`number` times `power` without trailing zeros after the point.

    >>> scale(Decimal("3415.7"), 10**8)
    Decimal('341570000000')
    """
    value = number * power
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()
