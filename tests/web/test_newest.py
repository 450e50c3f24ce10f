"""The bounded shelf."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from streams.web.newest import Newest


def moment(hour: int) -> datetime:
    return datetime(2026, 1, 1, hour, tzinfo=UTC)


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 23))))
def test_holds_one_record_an_id_in_rank_order(puts: list[tuple[str, int]]) -> None:
    shelf = Newest[tuple[str, int]](100)
    for identity, hour in puts:
        shelf.put(identity, moment(hour), (identity, hour))
    expected = sorted(dict(puts).items(), key=lambda item: (item[1], item[0]), reverse=True)
    assert list(shelf.newest()) == expected


@given(st.permutations(range(20)))
def test_keeps_the_newest_whatever_the_order(hours: list[int]) -> None:
    shelf = Newest[int](5)
    for hour in hours:
        shelf.put(str(hour), moment(hour), hour)
    assert list(shelf.newest()) == [19, 18, 17, 16, 15]
    assert shelf.dropped == 15


def test_says_whether_a_record_was_kept() -> None:
    shelf = Newest[str](1)
    assert shelf.put("a", moment(5), "a")
    assert not shelf.put("b", moment(4), "b")
    assert shelf.get("a") == "a"
    assert shelf.get("b") is None


def test_a_page_starts_after_the_record_before_it() -> None:
    shelf = Newest[int](10)
    for hour in range(5):
        shelf.put(str(hour), moment(hour), hour)
    assert list(shelf.newest(before=(moment(3), "3"))) == [2, 1, 0]
    assert list(shelf.newest(before=(moment(3), "zzz"))) == [3, 2, 1, 0]
