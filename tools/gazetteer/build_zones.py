# ruff: noqa: E501 (tables of words)
"""Builds streams/extract/data/zones.csv from zones.txt: holders by name become codes, the usual names are made from the base.

python tools/gazetteer/build_zones.py
"""

import csv
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
MADE = {
    "etdz": (
        ("经济技术开发区", "经开区", "国家级经济技术开发区", "国家级经开区", "国家经济技术开发区", "经济开发区", "技术开发区"),
        (
            "Economic and Technological Development Zone", "Economic & Technological Development Zone",
            "Economic and Technological Development Area", "Economic-Technological Development Area",
            "Economic and Technology Development Zone", "Economic-Technological Development Zone",
            "Economic and Technical Development Zone", "National Economic and Technological Development Zone", "ETDZ", "ETDA",
        ),
    ),
    "htz": (
        ("高新技术产业开发区", "高新区", "国家高新区", "国家级高新区", "国家高新技术产业开发区", "高新技术开发区", "高新技术产业园区"),
        (
            "High-tech Zone", "Hi-tech Zone", "High-tech Industrial Development Zone", "Hi-tech Industrial Development Zone",
            "High-tech Development Zone", "Hi-tech Development Zone", "National High-tech Zone", "High-tech District",
            "National High-tech Industrial Development Zone", "High-tech Industries Development Zone", "High-tech Park",
            "Hi-tech Industries Development Zone", "High-tech Industrial Park", "High and New Technology Industrial Development Zone",
            "High-tech Industry Development Zone", "High-tech Area",
        ),
    ),
}  # fmt: skip


class Divisions:
    """The division table, looked up by the names of zones.txt."""

    def __init__(self) -> None:
        with open(ROOT / "schemas/data/divisions.csv", encoding="utf-8") as file:
            self.zh = {row["code"]: row["zh"] for row in csv.DictReader(file)}

    def code(self, path: str) -> str:
        """福州/马尾区 → 350105; a code abroad stands for itself. Raises ValueError when the path is not one division."""
        if path[0].isascii():
            return path
        codes = [c for c in self.zh if c.endswith("00")]
        *above, last = path.split("/")
        for part in above:
            found = [c for c in codes if self.zh[c].startswith(part)]
            found = [c for c in found if c.endswith("0000")] or found
            if len({c[:4] for c in found}) != 1:
                raise ValueError(f"{path}: {part} is {[self.zh[c] for c in found]}")
            head = found[0][:2] if found[0].endswith("0000") else found[0][:4]
            codes = [c for c in self.zh if c.startswith(head) and not c.endswith("00")]
        found = [c for c in codes if self.zh[c] == last] or [c for c in codes if self.zh[c].startswith(last)]
        if not above:
            found = [c for c in found if c.endswith("0000")] or found
        if len(found) != 1:
            raise ValueError(f"{path}: {[self.zh[c] for c in found]}")
        return found[0]


def main() -> None:
    """Writes the file; stops at the first holder which is not one division."""
    divisions, lines = Divisions(), []
    for line in (HERE / "zones.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        kind, zh, en, holders = (part.strip() for part in line.split(";"))
        if kind in MADE:
            zh = "|".join(zh + tail for tail in MADE[kind][0])
            en = "|".join(f"{en} {tail}" for tail in MADE[kind][1])
        lines.append(("|".join(divisions.code(holder) for holder in holders.split("+")), zh, en))
    with open(ROOT / "streams/extract/data/zones.csv", "w", encoding="utf-8", newline="") as file:
        file.write(
            "# Development zones, new areas, parks and the divisions that hold them: made of tools/gazetteer/zones.txt\n"
        )
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("codes", "zh", "en"))
        out.writerows(lines)


if __name__ == "__main__":
    main()
