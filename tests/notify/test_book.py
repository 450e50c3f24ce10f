"""Who is told what and when: matching, once a happening, corrections, digests, quiet hours, rates, tries."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from schemas.alert import Alert
from schemas.notice import Notice
from streams.notify.book import Book
from streams.notify.match import should_tell
from streams.notify.rules import Channel, Rule, RulesError, parse_rules
from streams.notify.text import digest_of
from streams.notify.timing import due_of, free_at, next_try
from tests.notify.messages import NOW, alert, book, rules_text
from tests.web.messages import source


def take(held: Book, one: Alert, now: datetime = NOW) -> tuple[Notice, ...]:
    made = held.accept(one, now)
    for notice in made:
        held.keep(notice)
    return made


def tell(held: Book, now: datetime = NOW) -> list[str]:
    """Sends what is due; the titles."""
    said = []
    while found := held.next("desk", now)[1]:
        held.begin(found)
        said += [one.title for one in found]
        for record in held.sent(found, now):
            held.keep(record)
    return said


@pytest.mark.parametrize(
    ("rule", "met", "missed"),
    [
        ({"regions": ["CN-330000"]}, {}, {"regions": ("CN-320200",)}),
        ({"regions": ["CN-330203"]}, {}, {"regions": ("CN-330200",)}),
        ({"sectors": ["ai"]}, {"sectors": ("ai", "retail")}, {"sectors": ("retail",)}),
        ({"stages": ["contract"]}, {}, {"stage": "framework"}),
        ({"types": ["signing"]}, {}, {"type": "milestone", "stage": "started"}),
        ({"min_amount_cny": 2_800_000_000}, {}, {"best": "2799999999"}),
        ({"min_amount_cny": 1}, {}, {"amount_cny": None}),
        ({"parties": ["CATL"]}, {"parties": ("catl Ltd",)}, {"parties": ("BYD",)}),
        ({"words": ["海曙"]}, {}, {"sources": (source("慈溪签约", title="慈溪"),)}),
        ({"min_sources": 2}, {"independent_sources": 2}, {"independent_sources": 1}),
        ({"min_confidence": 0.8}, {"confidence": 0.8}, {"confidence": 0.79}),
        ({"alerts": ["large-signing"]}, {}, {"rule": "other"}),
    ],
)
def test_a_rule_tells_what_it_names_and_says_why(rule: Any, met: Any, missed: Any) -> None:
    given = Rule(name="r", channels=("desk",), **rule)
    assert (should_tell(given, alert(**met)) or "").startswith("rule r")
    assert should_tell(given, alert(**missed)) is None


def test_a_message_has_the_sentence_the_link_the_sum_and_why() -> None:
    (notice,) = book("min_amount_cny = 1_000_000_000").accept(alert(), NOW)
    assert notice.title == "contract signing, 8 projects, 2,800,000,000 CNY: 海曙区 (CN-330203), 2026-11-01"
    assert notice.text == (
        "“宁波海曙区签约8个项目，总投资28亿元。”\nSum: 2,800,000,000 CNY\nSources: 1 independent; confidence 1.00\n"
        "Article: https://news.example/a1\nWhy: rule large; 2,800,000,000 yuan are at least 1,000,000,000; "
        "alert large-signing: at least 1 billion yuan"
    )


def test_words_of_an_article_break_no_line_and_give_no_address_but_of_the_web() -> None:
    (notice,) = book().accept(alert(evidence="a\r\nBcc: x\x00y", sources=(source(url="javascript:x"),)), NOW)
    assert "“a Bcc: x y”" in notice.text
    assert notice.url is None


def test_one_notice_a_happening_and_rule() -> None:
    held = book()
    assert len(take(held, alert())) == 1
    assert take(held, alert()) == ()
    assert take(held, alert(alert_id="other", rule="other")) == ()
    assert take(held, alert("e9", sources=(source(article="of e1"),))) == ()  # the same sentence, another id
    assert len(take(held, alert("e2"))) == 1


def test_a_book_from_its_records_knows_what_was_told() -> None:
    held = book()
    (made,) = take(held, alert())
    (sent,) = held.sent((made,), NOW)
    again = Book(held.rules, 3, 5, [sent])
    assert again.accept(alert(), NOW) == ()
    assert again.next("desk", NOW) == (None, ())
    assert Book(held.rules, 3, 5, [made]).next("desk", NOW)[1] == (made,)


@pytest.mark.parametrize("kind", ["correction", "retraction", "merged"])
def test_what_follows_goes_to_whoever_was_told_and_once(kind: Any) -> None:
    held = book("min_amount_cny = 2_000_000_000")
    follows = alert(
        "e7", "1e9", notice=kind, about="a-e1", changes=("amount: was 2.8, is 1",), alert_id="n1", revision=2
    )
    assert take(held, follows) == ()  # nobody was told
    take(held, alert())
    tell(held)
    (notice,) = take(held, follows)
    assert (notice.kind, notice.alert_id) == (kind, "a-e1")
    assert notice.title.startswith(kind.capitalize())
    assert notice.text.startswith("Changed: amount: was 2.8, is 1\n")
    assert take(held, follows.model_copy(update={"alert_id": "n2", "about": "another"})) == ()


def test_what_waits_is_corrected_or_withdrawn_before_anybody_hears_of_it() -> None:
    held = book("min_amount_cny = 1_000_000_000")
    take(held, alert())
    take(held, alert("e1", "3e9", notice="correction", about="a-e1", changes=("x",), revision=2))
    assert [one.title for one in held.next("desk", NOW)[1]] == [
        "contract signing, 8 projects, 3,000,000,000 CNY: 海曙区 (CN-330203), 2026-11-01"
    ]
    take(held, alert("e1", notice="retraction", about="a-e1", changes=("x",), revision=3))
    assert tell(held) == []


def test_what_is_just_being_sent_is_followed_by_the_correction() -> None:
    held = book()
    (first,) = take(held, alert())
    held.begin((first,))
    (second,) = take(held, alert(notice="correction", about="a-e1", changes=("x",), revision=2), NOW + timedelta(1))
    assert second.kind == "correction"
    assert second.notice_id != first.notice_id


def test_a_correction_can_be_what_makes_it_worth_telling() -> None:
    held = book("min_amount_cny = 3_000_000_000")
    assert take(held, alert()) == ()
    (notice,) = take(held, alert("e1", "3e9", notice="correction", about="a-e1", changes=("x",), revision=2))
    assert (notice.kind, "Changed" in notice.text) == ("alert", False)


def test_tries_wait_longer_each_time_and_end() -> None:
    held = book(tries=3)
    (made,) = take(held, alert())
    take(held, alert("e2"), NOW + timedelta(seconds=1))
    now = NOW
    for tries, wait in ((1, 5), (2, 10)):
        (record,) = held.failed((made,), "no answer", False, now)
        held.keep(record)
        assert (record.state, record.tries, record.due) == ("waiting", tries, now + timedelta(seconds=wait))
        assert held.next("desk", now) == (record.due, ())  # nothing overtakes
        now, made = record.due, record
    (record,) = held.failed((made,), "no answer", False, now)
    held.keep(record)
    assert record.state == "failed"
    assert [one.event_id for one in held.next("desk", now)[1]] == ["e2"]
    assert next_try(5, 1000, NOW) == NOW + timedelta(seconds=900)


def test_an_answer_that_no_try_can_change_ends_at_once() -> None:
    held = book()
    made = take(held, alert())
    assert [one.state for one in held.failed(made, "answered 410", True, NOW)] == ["failed"]


@pytest.mark.parametrize(
    ("digest", "at", "due"),
    [("daily", "12:00", "2026-11-03T04:00"), ("daily", "12:01", "2026-11-02T04:01"),
     ("weekly", "12:00", "2026-11-09T04:00"), ("weekly", "18:30", "2026-11-02T10:30")],
)  # fmt: skip
def test_a_digest_goes_out_at_its_time_on_the_channels_clock(digest: Any, at: str, due: str) -> None:
    rule, channel = Rule(name="r", channels=("desk",), digest=digest, at=at), Channel(name="desk", url="json://x")
    assert due_of(rule, channel, NOW) == datetime.fromisoformat(f"{due}+00:00")


def test_a_digest_is_one_message_of_all_that_waited() -> None:
    held = book('digest = "daily"', "max_per_hour = 1")
    take(held, alert())
    take(held, alert("e2"))
    due, found = held.next("desk", NOW)
    assert found == ()
    assert due is not None
    _, found = held.next("desk", due)
    title, text = digest_of(found)
    assert title == "2 notices of large"
    assert text.count("“宁波海曙区") == 2


@pytest.mark.parametrize(
    ("quiet", "free"),
    [("22:00-07:00", "12:00"), ("11:00-12:00", "12:00"), ("12:00-13:30", "13:30"), ("11:59-07:00", "07:00")],
)
def test_quiet_hours_hold_until_their_end(quiet: str, free: str) -> None:
    channel = Channel(name="desk", url="json://x", quiet=quiet)
    moment = free_at(channel, (), NOW) + timedelta(hours=8)
    assert f"{moment:%H:%M}" == free
    assert moment.day == (3 if free == "07:00" else 2)


def test_a_rate_holds_back_and_loses_nothing() -> None:
    held = book(channel="max_per_hour = 2")
    for number in range(3):
        take(held, alert(f"e{number}"), NOW + timedelta(seconds=number))
    now = NOW + timedelta(minutes=1)
    assert len(tell(held, now)) == 2
    assert held.next("desk", now) == (now + timedelta(hours=1), ())
    assert len(tell(held, now + timedelta(hours=1))) == 1


def test_errors_are_named_by_line_all_of_them_and_no_secret_is() -> None:
    text = rules_text('regions = ["XX-9"]\nmin_amount = 3').replace("json://127.0.0.1", "slack://tokenA")
    text += '\n[[channel]]\nname = "desk"\nurl = "x://secret"\nurl_env = "X"\n[[rule]]\nname = "b"\nchannels = ["no"]\n'
    with pytest.raises(RulesError, match=r"rules\.toml") as caught:
        parse_rules(text, "rules.toml")
    lines = str(caught.value).splitlines()
    assert [line.split(" ")[0] for line in lines] == [
        "rules.toml:11:",
        "rules.toml:8:",
        "rules.toml:9:",
        "rules.toml:17:",
    ]
    assert "no region code" in lines[1]
    assert "no such field" in lines[2]
    assert "there is no channel 'no'" in lines[3]
    assert "secret" not in str(caught.value).replace("secret_", "")
