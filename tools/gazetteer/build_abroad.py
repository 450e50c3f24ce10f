# ruff: noqa: E501, SIM905 (tables of words)
"""Builds schemas/data/abroad.csv: ISO 3166-1 and first-level ISO 3166-2 codes with English and Chinese names.

    python tools/gazetteer/build_abroad.py

The codes and names are those of `pycountry` (Debian iso-codes, LGPL-2.1-or-later) with its Chinese translations; abroad_zh.csv adds
Chinese names that are missing there; abroad_names.csv
beside this file holds the forms which news use and iso-codes does not: such rows are `sure`, the others (0)
only count beside their country, and those marked - are never found.
"""

import csv
import gettext
import re
import unicodedata
from pathlib import Path

import pycountry

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SKIPPED = {"CN", "HK", "MO", "TW", "AQ", "BV", "HM", "TF", "UM", "IO", "GS", "SJ", "AX"}
SECOND_LEVEL = {"ID", "PH", "IT", "FR", "ES", "BD"}
"""Countries whose ISO 3166-2 parents are geographic units; the divisions below are those that news name."""
WORDS = set(
    "free central northern southern eastern western north south east west center centre capital upper lower est nord sud ouest "
    "male mary van batman bar man plateau rivers littoral delta ordu bor savannah coast centro norte sur islands oriental lake "
    "valley river saint valle la paz colon hub red sea pool lakes hills mountain plain savanes haut ocean maritime bay".split()
)
"""English words, of which no name of a division is made."""
TAIL = re.compile(
    r"(?i)[ ,]*(-gwangyeoksi|-teukbyeolsi|-do|,? (province|state|oblast'|oblysy|kray|respublika|governorate|region|prefecture))$"
)


def translations(domain: str) -> gettext.NullTranslations:
    """The Chinese names of one ISO list."""
    return gettext.translation(domain, Path(pycountry.__file__).parent / "locales", languages=["zh_CN"])


def subdivisions() -> dict[str, tuple[str, str]]:
    """Code → English, Chinese (empty where iso-codes has none)."""
    chinese = translations("iso3166-2")
    found = {}
    for item in pycountry.subdivisions:
        if item.country_code in SKIPPED or (item.parent_code and item.country_code not in SECOND_LEVEL):
            continue
        name = TAIL.sub("", item.name).strip()
        name = re.sub(r"\s*[\[(].*?[\])]", "", name)
        if ", " in name:  # "Asturias, Principado de"
            name = name.split(", ")[0]
        translated = chinese.gettext(item.name)
        found[item.code] = (name, translated if translated != item.name else "")
    return found


def plain(name: str) -> str:
    """Without marks over letters: México, Mexico."""
    return "".join(char for char in unicodedata.normalize("NFD", name) if not unicodedata.combining(char))


def main() -> None:
    """Writes the file."""
    chinese = translations("iso3166-1")
    table: dict[str, tuple[list[str], list[str]]] = {}
    for country in pycountry.countries:
        if country.alpha_2 in SKIPPED - {"CN"}:
            continue
        english = [getattr(country, "common_name", None) or country.name.split(",")[0]]
        table[country.alpha_2] = (english, [chinese.gettext(country.name)])
    for code, (en, zh) in subdivisions().items():
        table[code] = ([en], [zh] if zh else [])
    with open(HERE / "abroad_names.csv", encoding="utf-8") as file:
        sure = set()
        for row in csv.DictReader(file):
            sure.add(row["code"])
            en, zh = table[row["code"]]
            lead_en, lead_zh = [x for x in row["en"].split("|") if x], [x for x in row["zh"].split("|") if x]
            table[row["code"]] = (
                [*lead_en, *(x for x in en if x not in lead_en)],
                [*lead_zh, *(x for x in zh if x not in lead_zh)],
            )
    with open(HERE / "abroad_zh.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            table[row["code"]][1].extend(row["zh"].split("|"))
    countries = {name.lower() for code, names in table.items() if "-" not in code for name in (*names[0], *names[1])}
    with open(ROOT / "schemas/data/abroad.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("code", "sure", "zh", "en"))
        for code, (en, zh) in sorted(table.items()):
            name = plain(en[0]).lower()
            word = "-" in code and code not in sure and (name in WORDS or name in countries)
            out.writerow((code, "-" if word else int(code in sure or "-" not in code), "|".join(zh), "|".join(en)))


if __name__ == "__main__":
    main()
