"""CSS selectors as operators write them: `ul.news > li`, and with an attribute `a@title`. Pure."""

import re
from functools import cache

from cssselect import HTMLTranslator, SelectorError

_PARTS = re.compile(r"(?P<css>.*?)(?:@(?P<attribute>[A-Za-z][\w-]*))?", re.DOTALL)


def split_selector(selector: str) -> tuple[str, str]:
    """The CSS and the attribute; `*`, the element itself, when there is no CSS.

    >>> split_selector("li > a@title"), split_selector("@href"), split_selector("p")
    (('li > a', 'title'), ('*', 'href'), ('p', ''))
    """
    found = _PARTS.fullmatch(selector.strip())
    return (found["css"].strip() or "*", found["attribute"] or "") if found else (selector, "")


@cache
def to_xpath(css: str) -> str:
    """The selector as XPath, for the element itself and what is in it. Raises SelectorError."""
    return str(HTMLTranslator().css_to_xpath(css, prefix="descendant-or-self::"))


def find_selector_mistake(selector: str) -> str | None:
    """What is wrong with a selector, in words; None when it can be used.

    >>> find_selector_mistake("ul.news > li"), find_selector_mistake("a@title")
    (None, None)
    >>> find_selector_mistake("ul[")
    "Expected ident or '*', got <EOF at 3>"
    """
    try:
        to_xpath(split_selector(selector)[0])
    except (SelectorError, ValueError) as error:
        return str(error)
    return None
