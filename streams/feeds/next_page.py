"""Which link of a page leads to the next page of the same article. Pure."""

import re
from urllib.parse import parse_qsl, urlsplit

from streams.feeds.links import origin_of

_FIRST = re.compile(r"_1(?=\.\w{2,5}$)")
_PAGE_PARAMETERS = frozenset(("page", "p", "pn", "pageno", "pagenum", "currentpage"))


def is_next_page(first: str, link: str, number: int) -> bool:
    """True when `link` is page `number` (from 2) of the article whose first page is `first`, and not another article:
    the address of the first page and a number. Some sites count from 0.

    >>> is_next_page("http://a.cn/n/t2024_7.html", "http://a.cn/n/t2024_7_1.html", 2)
    True
    >>> is_next_page("http://a.cn/story?id=7", "http://a.cn/story?id=7&page=3", 3)
    True
    >>> is_next_page("http://a.cn/n/2024-7.html", "http://a.cn/n/2024-8.html", 2)
    False
    """
    if origin_of(first) != origin_of(link):
        return False
    one, other = urlsplit(_FIRST.sub("", first)), urlsplit(link)
    numbers = (str(number), str(number - 1))
    if one.path != other.path:
        stem, ending = _stem(one.path)
        rest = other.path.removeprefix(stem).removesuffix(ending)
        fits = other.path.startswith(stem) and other.path.endswith(ending) and rest[1:].strip("/") in numbers
        return fits and rest[0] in "_-/" and one.query == other.query
    old, new = parse_qsl(one.query), parse_qsl(other.query)
    added = [pair for pair in new if pair not in old]
    kept = [pair for pair in old if pair[0].lower() not in _PAGE_PARAMETERS]
    return (
        len(added) == 1
        and added[0][0].lower() in _PAGE_PARAMETERS
        and added[0][1] in numbers
        and all(pair in new for pair in kept)
    )


def _stem(path: str) -> tuple[str, str]:
    found = re.search(r"\.\w{2,5}$", path)
    return (path[: found.start()], found[0]) if found else (path.rstrip("/"), "")
