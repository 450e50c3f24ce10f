"""The demo's checks of itself: pure comparisons of what was seen on the topics with what had to come out."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from schemas.alert import Alert
from schemas.article import RawArticle, RelevantArticle
from schemas.dead_letter import DeadLetter
from schemas.event import Event
from schemas.total import RegionTotal
from streams.demo.picture import Revision
from streams.demo.samples import SampleFeed

NAMED = 5
"""Differences that are named; the rest is counted."""
HISTORY = {"revision", "status"}
"""What an event says of its own past, which depends on the order of arrival and so is in no oracle."""


@dataclass(frozen=True)
class Check:
    """One comparison: what was compared, whether it held, and the numbers."""

    name: str
    ok: bool
    detail: str


def _outcome(name: str, summary: str, wrong: Iterable[str]) -> Check:
    differences = list(wrong)
    if not differences:
        return Check(name, True, summary)
    more = f" and {len(differences) - NAMED} more" if len(differences) > NAMED else ""
    return Check(name, False, f"{summary}; {len(differences)} wrong: {'; '.join(differences[:NAMED])}{more}")


def _diff(expected: Counter[str], found: Counter[str]) -> list[str]:
    missing = [f"missing {key}" for key in sorted((expected - found).elements())]
    return missing + [f"unexpected {key}" for key in sorted((found - expected).elements())]


def check_articles(raw: Mapping[Revision, RawArticle], feeds: Iterable[SampleFeed]) -> Check:
    """Every revision of every sample article is on raw-articles, under one id, and nothing else is."""
    expected = Counter(
        f"{feed.name}/{article.id} revision {number}"
        for feed in feeds
        for article in feed.articles
        if not article.poison
        for number in range(1, len(article.versions) + 1)
    )
    found = Counter(f"{one.feed.name}/{one.url.rsplit('/', 1)[-1]} revision {one.revision}" for one in raw.values())
    summary = f"{found.total()} article revisions on raw-articles, {expected.total()} in the sample feeds"
    return _outcome("articles in", summary, _diff(expected, found))


def check_accounted(
    raw: Mapping[Revision, RawArticle],
    relevant: Mapping[Revision, RelevantArticle],
    extracted: set[Revision],
    verdicts: Mapping[Revision, bool],
) -> Check:
    """Each article went the way the classifier decides: on to extraction, or out as irrelevant.

    `verdicts` is what the classifier says of each, asked again outside the line. A revised article is passed on even
    when it is irrelevant, so that what its earlier revision said can be taken back.
    """
    wrong = []
    for key in sorted(raw.keys() | relevant.keys() | verdicts.keys()):
        name = f"{key[0]} revision {key[1]}"
        if key not in raw or key not in verdicts:
            wrong.append(f"{name} is on relevant-articles and not on raw-articles")
        elif key in relevant and relevant[key].relevant != verdicts[key]:
            wrong.append(f"{name} is marked relevant={relevant[key].relevant} and is not")
        elif key not in relevant and (verdicts[key] or key[1] > 1):
            wrong.append(f"{name} was not passed on")
    wrong += [
        f"{key[0]} revision {key[1]} has mentions and was not passed on" for key in sorted(extracted - relevant.keys())
    ]
    yes = sum(one.relevant for one in relevant.values())
    back, dropped = len(relevant) - yes, len(raw) - len(relevant)
    summary = (
        f"{len(raw)} in = {yes} relevant + {back} passed on to be taken back + {dropped} irrelevant; "
        f"{len(extracted)} gave mentions"
    )
    return _outcome("articles accounted for", summary, wrong)


def _of_event(event: Event) -> dict[str, Any]:
    return event.model_dump(mode="json", exclude=HISTORY)


def _changed(one: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    return ", ".join(key for key in sorted(one.keys() | other.keys()) if one.get(key) != other.get(key))


def check_events(events: Mapping[str, Event], oracle: Iterable[Event]) -> Check:
    """The newest record of each happening says what the fold of all articles says; retracted and merged ones are gone
    from the fold."""
    expected = {event.event_id: _of_event(event) for event in oracle}
    standing = {key: one for key, one in events.items() if one.status != "retracted" and one.merged_into is None}
    found = {key: _of_event(event) for key, event in standing.items()}
    wrong = [f"missing {key}" for key in sorted(expected.keys() - found.keys())]
    wrong += [f"unexpected {key}" for key in sorted(found.keys() - expected.keys())]
    wrong += [
        f"{key} differs in {_changed(expected[key], found[key])}"
        for key in sorted(expected.keys() & found.keys())
        if expected[key] != found[key]
    ]
    gone = len(events) - len(standing)
    summary = f"{len(found)} events stand, {len(expected)} by the offline fold; {gone} retracted or merged"
    return _outcome("events", summary, wrong)


def _sums(totals: Mapping[str, RegionTotal]) -> dict[tuple[str, ...], Any]:
    """Flat: (region, part, window, kind) -> sum. Rows in which nothing happened are left out: they say nothing."""
    return {
        (region, part, window, kind): row.model_dump(mode="json")
        for region, total in totals.items()
        for part, windows in (("windows", total.windows), ("home", total.home or {}))
        for window, kinds in windows.items()
        for kind, row in kinds.items()
        if row.happenings
    }


def check_totals(totals: Mapping[str, RegionTotal], oracle: Mapping[str, RegionTotal]) -> Check:
    """Every sum of every region, window and kind is the one of the fold of all articles."""
    expected, found = _sums(oracle), _sums(totals)
    wrong = [
        f"{' '.join(key)}: {found.get(key, 'nothing')} and not {expected.get(key, 'nothing')}"
        for key in sorted(expected.keys() | found.keys())
        if expected.get(key) != found.get(key)
    ]
    days = {total.as_of for total in oracle.values()}
    wrong += [f"{region} is as of {one.as_of}" for region, one in sorted(totals.items()) if one.as_of not in days]
    regions = len({key[0] for key in found})
    summary = f"{len(found)} sums of {regions} regions compared with the offline fold's {len(expected)}"
    return _outcome("region totals", summary, wrong)


def check_dead(dead: Iterable[DeadLetter], feeds: Iterable[SampleFeed]) -> Check:
    """The planted poison, and only that, is in the dead letters, with its reason."""
    found = Counter(f"letter from {letter.topic}: {letter.reason}" for letter in dead)
    expected = Counter(f"letter from feed: {one.poison}" for feed in feeds for one in feed.articles if one.poison)
    words = ", ".join(f"{count} {name}" for name, count in sorted(found.items())) or "none"
    return _outcome("dead letters", f"{words}; {expected.total()} planted", _diff(expected, found))


def standing_id(event_id: str, events: Mapping[str, Event]) -> str:
    """The id under which a happening goes on, when it was merged into another."""
    seen = set()
    while event_id not in seen and event_id in events and (into := events[event_id].merged_into) is not None:
        seen.add(event_id)
        event_id = into
    return event_id


def check_alerts(alerts: Mapping[str, Alert], events: Mapping[str, Event]) -> Check:
    """No happening raised the alert of one rule twice, also not under an id that it had before a merge. Notices that
    follow an alert are not counted."""
    first = [alert for alert in alerts.values() if alert.notice is None]
    raised = Counter(f"{alert.rule} for {standing_id(alert.event.event_id, events)}" for alert in first)
    twice = [f"{name}: {count} times" for name, count in sorted(raised.items()) if count > 1]
    summary = f"{len(first)} alerts for {len(raised)} pairs of rule and happening"
    return _outcome("alerts", f"{summary}; {len(alerts) - len(first)} notices", twice)
