"""What an article says (`Mention`), and what happened in the world (`Event`)."""

from datetime import date as Day
from typing import Literal

from pydantic import Field, model_validator

from schemas.base import Contract, Moment, Money

EventType = Literal["signing", "agreement", "milestone", "activity", "statistic", "target"]
Stage = Literal["contract", "framework", "intention", "landed", "started", "completed", "operational"]
Kind = Literal["conference", "roadshow", "delegation", "exhibition"]
Metric = Literal[
    "projects_signed", "projects_introduced", "projects_negotiating", "projects_started", "projects_completed",
    "projects_reserved", "leads", "enterprises_visited", "activities_held", "companies_registered",
    "investment_actual", "investment_planned", "foreign_investment", "cluster_scale", "output_value",
]  # fmt: skip
Sector = Literal[
    "new_energy", "energy_storage", "hydrogen", "automotive", "semiconductors", "electronics", "ai", "digital_economy",
    "computing", "biomedicine", "medical_devices", "new_materials", "chemicals", "equipment", "robotics", "aerospace",
    "logistics", "finance", "agriculture", "tourism", "real_estate", "retail", "textiles", "environment",
    "infrastructure", "education",
]  # fmt: skip
Qualifier = Literal["exact", "at_least", "about", "at_most"]
Doubt = Literal["conversion", "conversion_by_10", "conversion_by_100"]
"""The conversion in the text does not fit the rate of the day: out by 10 (亿 read as billion), by 100, or otherwise."""

SIGNING_STAGES: tuple[Stage, ...] = ("contract", "framework", "intention")
MILESTONE_STAGES: tuple[Stage, ...] = ("landed", "started", "completed", "operational")
MONEY_KINDS: tuple[Stage, ...] = SIGNING_STAGES + MILESTONE_STAGES
"""The kinds of money of a total. They are never added to one another; statistics and targets are never in one."""


class Words(Contract):
    """A run of the article's document: `document[start:end] == text`."""

    start: int = Field(ge=0)
    end: int
    text: str


class Amount(Contract):
    """Money as the text states it, in units of the currency."""

    value: Money = Field(gt=0)
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    qualifier: Qualifier = "exact"


class Range(Contract):
    """Low, best and high estimate of a sum of money, in units of one currency."""

    low: Money
    best: Money
    high: Money


class Converted(Range):
    """An amount in another currency at the rate of `rate_day`, the last day with a rate on or before the event's."""

    rate_day: Day


class Period(Contract):
    """Both ends inclusive; an end that cannot be known is null."""

    start: Day | None
    end: Day | None


class Happening(Contract):
    """The fields that the evaluation labels give an event, shared by mentions and events."""

    type: EventType
    stage: Stage | None = None
    kind: Kind | None = None
    metric: Metric | None = None
    regions: tuple[str, ...] = Field(min_length=1)
    venue: str | None = None
    projects: int | None = Field(None, gt=0)
    projects_qualifier: Qualifier = "exact"
    count: int | None = Field(None, gt=0)
    count_qualifier: Qualifier = "exact"
    amount: Amount | None = None
    amount_per_project: Amount | None = None
    date: Day | None = None
    period: Period | None = None
    names: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    sectors: tuple[Sector, ...] = ()

    @model_validator(mode="after")
    def _subtype_fits_type(self) -> "Happening":
        stages = {"signing": SIGNING_STAGES, "milestone": MILESTONE_STAGES}.get(self.type)
        if (stages is None) != (self.stage is None) or (stages and self.stage not in stages):
            raise ValueError(f"stage {self.stage!r} does not fit a {self.type}; expected one of {stages}")
        if (self.type == "activity") != (self.kind is not None):
            raise ValueError(f"kind {self.kind!r} does not fit a {self.type}: activities have one, others none")
        if (self.type in ("statistic", "target")) != (self.metric is not None):
            raise ValueError(f"metric {self.metric!r} does not fit a {self.type}: statistics and targets have one")
        return self


class Mention(Happening):
    """One thing one article says happened, with the words that prove it."""

    evidence: str
    span: Words = Field(description="where `evidence` stands in the article's document")
    words: dict[str, Words] = Field(
        default_factory=dict, description="field -> the words it came from; of a list each value: names.0, sectors.ai"
    )
    ambiguous: bool = Field(False, description="a place name that several places share was left at the certain level")
    doubts: tuple[Doubt, ...] = Field((), description="what speaks against the figures, found in the text itself")
    confidence: float = Field(1.0, ge=0, le=1)
    joint: int | None = Field(
        None, description="of several provinces: which of the article's such mentions of its type it is, from 0"
    )

    @model_validator(mode="after")
    def _evidence_is_its_span(self) -> "Mention":
        if self.evidence != self.span.text:
            raise ValueError("evidence must be the text of its span")
        return self


class ArticleRef(Contract):
    """What a mention keeps of its article."""

    article_id: str
    revision: int
    feed: str
    url: str
    title: str
    published: Moment | None
    first_seen: Moment
    fetched: Moment = Field(description="when the feed gave this revision; nothing that is folded depends on it")
    day: Day = Field(description="the article's day in its feed's zone")
    language: str
    fingerprint: str = Field(description="of the normalised text: the same for a reprint, so it is one source")
    sketch: str = Field("", description="64 characters of which near-same texts share most: they are one source too")


class Mentions(Contract):
    """All that one revision of an article says about one owner region; replaces what earlier revisions said."""

    owner: str = Field(description="province-level division (CN-330000) or country: where these mentions are merged")
    article: ArticleRef
    mentions: tuple[Mention, ...] = Field(description="empty when a revision no longer speaks of this owner")
    extractor: str = Field(description="version of the extractor")


class Source(Contract):
    """One article that reports an event, and its sentence."""

    article: str
    revision: int
    feed: str
    url: str
    title: str
    published: Moment | None
    language: str
    fingerprint: str
    evidence: str
    start: int
    end: int
    words: dict[str, Words] = Field(default_factory=dict)


class Observed(Contract):
    """What was seen of the happenings that a figure claims: those of its region and period."""

    happenings: int
    projects: int = Field(description="one for a happening whose count is not stated")
    amount_cny: Range
    missing_projects: int | None = Field(None, description="claimed less observed; negative when more was seen")
    missing_cny: Money | None = Field(None, description="claimed less observed, best estimates")


class Event(Happening):
    """One happening in the world: its best values and every source. The latest record of an `event_id` is the truth."""

    event_id: str
    status: Literal["new", "confirmed", "revised", "retracted"]
    revision: int = Field(ge=1, description="rises when what is known of the event changes")
    owner: str
    home: bool = Field(description="false on a province's copy of a happening that the nation is home of")
    day: Day = Field(description="the day it is counted on: `date`, else the day of the earliest report")
    evidence: str = Field(description="of the best source")
    amount_cny: Converted | None = None
    amount_usd: Converted | None = None
    sources: tuple[Source, ...]
    independent_sources: int = Field(ge=0, description="reprints of one text, or nearly one, count once")
    first_reported: Moment
    ambiguous: bool = False
    confidence: float = Field(1.0, ge=0, le=1)
    merged_into: str | None = None
    observed: Observed | None = Field(None, description="of a statistic: what was seen of what it claims")
    extractor: str
