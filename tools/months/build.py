"""Writes streams/feeds/data/months.json: how months are called. `pip install babel==2.18.0`, then run this file.

Origin: Unicode CLDR as Babel ships it; licence: Unicode-3.0. Wide and abbreviated names, within a date and alone.
Of a name that two languages give to different months (Polish and Croatian "listopada"), the language that stands first
in LANGUAGES keeps it.
"""

import json
from pathlib import Path

import babel
from babel.dates import get_month_names

LANGUAGES = (
    "en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sk", "ru", "uk", "bg", "ro", "hu", "tr", "el", "sv", "da",
    "nb", "fi", "et", "lv", "lt", "sl", "hr", "id", "ms", "th", "ar", "he", "fa", "hi", "ca",
)  # fmt: skip
TO = Path(__file__).parents[2] / "streams" / "feeds" / "data" / "months.json"


def main() -> None:
    """Writes the file."""
    names: dict[str, int] = {}
    for language in LANGUAGES:
        own: dict[str, int] = {}
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in get_month_names(width, context, language).items():
                    word = name.lower().rstrip(".").removeprefix("de ").removeprefix("d’")
                    if not word.isdigit() and " " not in word:
                        own.setdefault(word, number)
        for word, number in own.items():
            names.setdefault(word, number)
    origin = f"Unicode CLDR, by Babel {babel.__version__}: tools/months/build.py"
    text = json.dumps({"origin": origin, "languages": LANGUAGES, "months": names}, ensure_ascii=False, indent=0)
    TO.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
