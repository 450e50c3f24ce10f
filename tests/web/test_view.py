"""The fold: what must change the view, and what must not."""

import pytest

from schemas.base import Contract
from schemas.event import Event, Happening
from streams.web import view as view_module
from streams.web.queries import dead_letters, find_events
from streams.web.view import View
from tests.web.messages import alert, amount, event, feed, letter, total


def fold(*messages: Contract) -> View:
    view = View()
    for offset, message in enumerate(messages):
        view.apply(message, 0, offset)
    return view


def listed(view: View) -> list[str]:
    return [found.event_id for found in find_events(view).events]


def test_the_latest_record_of_an_event_is_the_truth() -> None:
    view = fold(event("e1"), event("e2", 1), event("e1", revision=2, status="revised", projects=9))
    assert listed(view) == ["e2", "e1"]
    held = view.events.get("e1")
    assert held is not None
    assert (held.revision, held.projects) == (2, 9)


def test_reading_everything_twice_changes_nothing() -> None:
    messages = [event("e1"), event("e1", revision=2), total("CN"), alert("x", event("e1")), feed("f"), letter()]
    once, twice = View(), View()
    for view, rounds in ((once, 1), (twice, 2)):
        for _ in range(rounds):
            for offset, message in enumerate(messages):
                view.apply(message, 0, offset)
    assert list(twice.events.newest()) == list(once.events.newest())
    assert list(twice.alerts.newest()) == list(once.alerts.newest())
    assert (twice.totals, twice.feeds, twice.reasons) == (once.totals, once.feeds, once.reasons)
    assert twice.reasons == {("classify", "decode"): 1}


@pytest.mark.parametrize("fields", [{"status": "retracted"}, {"merged_into": "e1"}])
def test_what_was_taken_back_is_listed_only_when_asked_for(fields: dict[str, str]) -> None:
    view = fold(event("e1"), event("e2", 1), event("e2", 1, revision=2, **fields))
    assert listed(view) == ["e1"]
    assert [e.event_id for e in find_events(view, all=True).events] == ["e2", "e1"]


def test_a_total_replaces_the_whole_row() -> None:
    view = fold(total("CN-330000", _7d={"contract": amount("1e9")}), total("CN-330000", _30d={}))
    assert view.totals["CN-330000"].windows == {"30d": {}}


def test_tombstones_take_records_away() -> None:
    view = fold(event("e1"), total("CN"), feed("f"))
    assert view.forget("signings", "e1") is not None
    assert view.forget("region-totals", "CN") is not None
    assert view.forget("feed-states", "f") is not None
    assert (len(view.events), view.totals, view.feeds) == (0, {}, {})
    assert view.forget("signings", "e1") is None


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view_module, "MAX_EVENTS", 3)
    view = fold(*(event(f"e{hour}", hour) for hour in (5, 1, 4, 2, 3)))
    assert listed(view) == ["e5", "e4", "e3"]
    assert view.events.dropped == 2
    assert view.apply(event("e0", 0), 0, 9) is None


def test_a_large_body_of_a_dead_letter_is_left_out() -> None:
    view = fold(letter(), letter(value="A" * (view_module.MAX_BODY + 4)))
    assert sorted(str(held.value)[:4] for held in view.letters.newest()) == ["None", "bm90"]


def test_dead_letters_are_counted_by_reason_and_have_no_body_unless_asked() -> None:
    view = fold(letter("decode"), letter("invalid"), letter("invalid"))
    answer = dead_letters(view, 10, bodies=False)
    assert [(c.stage, c.reason, c.count) for c in answer.counts] == [
        ("classify", "invalid", 2),
        ("classify", "decode", 1),
    ]
    assert {held.value for held in answer.letters} == {None}
    assert {held.value for held in dead_letters(view, 10, bodies=True).letters} == {"bm90IGpzb24="}


def test_what_a_feed_has_seen_is_not_kept() -> None:
    assert fold(feed("f")).feeds["f"].seen == {}


def test_a_message_of_another_topic_is_a_mistake_of_the_program() -> None:
    with pytest.raises(TypeError, match="expected a message of"):
        View().apply(Happening(type="agreement", regions=("CN",)), 0, 0)


def test_a_change_names_what_it_replaces() -> None:
    change = View().apply(event("e1"), 0, 0)
    assert change is not None
    assert (change.name, change.key) == ("event", "e1")
    assert isinstance(change.value, Event)
