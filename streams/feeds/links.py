"""Links: what is kept, what is compared, and what is never written down (credentials)."""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
TRACKING = re.compile(
    r"""^(?:utm_\w+|spm|scm|fbclid|gclid|dclid|msclkid|yclid|twclid|igshid|mc_cid|mc_eid|_hsenc|_hsmi|mkt_tok
        |ref_src|cmpid|ncid|sr_share|share_token|wt_mc|at_medium|at_campaign|xtor)$""",
    re.IGNORECASE | re.VERBOSE,
)
"""Parameters that say where a reader came from, never which page it is. `id`, `aid` and their like are not here."""


class Login(NamedTuple):
    """User and password as they stood in a URL."""

    user: str
    password: str


def split_login(url: str) -> tuple[str, Login | None]:
    """The URL without its credentials, and the credentials.

    >>> split_login("https://ann:s%40t@example.org:8443/feed?x=1")
    ('https://example.org:8443/feed?x=1', Login(user='ann', password='s@t'))
    """
    parts = _split(url)
    if parts is None or "@" not in parts.netloc:
        return url, None
    login, _, host = parts.netloc.rpartition("@")
    user, _, password = login.partition(":")
    return urlunsplit(parts._replace(netloc=host)), Login(unquote(user), unquote(password))


def without_login(url: str) -> str:
    """The URL as it may be written to a log, a key or a message."""
    return split_login(url)[0]


def clean_link(url: str) -> str:
    """One key for all spellings of one page: no scheme, tracking, fragment or default port; parameters in order.

    The scheme is left out because a site that moves to https keeps its pages. The original link is kept elsewhere.

    >>> clean_link("HTTPS://Example.org:443/a/?utm_source=x&b=2&a=1&spm=9#top")
    'example.org/a/?a=1&b=2'
    >>> clean_link("http://example.org/show?id=7&aid=3")
    'example.org/show?aid=3&id=7'
    """
    parts = _split(without_login(url.strip()))
    if parts is None or not parts.netloc:
        return url.strip()
    pairs = parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")
    kept = sorted((name, value) for name, value in pairs if not TRACKING.match(name))
    query = urlencode(kept, errors="surrogateescape")
    path = quote(unquote(parts.path, errors="surrogateescape"), safe="/:@!$&'()*+,;=~", errors="surrogateescape")
    return f"{_host(parts)}{path or '/'}{'?' + query if query else ''}"


def origin_of(url: str) -> str:
    """`scheme://host:port`, for what is shared by all feeds of one server; the URL itself when it has no host."""
    parts = _split(without_login(url))
    return f"{parts.scheme.lower()}://{_host(parts)}" if parts is not None and parts.netloc else url


def host_of(url: str) -> str:
    """The host and port in lower case, without a default port."""
    parts = _split(without_login(url))
    return _host(parts) if parts is not None else ""


def is_web_link(url: str) -> bool:
    """True for http and https URLs with a host."""
    parts = _split(url)
    return parts is not None and parts.scheme.lower() in DEFAULT_PORTS and bool(parts.hostname)


@lru_cache(maxsize=512)  # the guid is the link as a rule, and an article's feed is that of the article before
def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port, parts.hostname  # both raise ValueError when they are read, not when the URL is split
    except ValueError:
        return None
    return parts


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    host = f"[{host}]" if ":" in host else host
    port = parts.port
    return host if port is None or port == DEFAULT_PORTS.get(parts.scheme.lower()) else f"{host}:{port}"
