"""How much reading costs: articles a second on one core, memory, import time, and the worst of 10,000 hostile texts.

`python -m bench.extract [--quick]`. The yardstick of the ratios is OpenCC's conversion of the same text to simplified
characters (pure Python, looks at every character once): a ratio of 0.1 is ten times its time.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from opencc import OpenCC
from rich.console import Console
from rich.table import Table

from bench.texts import articles, hostile, irrelevant, mutated
from schemas.article import RawArticle
from streams import offline

SECONDS = 3.0
"""How long each rate is measured."""
ROOT = Path(__file__).parent.parent
GOALS = {"irrelevant/s": 5000.0, "relevant/s": 300.0, "memory MB": 250.0, "import s": 1.0, "worst hostile s": 1.0}
PROBE = """
import resource, sys, time
start = time.perf_counter()
import streams.extract.extractor, streams.classify.classifier
print(time.perf_counter() - start)
"""


def main() -> int:
    """Measure all, print the table; 1 when a hostile text took longer than its bound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="500 mutated texts instead of 10,000")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    chosen = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    rows = list(_measure(500 if chosen.quick else 10_000))
    if chosen.json:
        print(json.dumps([dict(zip(("what", "value", "goal", "ratio", "note"), row, strict=True)) for row in rows]))
    else:
        _print(rows)
    worst = next(value for what, value, *_ in rows if what.startswith("worst hostile"))
    return int(worst > GOALS["worst hostile s"])


Row = tuple[str, float, float, float | None, str]


def _measure(mutations: int) -> Iterator[Row]:
    yield ("import s", _import_seconds(), GOALS["import s"], None, "classifier and extractor, a fresh process")
    convert = OpenCC("t2s").convert
    for language in ("en", "zh"):
        for kind, texts in (("irrelevant", irrelevant(language)), ("relevant", articles(language, 2000))):
            mine = _rate(offline.read, texts)
            theirs = _rate(lambda one: convert(one.document), texts)
            size = sum(len(one.document) for one in texts) // len(texts)
            events = sum(len(offline.read(one)[1]) for one in texts) / len(texts)
            note = f"{size} characters, {events:.1f} events each"
            yield (f"{kind}/s {language}", mine, GOALS[f"{kind}/s"], mine / theirs, note)
    yield ("memory MB", _peak_megabytes(), GOALS["memory MB"], None, "peak, both languages read")
    worst, name = _worst(mutations)
    yield (
        "worst hostile s",
        worst,
        GOALS["worst hostile s"],
        None,
        f"of {mutations} mutated and {len(hostile())} 1 MB texts: {name}",
    )


def _rate(read: Callable[[RawArticle], object], texts: list[RawArticle]) -> float:
    """Articles of CPU second; the first round warms what is made at first use."""
    for one in texts:
        read(one)
    done, start = 0, time.process_time()
    while (spent := time.process_time() - start) < SECONDS:
        for one in texts:
            read(one)
        done += len(texts)
    return done / spent


def _worst(mutations: int) -> tuple[float, str]:
    worst, name = 0.0, ""
    for label, article in [*hostile(), *mutated(mutations, random.Random(7))]:
        start = time.process_time()
        offline.read(article)
        spent = time.process_time() - start
        if spent > worst:
            worst, name = spent, label
    return worst, name


def _import_seconds() -> float:
    runs = (
        subprocess.run([sys.executable, "-c", PROBE], cwd=ROOT, capture_output=True, text=True, check=True)
        for _ in range(3)
    )
    return min(float(run.stdout) for run in runs)


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _print(rows: list[Row]) -> None:
    table = Table(title="reading, on one core")
    for name in ("what", "measured", "goal", "times OpenCC", "note"):
        table.add_column(name, justify="left" if name in ("what", "note") else "right")
    for what, value, goal, ratio, note in rows:
        met = value >= goal if "/s" in what else value <= goal
        table.add_row(
            what, f"[{'green' if met else 'red'}]{value:,.2f}[/]", f"{goal:,.0f}", f"{ratio:.2f}" if ratio else "", note
        )
    Console().print(table)


if __name__ == "__main__":
    sys.exit(main())
