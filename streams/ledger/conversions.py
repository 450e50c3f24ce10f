"""What of the projects signed in a region came to be, by year of signing, and which are overdue."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from schemas.event import Stage
from schemas.project import Project
from schemas.regions import ancestors_of, owner_of
from schemas.total import Cohort, Overdue, RegionProjects
from streams.ledger.national import MOST_OVERDUE
from streams.ledger.projects import signed_of

LATER: tuple[Stage, ...] = ("landed", "started", "completed", "operational")
Counts = tuple[int, ...]
"""As the fields of a Cohort: signed, and each of LATER, or what comes after it."""


def places_of(project: Project) -> list[str]:
    """Where a signed project counts: its places and every division above up to the owner. None for one never signed."""
    if signed_of(project.steps) is None:
        return []
    above = {place for region in project.regions for place in (region, *ancestors_of(region))}
    return sorted(place for place in above if owner_of(place) == project.owner)


class Conversions:
    """Counts and open projects by region."""

    def __init__(self) -> None:
        self._cohorts: dict[str, dict[str, Counts]] = defaultdict(dict)
        self._open: dict[str, dict[str, Overdue]] = defaultdict(dict)

    def apply(self, gone: Iterable[Project], new: Iterable[Project]) -> None:
        """These projects are no more as they were, but as they are."""
        for sign, projects in ((-1, gone), (1, new)):
            for project in projects:
                for place in places_of(project):
                    self._count(self._cohorts[place], project, sign)
                    self._note(self._open[place], project, sign)

    def regions(self) -> list[str]:
        """Regions with a signed project."""
        return [region for region, cohorts in self._cohorts.items() if cohorts]

    def due_between(self, region: str, since: date, until: date) -> bool:
        """Whether a project came to be overdue after `since`, up to `until`."""
        return any(since < one.due <= until for one in self._open.get(region, {}).values())

    def overdue(self, region: str, as_of: date) -> int:
        """How many projects of the region are overdue."""
        return sum(one.due <= as_of for one in self._open.get(region, {}).values())

    def record(
        self, region: str, owner: str, as_of: date, gone: Iterable[Project] = (), new: Iterable[Project] = ()
    ) -> RegionProjects:
        """The region's row, as it will be when `gone` is replaced by `new`."""
        cohorts, still_open = dict(self._cohorts.get(region, {})), dict(self._open.get(region, {}))
        for sign, projects in ((-1, gone), (1, new)):
            for project in projects:
                if region in places_of(project):
                    self._count(cohorts, project, sign)
                    self._note(still_open, project, sign)
        late = sorted((o for o in still_open.values() if o.due <= as_of), key=lambda o: (o.signed, o.project_id))
        return RegionProjects(
            region=region,
            owner=owner,
            as_of=as_of,
            cohorts={
                year: Cohort(**dict(zip(Cohort.model_fields, cohorts[year], strict=True))) for year in sorted(cohorts)
            },
            overdue=len(late),
            longest=tuple(late[:MOST_OVERDUE]),
        )

    @staticmethod
    def _count(cohorts: dict[str, Counts], project: Project, sign: int) -> None:
        signed = signed_of(project.steps)
        assert signed is not None
        reached = (1, *(int(any(stage in project.steps for stage in LATER[n:])) for n in range(len(LATER))))
        for year in (str(signed.year), "all"):
            was = cohorts.get(year, (0,) * len(reached))
            cohorts[year] = tuple(a + sign * b for a, b in zip(was, reached, strict=True))
            if not any(cohorts[year]):
                del cohorts[year]

    @staticmethod
    def _note(still_open: dict[str, Overdue], project: Project, sign: int) -> None:
        signed = signed_of(project.steps)
        if project.start_due is None or signed is None:
            return
        if sign < 0:
            del still_open[project.project_id]
            return
        still_open[project.project_id] = Overdue(
            project_id=project.project_id,
            name=project.names[0],
            regions=project.regions,
            signed=signed,
            due=project.start_due,
            amount_cny=project.amount_cny,
        )
