"""The command line: `dealwire`. Commands import what they need when they run, so that each starts quickly."""

import os

os.environ.setdefault("NO_CYTHON", "1")  # before anything imports Faust: its Cython paths drop records (docs/faust.md)

import sys
from pathlib import Path
from typing import Annotated

import typer

from streams import inputs
from streams.cli_feeds import app as feeds_commands
from streams.settings import SettingsError

app = typer.Typer(
    name="dealwire",
    epilog="Settings come from DEALWIRE_* in the environment or from dealwire.toml (docs/settings.md).",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
topics = typer.Typer(help="Create, check or list the topics of the registry.", no_args_is_help=True)
app.add_typer(topics, name="topics")
app.add_typer(feeds_commands, name="feeds")
rules = typer.Typer(help="Check the notifier's rules, and try them on past alerts.", no_args_is_help=True)
app.add_typer(rules, name="rules")

Brokers = Annotated[str | None, typer.Option("--brokers", help="host:port,... instead of DEALWIRE_KAFKA_BROKERS.")]
Folder = Annotated[Path, typer.Argument(help="Folder with *.json articles: id, title, published, text.", metavar="DIR")]
RulesFile = Annotated[Path, typer.Argument(help="TOML file with [[channel]] and [[rule]] tables.", metavar="FILE")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DAY", help="ISO day the windows end on; today if absent.")
]


@app.callback()
def common(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version and end.", is_eager=True, callback=inputs.version),
    ] = False,
) -> None:
    """A wire service of regional investment deals: news feeds in, typed investment events and region totals out."""


@app.command()
def poll(
    brokers: Brokers = None,
    feeds: Annotated[Path | None, typer.Option(help="The feeds file instead of DEALWIRE_FEEDS.")] = None,
    once: Annotated[bool, typer.Option("--once", help="Poll every feed once, then end.")] = False,
) -> None:
    """Poll the feeds and publish new and revised articles to `raw-articles`. Stops on SIGTERM, losing nothing."""
    settings = inputs.settings(kafka_brokers=brokers, feeds=feeds)
    from streams.feeds import poller

    raise typer.Exit(poller.run(settings, once=once))


@app.command()
def work(brokers: Brokers = None) -> None:
    """Classify, extract, keep the ledger and raise alerts. Start as many workers as you like, up to the partitions."""
    settings = inputs.settings(kafka_brokers=brokers)
    from streams import app as line

    raise typer.Exit(line.run_worker(settings))


@app.command()
def web(
    brokers: Brokers = None,
    port: Annotated[int | None, typer.Option(help="Port of the board; 0 takes a free one.")] = None,
) -> None:
    """Serve the board, the API (`/openapi.json`) and live updates, from the topics alone; on loopback unless told."""
    settings = inputs.settings(kafka_brokers=brokers, web_port=port)
    from streams.web import server

    raise typer.Exit(server.run(settings))


@app.command()
def notify(brokers: Brokers = None) -> None:
    """Tell people of alerts by e-mail, chat or webhook, as `DEALWIRE_NOTIFY_RULES` says. Run one."""
    settings = inputs.settings(kafka_brokers=brokers)
    from streams.notify import service

    raise typer.Exit(service.run(settings))


@rules.command("check")
def rules_check(file: RulesFile) -> None:
    """Name every error of a rules file by its line; exits 1 if there is one. Needs no broker and no secrets."""
    from streams.notify import preview

    raise typer.Exit(preview.check(file))


@rules.command("test")
def rules_test(
    file: RulesFile,
    since: Annotated[str, typer.Option(metavar="DAY", help="ISO day; alerts are kept for 90 days.")],
    brokers: Brokers = None,
) -> None:
    """What would have been told, to whom and why, of the alerts since a day. Sends nothing."""
    settings = inputs.settings(kafka_brokers=brokers)
    from streams.notify import preview

    raise typer.Exit(preview.test(settings, file, inputs.start_of(inputs.day(since, "--since"), settings.timezone)))


@topics.command("create")
def topics_create(brokers: Brokers = None) -> None:
    """Create the topics that the broker does not have yet, as the registry says. Changes none that is there."""
    settings = inputs.settings(kafka_brokers=brokers)
    from streams import admin

    raise typer.Exit(admin.create(settings))


@topics.command("check")
def topics_check(brokers: Brokers = None) -> None:
    """Compare the broker's topics with the registry; names every difference and exits 1 if there is one."""
    settings = inputs.settings(kafka_brokers=brokers)
    from streams import admin

    raise typer.Exit(admin.check(settings))


@topics.command("list")
def topics_list() -> None:
    """List the registry: topic, key, value, policy, who writes, who reads. Needs no broker."""
    from streams import admin

    raise typer.Exit(admin.list_topics())


@app.command()
def demo(
    once: Annotated[bool, typer.Option("--once", help="End when all is through; check the result.")] = False,
) -> None:
    """Run the whole line on sample feeds with an embedded broker: nothing else is needed. Ctrl-C stops all of it."""
    settings = inputs.settings()
    from streams.demo import run

    raise typer.Exit(run.run(once, settings))


@app.command()
def extract(
    source: Annotated[str, typer.Argument(metavar="FILE|URL|-", help="A text, HTML or JSON article; - reads stdin.")],
    published: Annotated[
        str | None, typer.Option(metavar="DAY", help="Day of publication; today if not known.")
    ] = None,
    region: Annotated[
        str | None, typer.Option(help="The feed's own region, such as CN-330200: what 'our city' is.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The full mentions as JSON.")] = False,
) -> None:
    """What dealwire says of one article, and why: every event with its sentence and the words of each field."""
    from streams import explain
    from streams.files import FileError

    try:
        article = explain.load(source, inputs.day(published, "--published") if published else None, region)
    except FileError as error:
        inputs.fail(str(error))
    if as_json:
        inputs.print_json(explain.as_json(article))
    else:
        explain.show(article)


@app.command()
def label(folder: Folder) -> None:
    """One JSON line an article, sorted by id: `{"id", "relevant", "events"}` in the shape of the evaluation labels."""
    from streams import offline

    articles, failed = inputs.articles(folder)
    for article in articles:
        inputs.print_json(offline.label(article.article))
    raise typer.Exit(failed)


@app.command("replay-files")
def replay_files(
    folder: Folder,
    as_json: Annotated[bool, typer.Option("--json", help="Events and totals as one JSON object.")] = False,
    as_of: AsOf = None,
) -> None:
    """Classify, extract and fold article files without Kafka: the happenings, and every region's totals."""
    from streams import offline

    day = inputs.day(as_of, "--as-of") if as_of else inputs.today()
    articles, failed = inputs.articles(folder)
    answer = offline.replay((one.article for one in articles), day)
    if as_json:
        inputs.print_json(answer)
    else:
        from streams import explain

        explain.show_replay(answer)
    raise typer.Exit(failed)


@app.command()
def evaluate(
    folder: Folder,
    errors: Annotated[
        bool, typer.Option("--errors", help="List every event that is wrong, missed or invented.")
    ] = False,
    only: Annotated[str | None, typer.Option(help="Only articles whose `lang` is this: en or zh.")] = None,
    ids: Annotated[
        Path | None, typer.Option(help="Only the articles whose ids stand in this file, one a line.")
    ] = None,
    but: Annotated[Path | None, typer.Option(help="All articles except those whose ids stand in this file.")] = None,
    confidence: Annotated[
        bool, typer.Option("--confidence", help="Also how many events have which confidence, and how many are right.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The scores as one JSON object.")] = False,
) -> None:
    """Score dealwire's answers against labelled articles (files that also hold `relevant` and `events`)."""
    from streams import offline
    from streams.evaluate import score, table
    from streams.reliability import reliability, reliability_table
    from streams.story_score import score_stories, story_table

    wanted, unwanted = inputs.ids(ids), inputs.ids(but)
    articles, failed = inputs.articles(folder)
    labelled = [
        one
        for one in articles
        if "events" in one.content
        and (only is None or one.content.get("lang") == only)
        and (wanted is None or one.article.article_id in wanted)
        and (unwanted is None or one.article.article_id not in unwanted)
    ]
    if not labelled:
        inputs.fail(f"{folder}: expected labelled articles (with `relevant` and `events`), found none")
    answers = [(one.content, offline.label(one.article, with_confidence=True)) for one in labelled]
    scores, bands = score(answers), reliability(answers)
    stories = score_stories((one.article, one.content) for one in labelled)
    if as_json:
        worth = {"confidence": [vars(band) for band in bands]} if confidence else {}
        inputs.print_json(scores.summary() | stories.summary() | worth)
    else:
        found = [*scores.errors, *stories.errors] if errors else []
        lines = [*found, *table(scores), *story_table(stories), *(reliability_table(bands) if confidence else ())]
        print("\n".join(lines))
    raise typer.Exit(failed)


@app.command()
def reconcile(brokers: Brokers = None) -> None:
    """Recount every total from the typed topics, compare with what is published, name every difference; 1 if any."""
    settings = inputs.settings(kafka_brokers=brokers)
    from streams import reconcile as recount

    raise typer.Exit(recount.reconcile(settings, inputs.today()))


@app.command()
def totals(
    region: Annotated[str, typer.Option(help="Region code, such as CN-330000, CN-330203, CN or VN.")],
    brokers: Brokers = None,
    as_of: AsOf = None,
    as_json: Annotated[bool, typer.Option("--json", help="The row as JSON, in the shape of region-totals.")] = False,
) -> None:
    """A region's totals as of any day, added up from the events in the topics."""
    settings = inputs.settings(kafka_brokers=brokers)
    day = inputs.day(as_of, "--as-of") if as_of else inputs.today()
    inputs.region(region, "--region")
    from streams import reconcile as recount

    raise typer.Exit(recount.show_totals(settings, region, day, as_json))


@app.command()
def replay(
    brokers: Brokers = None,
    reason: Annotated[str | None, typer.Option(help="Only letters with this reason.")] = None,
    stage: Annotated[str | None, typer.Option(help="Only letters of this stage: classify, extract, ...")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be sent, send nothing.")] = False,
) -> None:
    """Send dead letters back to the topics they came from, once their cause is mended."""
    settings = inputs.settings(kafka_brokers=brokers)
    from streams import replay as dead

    raise typer.Exit(dead.replay(settings, stage=stage, reason=reason, dry_run=dry_run))


def main() -> None:
    """Entry point: no traceback for a user's mistake, UTF-8 in any locale, quiet when the reader goes away."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        app()
    except SettingsError as error:
        print(f"dealwire: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
