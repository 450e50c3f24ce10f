"""Where the great fairs are held, by data/fairs_zh.toml: 进博会 is Shanghai's, whoever signs there."""

import tomllib
from functools import cache
from importlib.resources import files


def find_fair_host(name: str) -> str | None:
    """The code of the city or province that holds the fair whose name this is or contains; None for any other.

    >>> find_fair_host("第八届中国国际进口博览会"), find_fair_host("宁晋电线电缆展览会")
    ('CN-310000', None)
    """
    return next((code for fair, code in _hosts().items() if fair in name), None)


@cache
def _hosts() -> dict[str, str]:
    content = tomllib.loads((files("streams.extract") / "data" / "fairs_zh.toml").read_text(encoding="utf-8"))
    return {fair: f"CN-{code}" for code, fairs in content.items() for fair in fairs}
