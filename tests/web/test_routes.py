"""The API over a view, without Kafka."""

import inspect
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import httpx
import pytest
from fastapi.routing import APIRoute

from schemas.base import Contract
from streams.metrics import Metrics
from streams.settings import Settings
from streams.web import routes
from streams.web.live import Live
from streams.web.reader import Reader
from streams.web.routes import Site, create_app
from streams.web.view import View
from tests.web.messages import alert, amount, event, feed, letter, source, total


@pytest.fixture
def site() -> Site:
    metrics, view = Metrics(), View()
    live = Live(metrics.web_clients)
    return Site(view, live, Reader(Settings(), view, metrics, live), metrics)


@pytest.fixture
async def http(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=create_app(site))
    async with httpx.AsyncClient(transport=transport, base_url="http://board") as client:
        yield client


def fold(site: Site, *messages: Contract) -> None:
    for offset, message in enumerate(messages):
        site.view.apply(message, 0, offset)


async def test_events_carry_their_proof_and_the_names_of_their_regions(site: Site, http: httpx.AsyncClient) -> None:
    fold(site, event("e1"))
    [found] = (await http.get("/api/events")).json()["events"]
    assert found["evidence"] == found["sources"][0]["evidence"] == source().evidence
    assert found["sources"][0]["url"] == "https://news.example/a1"
    assert found["amount"] == {"value": 2_800_000_000, "currency": "CNY", "qualifier": "exact"}
    [place] = found["places"]
    assert place["code"] == "CN-330203"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["e5", "e4", "e3", "e2", "e1"]),
        ("type=signing", ["e4", "e2", "e1"]),
        ("stage=framework", ["e2"]),
        ("sector=hydrogen", ["e4"]),
        ("region=CN-330000", ["e5", "e3", "e2", "e1"]),
        ("region=CN-330200", ["e3", "e2", "e1"]),
        ("region=CN-330203", ["e2", "e1"]),
        ("region=CN", ["e5", "e4", "e3", "e2", "e1"]),
        ("region=VN", []),
        ("since=2026-11-03", ["e5"]),
        ("region=CN-330200&type=milestone", ["e3"]),
        ("limit=2", ["e5", "e4"]),
    ],
)
async def test_events_are_filtered(site: Site, http: httpx.AsyncClient, query: str, expected: list[str]) -> None:
    fold(
        site,
        event("e1", 1),
        event("e2", 2, stage="framework"),
        event("e3", 3, type="milestone", stage="started", regions=("CN-330200",)),
        event("e4", 4, regions=("CN-440300",), sectors=("hydrogen",)),
        event("e5", 5, type="agreement", stage=None, regions=("CN-330000",), day=date(2026, 11, 3)),
    )
    answer = (await http.get(f"/api/events?{query}")).json()
    assert [found["event_id"] for found in answer["events"]] == expected


async def test_pages_follow_each_other_without_gap_or_repeat(site: Site, http: httpx.AsyncClient) -> None:
    fold(site, *(event(f"e{n}", n // 3) for n in range(11)))  # several share a moment
    seen: list[str] = []
    before: str | None = ""
    while before is not None:
        params = {"limit": "4"} | ({"before": before} if before else {})
        page = (await http.get("/api/events", params=params)).json()
        seen += [found["event_id"] for found in page["events"]]
        before = page["next"]
    assert len(seen) == len(set(seen)) == 11
    assert seen[0] == "e9" or seen[0] == "e10"


async def test_a_merged_event_answers_with_the_one_that_tells_it(site: Site, http: httpx.AsyncClient) -> None:
    fold(site, event("old", merged_into="mid", status="retracted"), event("mid", merged_into="new"), event("new"))
    assert (await http.get("/api/events/old")).json()["event_id"] == "new"


async def test_events_merged_in_a_circle_are_unknown(site: Site, http: httpx.AsyncClient) -> None:
    fold(site, event("a", merged_into="b"), event("b", merged_into="a"))
    answer = await http.get("/api/events/a")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "unknown_event")


async def test_totals_know_their_tree_and_put_the_largest_first(site: Site, http: httpx.AsyncClient) -> None:
    big, small = {"contract": amount("9e9")}, {"contract": amount("1e9")}
    fold(site, total("CN", _30d=big), total("CN-330000", _30d=small), total("CN-440000", _30d=big))
    fold(site, total("CN-330200", _30d=small), total("CN-330203", _30d=small), total("VN", _7d=small))
    rows = (await http.get("/api/totals")).json()["rows"]
    assert {row["place"]["code"]: (row["parent"], row["below"]) for row in rows} == {
        "CN": (None, 2), "CN-440000": ("CN", 0), "CN-330000": ("CN", 1), "CN-330200": ("CN-330000", 1),
        "CN-330203": ("CN-330200", 0), "VN": (None, 0),
    }  # fmt: skip
    assert [row["place"]["code"] for row in rows][:2] == ["CN", "CN-440000"]
    assert rows[0]["kinds"]["contract"]["amount_cny"]["best"] == 9_000_000_000
    top = (await http.get("/api/totals?levels=2")).json()["rows"]
    assert {row["place"]["code"] for row in top} == {"CN", "CN-330000", "CN-440000", "VN"}
    below = (await http.get("/api/totals?under=CN-330200")).json()["rows"]
    assert [row["place"]["code"] for row in below] == ["CN-330203"]
    [one] = (await http.get("/api/totals?region=VN&window=7d")).json()["rows"]
    assert one["kinds"]["contract"]["happenings"] == 1


async def test_a_province_stands_at_the_top_until_the_nation_has_a_row(site: Site, http: httpx.AsyncClient) -> None:
    fold(site, total("CN-330000"), total("CN-330203"))
    rows = (await http.get("/api/totals?levels=1")).json()["rows"]
    assert [(row["place"]["code"], row["below"]) for row in rows] == [("CN-330000", 1)]


async def test_a_region_has_all_its_windows(site: Site, http: httpx.AsyncClient) -> None:
    fold(site, total("CN-330000", _7d={}, all={"landed": amount("1")}), total("CN-330200"))
    answer = (await http.get("/api/regions/CN-330000")).json()
    assert set(answer["total"]["windows"]) == {"7d", "all"}
    assert [place["code"] for place in answer["above"]] == ["CN"]
    assert [place["code"] for place in answer["below"]] == ["CN-330200"]


async def test_alerts_newest_first_and_by_region(site: Site, http: httpx.AsyncClient) -> None:
    fold(site, alert("a1", event("e1"), 1), alert("a2", event("e2", regions=("CN-440300",)), 2))
    assert [a["alert_id"] for a in (await http.get("/api/alerts")).json()["alerts"]] == ["a2", "a1"]
    assert [a["alert_id"] for a in (await http.get("/api/alerts?region=CN-33")).json()["alerts"]] == []
    assert [a["alert_id"] for a in (await http.get("/api/alerts?region=CN-330000")).json()["alerts"]] == ["a1"]


async def test_an_alert_says_when_its_event_has_changed(site: Site, http: httpx.AsyncClient) -> None:
    fold(site, event("e1"), alert("a1", event("e1")))
    [same] = (await http.get("/api/alerts")).json()["alerts"]
    assert (same["now"], same["places"][0]["code"]) == (None, "CN-330203")
    fold(site, event("e1", revision=2, status="retracted"))
    [changed] = (await http.get("/api/alerts")).json()["alerts"]
    assert (changed["event"]["status"], changed["now"]["status"]) == ("new", "retracted")


async def test_feeds_in_trouble_come_first(site: Site, http: httpx.AsyncClient) -> None:
    fold(site, feed("https://a"), feed("https://b", health="broken", errors=3), feed("https://c"))
    answer = (await http.get("/api/feeds")).json()
    assert [state["feed"] for state in answer["feeds"]] == ["https://b", "https://a", "https://c"]
    assert answer["health"] == {"broken": 1, "ok": 2}


async def test_a_feed_has_its_name_and_its_address_without_credentials(site: Site, http: httpx.AsyncClient) -> None:
    fold(site, feed("https://ann:secret@a/x", name="Ningbo Daily", redirect_to="https://bob@b/y"), feed("https://c"))
    answer = await http.get("/api/feeds")
    shown = [(state["name"], state["url"]) for state in answer.json()["feeds"]]
    assert shown == [("Ningbo Daily", "https://a/x"), ("https://c", "https://c")]
    assert "ann" not in answer.text
    assert "bob" not in answer.text


async def test_dead_letters_show_bodies_only_when_asked(site: Site, http: httpx.AsyncClient) -> None:
    fold(site, letter())
    assert (await http.get("/api/dead-letters")).json()["letters"][0]["value"] is None
    assert (await http.get("/api/dead-letters?bodies=true")).json()["letters"][0]["value"] == "bm90IGpzb24="


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/totals?window=1d", 422, "invalid_parameter"),
        ("/api/totals?region=XX", 404, "unknown_region"),
        ("/api/totals?region=ningbo", 422, "invalid_parameter"),
        ("/api/regions/CN-999999", 404, "unknown_region"),
        ("/api/events?type=wedding", 422, "invalid_parameter"),
        ("/api/events?limit=0", 422, "invalid_parameter"),
        ("/api/events?limit=501", 422, "invalid_parameter"),
        ("/api/events?since=yesterday", 422, "invalid_parameter"),
        ("/api/events?before=nonsense", 400, "invalid_cursor"),
        ("/api/events?before=2026-01-01T00:00:00~e1", 400, "invalid_cursor"),
        ("/api/events/nothing", 404, "unknown_event"),
        ("/api/nothing", 404, "not_found"),
        ("/static/../server.py", 404, "not_found"),
    ],
)
async def test_a_wrong_question_gets_a_named_error(http: httpx.AsyncClient, path: str, status: int, code: str) -> None:
    answer = await http.get(path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert answer.json()["error"]["message"]


async def test_only_reading_is_offered(http: httpx.AsyncClient) -> None:
    assert (await http.post("/api/events")).json()["error"]["code"] == "method_not_allowed"


async def test_ready_means_read_to_the_end_and_a_broker_that_answers(site: Site, http: httpx.AsyncClient) -> None:
    assert (await http.get("/readyz")).json() == {"ready": False, "caught_up": False, "broker": False}
    site.reader.ready, site.reader.broker_seen = True, datetime.now(UTC)
    assert (await http.get("/readyz")).status_code == 200
    site.reader.broker_seen -= timedelta(seconds=31)
    assert (await http.get("/readyz")).status_code == 503


async def test_alive_means_that_the_reading_loop_turns(site: Site, http: httpx.AsyncClient) -> None:
    site.reader.turned = datetime.now(UTC)
    assert (await http.get("/healthz")).status_code == 200
    site.reader.turned -= timedelta(seconds=61)
    assert (await http.get("/healthz")).status_code == 503


async def test_metrics_are_prometheus_text(http: httpx.AsyncClient) -> None:
    answer = await http.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    assert "dealwire_web_clients 0.0" in answer.text


@pytest.mark.parametrize("path", ["/", "/static/app.js", "/api/events", "/api/nothing", "/healthz"])
async def test_every_answer_forbids_foreign_code(http: httpx.AsyncClient, path: str) -> None:
    headers = (await http.get(path)).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_no_route_runs_in_a_thread() -> None:
    found = [route for router in (routes.api, routes.probes) for route in router.routes if isinstance(route, APIRoute)]
    assert len(found) >= 12
    assert [route.path for route in found if not inspect.iscoroutinefunction(route.endpoint)] == []


async def test_the_api_describes_itself(http: httpx.AsyncClient) -> None:
    document = (await http.get("/openapi.json")).json()
    assert set(document["paths"]) == {
        "/api/totals", "/api/regions/{code}", "/api/events", "/api/events/{event_id}", "/api/alerts", "/api/feeds",
        "/api/dead-letters", "/api/status", "/api/live",
    }  # fmt: skip
    answers = document["paths"]["/api/totals"]["get"]["responses"]
    assert answers["422"]["content"]["application/json"]["schema"]["$ref"].endswith("/Problem")
    assert (await http.get("/docs")).status_code == 404  # it would load scripts from another host
