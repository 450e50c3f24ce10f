"""Whether a rule wants to tell of an alert. Pure."""

from collections.abc import Iterable

from schemas.alert import Alert
from schemas.event import Event
from schemas.regions import holds
from streams.notify.rules import Rule


def should_tell(rule: Rule, alert: Alert) -> str | None:
    """Why the rule tells of the alert, as a sentence; None when it does not."""
    event = alert.event
    reasons = [f"rule {rule.name}"]
    for meets in (_kind, _place, _sum, _trust):
        found = meets(rule, event)
        if found is None:
            return None
        reasons += found
    if rule.alerts and alert.rule not in rule.alerts:
        return None
    for name, wanted, texts in (
        ("party", rule.parties, (*event.parties, *event.names)),
        ("says", rule.words, _texts(event)),
    ):
        found = _said(wanted, texts)
        if wanted and not found:
            return None
        reasons += [f"{name} {', '.join(found)}"] if found else []
    return "; ".join(reasons)


def _kind(rule: Rule, event: Event) -> list[str] | None:
    for wanted, given in ((rule.types, event.type), (rule.stages, event.stage), (rule.kinds, event.kind)):
        if wanted and given not in wanted:
            return None
    return [event.stage or event.kind or event.type] if rule.types or rule.stages or rule.kinds else []


def _place(rule: Rule, event: Event) -> list[str] | None:
    inside = [region for region in event.regions if any(holds(above, region) for above in rule.regions)]
    shared = [sector for sector in event.sectors if sector in rule.sectors]
    if (rule.regions and not inside) or (rule.sectors and not shared):
        return None
    return ([f"in {', '.join(inside)}"] if inside else []) + ([f"sector {', '.join(shared)}"] if shared else [])


def _sum(rule: Rule, event: Event) -> list[str] | None:
    if rule.min_amount_cny is None:
        return []
    if event.amount_cny is None or event.amount_cny.best < rule.min_amount_cny:
        return None
    return [f"{event.amount_cny.best:,f} yuan are at least {rule.min_amount_cny:,f}"]


def _trust(rule: Rule, event: Event) -> list[str] | None:
    reasons = []
    if rule.min_sources is not None:
        if event.independent_sources < rule.min_sources:
            return None
        reasons.append(f"{event.independent_sources} independent sources are at least {rule.min_sources}")
    if rule.min_confidence is not None:
        if event.confidence < rule.min_confidence:
            return None
        reasons.append(f"confidence {event.confidence:.2f} is at least {rule.min_confidence:.2f}")
    return reasons


def _texts(event: Event) -> tuple[str, ...]:
    sources = (text for source in event.sources for text in (source.title, source.evidence))
    return (*event.names, *event.parties, *sources)


def _said(wanted: Iterable[str], texts: Iterable[str]) -> list[str]:
    read = "\n".join(texts).casefold()
    return [word for word in wanted if word.casefold() in read]
