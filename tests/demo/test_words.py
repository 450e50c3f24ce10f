"""What is printed of an event, an alert, a dead letter and the totals."""

import io
import re
from decimal import Decimal

import pytest
from rich.console import Console

from schemas.event import Amount
from streams.demo.picture import Picture
from streams.demo.screen import Progress, Screen
from streams.demo.words import event_line, news_line, regions_table, windows_table
from tests.demo.make import alert, event, letter, picture, total, with_sum


def printed(renderable: object) -> str:
    out = io.StringIO()
    Console(file=out, width=200).print(renderable)
    return out.getvalue()


def test_an_event_is_place_what_amount_and_sentence() -> None:
    line = event_line(event(projects=48, evidence="48个项目现场签约，\n总投资365亿元")).plain
    assert line.startswith("2027-01-02 鄞州区 Yinzhou District, Zhejiang  signing contract  48 projects, 1 billion CNY")
    assert line.endswith("\n    «48个项目现场签约， 总投资365亿元»")


def test_bounds_joint_and_unsettled_places_are_said() -> None:
    amount = Amount(value=Decimal(320_500_000), currency="USD", qualifier="at_least")
    one = event(amount=amount, home=False, ambiguous=True, status="confirmed", regions=("CN-330000", "CN-320000"))
    line = event_line(one).plain
    for words in ("over 320.5 million USD", "[confirmed]", "joint", "浙江省 Zhejiang + 江苏省 Jiangsu", "not settled"):
        assert words in line


def test_what_became_of_an_event_is_said() -> None:
    source = event().sources[0]
    assert "[confirmed, 2 sources]" in event_line(event(status="confirmed", sources=(source, source))).plain
    assert "[retracted]" in event_line(event(status="retracted")).plain
    merged = event_line(event(status="retracted", merged_into="other")).plain
    assert merged == "one happening with another report's: 鄞州区 Yinzhou District, Zhejiang  signing contract"


def test_a_sum_of_nothing_stated_is_no_zero() -> None:
    assert "1: ?" in printed(windows_table(with_sum(total("CN", best=0), exact=0, unknown=1)))


def test_a_long_sentence_is_cut() -> None:
    line = event_line(event(evidence="word " * 200)).plain
    assert line.endswith("…»")
    assert len(line) < 300


def test_alerts_and_dead_letters() -> None:
    said = "ALERT large: 鄞州区 Yinzhou District, Zhejiang  signing contract  1 billion CNY\n    1 billion"
    assert news_line(alert()).plain == said
    assert news_line(letter()).plain == "DEAD LETTER from feed, identity: nothing usable"
    with pytest.raises(TypeError, match="RegionTotal"):
        news_line(total("CN"))


def test_the_regions_table_has_provinces_and_countries_largest_first() -> None:
    totals = {
        region: total(region, best) for region, best in (("CN-330000", 10**9), ("CN-330200", 10**9), ("CN", 10**10))
    }
    totals["VN"] = total("VN", 10**8)
    text = printed(regions_table(totals, "7d"))
    assert re.findall(r"\b(CN-\d+|CN|VN)\b", text) == ["CN", "CN-330000", "VN"]
    assert "1: 100.0" in text
    assert "1: 10.0" in text
    assert re.findall(r"\b(CN-\d+|CN|VN)\b", printed(regions_table(totals, "7d", 1))) == ["CN"]


def test_the_windows_table_has_every_window() -> None:
    text = printed(windows_table(total("CN")))
    for window in ("7d", "30d", "90d", "365d", "wtd", "mtd", "qtd", "ytd", "all"):
        assert re.search(rf"{window}  ", text)


def test_plain_lines_where_there_is_no_terminal() -> None:
    out = io.StringIO()
    with Screen(Console(file=out, width=200)) as screen:
        screen.progress(Progress(53, 50, 42, 40, 1), picture())
        screen.news(event())
        screen.totals(picture())
    text = out.getvalue()
    assert "revisions: 50 of 53 read, 42 of them passed on by the classifier, 40 of those with mentions" in text
    assert "\x1b" not in text
    assert "China: windows to 2027-01-02" in text


def test_the_numbers_of_progress_never_contradict() -> None:
    ahead = picture()  # topics are read independently: here the later ones are ahead
    ahead.raw = {key: one for key, one in ahead.raw.items() if key[0] != "id-sport" and key[1] == 1}
    ahead.relevant, extracted = {}, ahead.extracted
    assert Progress.of(ahead, 3) == Progress(3, 1, 0, 0, 1)
    ahead.relevant = picture().relevant
    assert Progress.of(ahead, 3) == Progress(3, 1, 1, 1, 1)
    assert len(extracted) == 2


def test_no_color_gives_plain_lines_on_a_terminal_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    out = io.StringIO()
    with Screen(Console(file=out, width=200, force_terminal=True)) as screen:
        screen.progress(Progress(53, 1, 1, 1, 0), picture())
    assert "\x1b[?25l" not in out.getvalue()
    assert "1 of 53 read" in out.getvalue()


def test_no_table_is_drawn_before_it_has_a_row() -> None:
    out = io.StringIO()
    with Screen(Console(file=out, width=200, force_terminal=True)) as screen:
        screen.progress(Progress(53, 1, 1, 1, 0), Picture())
        before = out.getvalue()
        screen.progress(Progress(53, 1, 1, 1, 0), Picture(totals={"CN": total("CN").model_copy(update=IN_30D)}))
    assert "1 of 53 read" in before
    assert "Region totals" not in before
    assert "Region totals" in out.getvalue()


IN_30D = {"windows": {"30d": total("CN").windows["7d"]}}
