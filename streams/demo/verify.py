"""The checks of `dealwire demo --once`, run over what was seen, and said on the screen."""

from collections.abc import Sequence
from datetime import date

from streams.demo import check
from streams.demo.check import Check
from streams.demo.picture import Picture
from streams.demo.readings import in_one_line, score_readings
from streams.demo.samples import SampleFeed
from streams.demo.screen import Screen


def checks(picture: Picture, feeds: tuple[SampleFeed, ...], today: date) -> list[Check]:
    """Every comparison of what the line gave with what the offline line gives for the same raw articles."""
    from streams import offline  # the readers' data takes a second to load: not before it is needed

    folded = offline.fold_articles(picture.raw.values(), today)
    verdicts = {key: offline.classify(article).relevant for key, article in picture.raw.items()}
    return [
        check.check_articles(picture.raw, feeds),
        check.check_accounted(picture.raw, picture.relevant, picture.extracted, verdicts),
        check.check_events(picture.events, folded.events),
        check.check_totals(picture.totals, folded.totals),
        check.check_dead(picture.dead, feeds),
        check.check_alerts(picture.alerts, picture.events),
    ]


def report(found: Sequence[Check], screen: Screen) -> int:
    """Print each check with its numbers; the exit code."""
    for one in found:
        screen.say(f"{'ok  ' if one.ok else 'FAIL'} {one.name}: {one.detail}", "green" if one.ok else "bold red")
    wrong = [one.name for one in found if not one.ok]
    screen.say(f"{len(found) - len(wrong)} of {len(found)} checks hold", "bold red" if wrong else "bold green")
    return 1 if wrong else 0


def verify(picture: Picture, feeds: tuple[SampleFeed, ...], today: date, screen: Screen) -> int:
    """Check, print, and give the exit code."""
    code = report(checks(picture, feeds, today), screen)
    screen.say(readings(picture, feeds))
    return code


def readings(picture: Picture, feeds: tuple[SampleFeed, ...]) -> str:
    """How much of what the sample articles say was read, in a line. Readers make mistakes: it is no check."""
    from streams import offline

    return in_one_line(score_readings(((one, offline.label(one)) for one in picture.raw.values()), feeds))
