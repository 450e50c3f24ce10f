"""What a robots.txt says (RFC 9309). Pure; runs in a worker process."""

from protego import Protego


def may_fetch(robots: bytes, url: str, agent: str) -> bool:
    """Whether the text of a robots.txt lets the agent have the URL. Pure; its patterns may take long.

    >>> rules = b"User-agent: *\\nDisallow: /private/\\nAllow: /private/open"
    >>> [may_fetch(rules, f"http://a.cn/{path}", "dealwire") for path in ("x", "private/x", "private/open")]
    [True, False, True]
    """
    return bool(Protego.parse(robots.decode("utf-8", "replace")).can_fetch(url, agent))
