"""Names of projects, companies and parties in folded Chinese text."""

import re

from streams.extract.zh.lexicon import pattern

COMPANY = re.compile(
    r"[\u4e00-\u9fffA-Za-z0-9()·&]{2,24}?(?:股份有限公司|有限责任公司|有限公司|控股集团|集团(?!旗下|军)|股份|公司(?!负责|方面|打算|说|要|的))"
)
PROJECT = re.compile(
    r"[\u4e00-\u9fffA-Za-z0-9·“”（）()]{3,30}?(?:项目|基地|工厂|产业园|总部|研发中心|生产线|科技园|综合体|示范园|电站|创新中心|产业基金|基金)(?:[一二三1-3]期)?"
)
SPLIT_PARTIES = re.compile(r"[、,]|分别|以及|(?<!共)(?:与|同(?![意时步样期日一类比城心行])|和|及(?!其)|跟(?!踪))")
LEADING = pattern("names", "LEADING")
TRAILING = pattern("names", "TRAILING")
BODY = re.compile(
    r"政府|管委会|局|厅|委|区|市|县|公司|集团|大学|学院|商会|协会|联盟|银行|院|中心|基金|组织|部|署|会|所|企|招商|股份|资本|园|省"
)


def find_parties(words: str) -> tuple[str, ...]:
    """Who signed, from the words before the verb of signing.

    >>> find_parties("7月8日,常州市政府与江苏高科技投资集团有限公司")
    ('常州市政府', '江苏高科技投资集团有限公司')
    """
    subject = re.split(r"[。;:!?]", words)[-1]
    if "," in subject:
        pieces = subject.split(",")
        joined = [index for index, piece in enumerate(pieces) if re.search(r"与|同|和|及|跟", piece)]
        subject = ",".join(pieces[max(0, joined[-1] - 1) :] if joined else pieces[-1:])
    found: list[str] = []
    for piece in SPLIT_PARTIES.split(subject):
        name = LEADING.sub("", piece.strip())
        previous = None
        while name != previous:
            previous, name = name, TRAILING.sub("", name).strip()
        name = LEADING.sub("", name)
        if (
            3 <= len(name) <= 30
            and BODY.search(name)
            and not re.search(r"\d{1,2}日|举行|会议|大会|活动|仪式|会上", name)
        ):
            found.append(name)
    return tuple(dict.fromkeys(found))


def find_names(words: str) -> tuple[str, ...]:
    """Companies and projects named in the words, each as written, without those that only hold another.

    >>> find_names("喀什经济开发区新材料数字纳米产业园,伽师县30万锭气流纺纱项目")
    ('喀什经济开发区新材料数字纳米产业园', '伽师县30万锭气流纺纱项目')
    """
    found: list[str] = []
    for clause in re.split(r"[,。;:、!?\n]|以及|(?<=[公集目园])(?:和|与)", words):
        for kind in (COMPANY, PROJECT):
            for match in kind.finditer(clause):
                name = LEADING.sub("", match[0])
                if _is_name(name):
                    found.append(name)
                    break
    return tuple(dict.fromkeys(found))


GENERAL = pattern("names", "GENERAL")


def _is_name(name: str) -> bool:
    return (
        len(name) >= 4
        and not GENERAL.search(name)
        and name not in ("有限公司", "产业基金", "投资基金", "研发中心", "区域总部")
    )
