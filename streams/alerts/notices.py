"""What people were told with an alert, and what to tell them when it is no longer so. Pure."""

from datetime import date
from hashlib import blake2b
from typing import Literal

from schemas.alert import Alert
from schemas.base import Contract
from schemas.event import Event, Stage


class Told(Contract):
    """The facts of a happening as whoever was alerted knows them."""

    stage: Stage | None
    regions: tuple[str, ...]
    day: date
    projects: int | None
    amount: str | None
    retracted: bool = False
    merged: bool = False


def told_of(event: Event) -> Told:
    """The facts that an alert about the event tells."""
    money = event.amount
    amount = f"{money.value:,f} {money.currency} ({money.qualifier.replace('_', ' ')})" if money else None
    return Told(
        stage=event.stage,
        regions=event.regions,
        day=event.day,
        projects=event.projects,
        amount=amount,
        retracted=event.status == "retracted",
    )


def changes_between(was: Told, now: Told) -> tuple[str, ...]:
    """What changed, one sentence a fact; a retraction says only that."""
    if now.retracted:
        return ("taken back: no article says so any more",) if not was.retracted else ()
    changes = ["stands again"] if was.retracted else []
    for name in ("stage", "amount", "projects", "day", "regions"):
        before, after = getattr(was, name), getattr(now, name)
        if before != after:
            changes.append(f"{name}: was {_in_words(before)}, is {_in_words(after)}")
    return tuple(changes)


def make_notice(
    candidate: Alert, about: str, notice: Literal["correction", "retraction", "merged"], changes: tuple[str, ...]
) -> Alert:
    """The notice that follows the alert `about`; the same for the same change however often it is made."""
    identity = f"{about}|{candidate.event.event_id}|{candidate.event.revision}|{'|'.join(changes)}"
    return candidate.model_copy(
        update={
            "alert_id": blake2b(identity.encode(), digest_size=10).hexdigest(),
            "headline": f"{notice}: {candidate.headline}",
            "notice": notice,
            "about": about,
            "changes": changes,
        }
    )


def _in_words(value: object) -> str:
    if value is None:
        return "not known"
    return ", ".join(value) if isinstance(value, tuple) else str(value)
