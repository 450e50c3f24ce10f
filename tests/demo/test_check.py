"""The checks hold for a right run and fail for each way in which it can be wrong."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from schemas.event import Range
from streams.demo import check
from streams.demo.picture import Picture
from tests.demo.make import FEEDS, TODAY, VERDICTS, alert, event, letter, picture, raw, total, with_sum

ORACLE_EVENTS = [event()]
ORACLE_TOTALS = {region: total(region) for region in ("CN", "CN-330000")}


def failed(seen: Picture) -> set[str]:
    """Names of the checks that do not hold."""
    found = [
        check.check_articles(seen.raw, FEEDS),
        check.check_accounted(seen.raw, seen.relevant, seen.extracted, VERDICTS),
        check.check_events(seen.events, ORACLE_EVENTS),
        check.check_totals(seen.totals, ORACLE_TOTALS),
        check.check_dead(seen.dead, FEEDS),
        check.check_alerts(seen.alerts, seen.events),
    ]
    return {one.name for one in found if not one.ok}


def test_a_right_run_passes_every_check() -> None:
    assert failed(picture()) == set()


def lose_article(seen: Picture) -> None:
    del seen.raw["id-sport", 1]


def double_article(seen: Picture) -> None:
    seen.raw["other-id", 1] = raw("sport").model_copy(update={"article_id": "other-id"})


def lose_relevant(seen: Picture) -> None:
    del seen.relevant["id-deal", 1]
    seen.extracted.discard(("id-deal", 1))


def lose_revision_on_the_way(seen: Picture) -> None:
    del seen.relevant["id-deal", 2]
    seen.extracted.discard(("id-deal", 2))


def let_sport_through(seen: Picture) -> None:
    passed = seen.relevant["id-deal", 1].model_copy(update={"article": raw("sport")})
    seen.relevant["id-sport", 1] = passed


def extract_from_nothing(seen: Picture) -> None:
    seen.extracted.add(("id-sport", 1))


def lose_event(seen: Picture) -> None:
    seen.events.clear()


def count_event_twice(seen: Picture) -> None:
    seen.events["again"] = event("again")


def change_amount(seen: Picture) -> None:
    amount = seen.events["event"].amount
    assert amount is not None
    wrong = amount.model_copy(update={"value": amount.value + 1})
    seen.events["event"] = event(amount=wrong)


def retract_event(seen: Picture) -> None:
    seen.events["event"] = event(status="retracted", revision=2)


def change_best(seen: Picture) -> None:
    amount = Range(low=Decimal(10**9), best=Decimal(10**9 + 1), high=Decimal(10**9 + 1))
    seen.totals["CN"] = with_sum(seen.totals["CN"], amount_cny=amount)


def change_projects(seen: Picture) -> None:
    seen.totals["CN-330000"] = with_sum(seen.totals["CN-330000"], projects=4)


def change_happenings(seen: Picture) -> None:
    seen.totals["CN"] = with_sum(seen.totals["CN"], happenings=2)


def lose_region(seen: Picture) -> None:
    del seen.totals["CN-330000"]


def invent_region(seen: Picture) -> None:
    seen.totals["CN-330200"] = total("CN-330200")


def old_windows(seen: Picture) -> None:
    seen.totals["CN"] = total("CN", as_of=TODAY - timedelta(days=1))


def lose_poison(seen: Picture) -> None:
    seen.dead.clear()


def second_letter(seen: Picture) -> None:
    seen.dead.append(letter())


def wrong_reason(seen: Picture) -> None:
    seen.dead[0] = letter(reason="failed")


def wrong_origin(seen: Picture) -> None:
    seen.dead[0] = letter(topic="raw-articles")


def alert_twice(seen: Picture) -> None:
    seen.alerts["again"] = alert("again")


def alert_under_an_older_id(seen: Picture) -> None:
    old = event("old", status="retracted", revision=2, merged_into="older")
    seen.events |= {"old": old, "older": event("older", status="retracted", revision=2, merged_into="event")}
    seen.alerts["again"] = alert("again", of=old)


@pytest.mark.parametrize(
    ("spoil", "names"),
    [
        (lose_article, {"articles in", "articles accounted for"}),
        (double_article, {"articles in", "articles accounted for"}),
        (lose_relevant, {"articles accounted for"}),
        (lose_revision_on_the_way, {"articles accounted for"}),
        (let_sport_through, {"articles accounted for"}),
        (extract_from_nothing, {"articles accounted for"}),
        (lose_event, {"events"}),
        (count_event_twice, {"events"}),
        (change_amount, {"events"}),
        (retract_event, {"events"}),
        (change_best, {"region totals"}),
        (change_projects, {"region totals"}),
        (change_happenings, {"region totals"}),
        (lose_region, {"region totals"}),
        (invent_region, {"region totals"}),
        (old_windows, {"region totals"}),
        (lose_poison, {"dead letters"}),
        (second_letter, {"dead letters"}),
        (wrong_reason, {"dead letters"}),
        (wrong_origin, {"dead letters"}),
        (alert_twice, {"alerts"}),
        (alert_under_an_older_id, {"alerts"}),
    ],
)
def test_each_wrong_number_fails_its_check(spoil: Callable[[Picture], None], names: set[str]) -> None:
    seen = picture()
    spoil(seen)
    assert failed(seen) == names


def test_what_depends_on_the_order_of_arrival_is_not_compared() -> None:
    seen = picture()
    seen.events["event"] = event(status="confirmed", revision=7)
    seen.events["gone"] = event("gone", status="retracted", revision=2)
    seen.totals["CN-990000"] = total("CN-990000", best=0, happenings=0)
    assert failed(seen) == set()


def test_a_circle_of_merges_ends() -> None:
    events = {name: event(name, merged_into=into) for name, into in (("one", "two"), ("two", "one"))}
    assert check.standing_id("one", events) == "one"


def test_the_detail_names_what_is_wrong_and_counts_the_rest() -> None:
    many = {f"event-{number}": event(f"event-{number}") for number in range(8)}
    found = check.check_events(many, [])
    assert "8 wrong: unexpected event-0;" in found.detail
    assert found.detail.endswith("and 3 more")
