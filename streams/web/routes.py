"""The HTTP side: questions in, answers out. OpenAPI at /openapi.json; nothing is loaded from other hosts.

Every route is `async`, also those that wait for nothing: FastAPI runs the others in threads, and the view belongs to
the event loop.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from sse_starlette import EventSourceResponse
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from schemas.event import EventType, Sector, Stage
from schemas.total import Window
from streams.metrics import Metrics
from streams.web import queries
from streams.web.answers import (
    Alerts,
    DeadLetters,
    Events,
    Fault,
    Feeds,
    ListedEvent,
    Problem,
    Region,
    Status,
    Totals,
)
from streams.web.headers import SafeHeaders
from streams.web.live import Live
from streams.web.newest import Newest
from streams.web.queries import Refused
from streams.web.reader import Reader
from streams.web.view import View

STATIC = Path(__file__).parent / "static"
BROKER_SILENCE = timedelta(seconds=30)
"""After this long without an answer from the broker the process is not ready."""
STUCK = timedelta(seconds=60)
"""After this long without a turn of the reading loop the process is not alive."""

REGION = r"^[A-Z]{2}(-[A-Z0-9]{1,6})?$"
RegionCode = Annotated[str | None, Query(pattern=REGION, description="region code, such as CN-330200, CN or US-TX")]
Limit = Annotated[int, Query(ge=1, le=500, description="most records in the answer")]


@dataclass(frozen=True)
class Site:
    """What the routes answer from."""

    view: View
    live: Live
    reader: Reader
    metrics: Metrics


async def _site(request: Request) -> Site:
    return request.app.state.site


Here = Annotated[Site, Depends(_site)]
api = APIRouter(prefix="/api", responses={404: {"model": Problem}, 422: {"model": Problem}})
probes = APIRouter(include_in_schema=False)


@api.get("/totals")
async def get_totals(
    site: Here,
    window: Window = "30d",
    region: RegionCode = None,
    under: Annotated[str | None, Query(pattern=REGION, description="only the rows directly under this region")] = None,
    levels: Annotated[int | None, Query(ge=1, le=4, description="only the top levels: 2 is nations, provinces")] = None,
) -> Totals:
    """Totals of all regions in one window, by kind of money."""
    return queries.totals(site.view, window, region=region, under=under, levels=levels)


@api.get("/regions/{code}")
async def get_region(site: Here, code: str) -> Region:
    """One region: all its windows, what stands above and below it."""
    return queries.region_of(site.view, code)


@api.get("/events")
async def get_events(
    site: Here,
    type: EventType | None = None,
    stage: Stage | None = None,
    sector: Sector | None = None,
    region: RegionCode = None,
    since: Annotated[date | None, Query(description="only events of this day or later")] = None,
    before: Annotated[str | None, Query(max_length=200, description="`next` of the page before")] = None,
    all: Annotated[bool, Query(description="also what was retracted or merged into another event")] = False,
    limit: Limit = 50,
) -> Events:
    """Events, the newest report first, each with its sources and the sentence that proves it."""
    return queries.find_events(
        site.view,
        type=type,
        stage=stage,
        sector=sector,
        region=region,
        since=since,
        before=before,
        all=all,
        limit=limit,
    )


@api.get("/events/{event_id}")
async def get_event(site: Here, event_id: str) -> ListedEvent:
    """One event; the id of a merged event answers with the one that tells it now."""
    return queries.event_of(site.view, event_id)


@api.get("/alerts")
async def get_alerts(site: Here, region: RegionCode = None, limit: Limit = 50) -> Alerts:
    """The newest alerts, in a region's subtree when one is given."""
    return queries.find_alerts(site.view, region, limit)


@api.get("/feeds")
async def get_feeds(site: Here) -> Feeds:
    """The state of every feed."""
    return queries.feeds(site.view)


@api.get("/dead-letters")
async def get_dead_letters(
    site: Here,
    limit: Annotated[int, Query(ge=1, le=200)] = 20,
    bodies: Annotated[bool, Query(description="with key and value in base64, where they are under 64 KB")] = False,
) -> DeadLetters:
    """What could not be processed, by stage and reason, and the latest."""
    return queries.dead_letters(site.view, limit, bodies)


@api.get("/status")
async def get_status(site: Here) -> Status:
    """How far the topics are read and how much is held."""
    view, reader = site.view, site.reader
    shelves: dict[str, Newest[Any]] = {"events": view.events, "alerts": view.alerts, "dead_letters": view.letters}
    held = {name: len(shelf) for name, shelf in shelves.items()} | {
        "regions": len(view.totals),
        "feeds": len(view.feeds),
    }
    return Status(
        ready=reader.ready,
        broker_seen=reader.broker_seen,
        topics=reader.topics(),
        held=held,
        dropped={name: shelf.dropped for name, shelf in shelves.items()},
    )


@api.get("/live", response_class=EventSourceResponse, responses={503: {"model": Problem}})
async def get_live(site: Here) -> EventSourceResponse:
    """Server-Sent Events: `event`, `total` and `alert` carry the changed record, `reset` means: fetch again."""
    if site.live.full:
        raise Refused(503, "too_many_clients", "no more live connections; try again later")
    return EventSourceResponse(site.live.updates(), ping=15)


@probes.get("/healthz")
async def healthz(site: Here) -> JSONResponse:
    """Alive: the reading loop turns."""
    turned = site.reader.turned
    alive = turned is not None and datetime.now(UTC) - turned < STUCK
    return JSONResponse({"alive": alive, "turned": turned and turned.isoformat()}, 200 if alive else 503)


@probes.get("/readyz")
async def readyz(site: Here) -> JSONResponse:
    """Ready: the topics were read up to where they ended at the start, and the broker answers."""
    seen = site.reader.broker_seen
    answering = seen is not None and datetime.now(UTC) - seen < BROKER_SILENCE
    ready = site.reader.ready and answering
    body = {"ready": ready, "caught_up": site.reader.ready, "broker": answering}
    return JSONResponse(body, 200 if ready else 503)


@probes.get("/metrics")
async def metrics(site: Here) -> Response:
    """Prometheus text."""
    return Response(generate_latest(site.metrics.registry), media_type=CONTENT_TYPE_LATEST)


@probes.get("/")
async def board() -> FileResponse:
    """The board."""
    return FileResponse(STATIC / "index.html")


def _problem(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse(Problem(error=Fault(code=code, message=message)).model_dump(), status)


def create_app(site: Site) -> FastAPI:
    """The application over a site."""
    app = FastAPI(
        title="dealwire", description="Regional investment deals, read from the topics.", docs_url=None, redoc_url=None
    )
    app.state.site = site
    app.include_router(api)
    app.include_router(probes)
    app.mount("/static", StaticFiles(directory=STATIC))
    app.add_middleware(GZipMiddleware, minimum_size=2_000)
    app.add_middleware(SafeHeaders)
    app.add_exception_handler(Refused, _on_refused)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    return app


async def _on_refused(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refused)
    return _problem(error.status, error.code, str(error))


async def _on_invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    return _problem(422, "invalid_parameter", f"{first['loc'][-1]}: {first['msg']}, got {first['input']!r}")


async def _on_http(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return _problem(error.status_code, str(error.detail).lower().replace(" ", "_"), str(error.detail))
