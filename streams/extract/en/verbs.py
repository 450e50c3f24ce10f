"""The word that says what kind of event a sentence tells."""

from streams.extract.en.actions import find_actions
from streams.extract.en.lexicon import load, phrases

ACTIONS = {
    "contract": "sign", "framework": "sign", "intention": "sign", "agreement": "sign", "projects_signed": "sign",
    "landed": "land", "started": "start", "completed": "complete", "operational": "operate",
    "projects_introduced": "introduce", "projects_negotiating": "negotiate", "projects_started": "start",
    "projects_completed": "complete", "projects_reserved": "reserve", "leads": "leads", "enterprises_visited": "visit",
    "activities_held": "hold", "companies_registered": "introduce", "investment_actual": "actual",
    "foreign_investment": "foreign",
}  # fmt: skip
"""Stage, metric or type -> the list of actions_en.toml whose words say it."""


def find_verb(kind: str, sentence: str) -> tuple[int, int] | None:
    """Where the sentence says that it tells of this stage, kind, metric or type; None when no word alone says it.

    >>> find_verb("started", "ground was broken for six plants")
    (0, 17)
    """
    if kind in load("activities_en"):
        match = phrases("activities_en", kind).search(sentence)
        return match.span() if match else None
    if kind not in ACTIONS:
        return None
    found = find_actions(sentence, 0, len(sentence), (ACTIONS[kind],))
    return (found[0].start, found[0].end) if found else None
