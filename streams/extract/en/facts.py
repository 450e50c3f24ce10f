"""What one clause says happened: a fact, before it is compared with the article's other facts."""

import re
from dataclasses import dataclass, field
from datetime import date as Day

from streams.extract.en.clauses import Clause
from streams.extract.en.context import Context
from streams.extract.en.counts import Count
from streams.extract.en.measures import stage_of_signing
from streams.extract.en.timing import When
from streams.extract.found import Found, FoundAmount

MILESTONES = {"start": "started", "complete": "completed", "operate": "operational", "land": "landed"}
METRICS = {
    "sign": "projects_signed",
    "start": "projects_started",
    "complete": "projects_completed",
    "operate": "projects_completed",
    "land": "projects_introduced",
    "introduce": "projects_introduced",
    "negotiate": "projects_negotiating",
    "reserve": "projects_reserved",
    "actual": "investment_actual",
    "planned": "investment_planned",
    "foreign": "foreign_investment",
}


@dataclass
class Fact:
    """A happening or a running total as one clause tells it; `time` as found, resolved later.

    `stated`: the words themselves say whose it is, so no guess is needed.
    """

    clause: Clause
    action: str
    type: str
    stage: str | None
    metric: str | None
    regions: tuple[str, ...]
    sure: float
    time: When
    count: Count | None = None
    projects: int | None = None
    other_count: Count | None = None
    amount: FoundAmount | None = None
    each: FoundAmount | None = None
    single: bool = False
    title: bool = False
    partial: bool = False
    date: Day | None = None
    date_span: Found | None = None
    dated: bool = False
    pending: bool = False
    hint: bool = False
    stated: bool = False
    names: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    kind: str | None = None
    venue: str | None = None
    span: tuple[int, int] = (0, 0)
    more: list[tuple[int, int]] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str | None, str | None]:
        """What must agree for two facts to be of one kind."""
        return self.type, self.stage, self.metric

    @property
    def size(self) -> int | None:
        """How many projects, if it says so."""
        return self.projects


_BROUGHT_HOME = re.compile(
    r"(?:has |have )?(?:land|won|win|bag|secur|net|reel|haul|snag|pocket|gain|rope)", re.IGNORECASE
)
"""What is won over a period is introduced (rule 16); at one ceremony it is signed."""


def settle_type(fact: Fact, ctx: Context, period: bool) -> None:
    """Type and subtype: a running total over a period is a statistic, the rest a signing or a milestone."""
    action = fact.action
    if period and action == "sign" and fact.clause.action and _BROUGHT_HOME.match(fact.clause.action.words):
        action = fact.action = "introduce"
    if action == "introduce" and fact.projects is None and fact.amount:
        action = "actual"  # money drawn in, with no count of what it is for
    if action in ("negotiate", "reserve", "actual", "foreign", "introduce", "planned") or period:
        fact.type, fact.metric, fact.stage = "statistic", METRICS[action], None
    elif action == "sign":
        fact.type, fact.stage, fact.metric = "signing", stage_of_signing(fact.clause, ctx), None
    else:
        fact.type, fact.stage, fact.metric = "milestone", MILESTONES[action], None
