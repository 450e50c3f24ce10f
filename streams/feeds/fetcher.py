"""One polite and suspicious HTTP request: conditional, limited in time, size and hops, to public addresses only."""

import asyncio
import re
import ssl
from base64 import b64encode
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

import aiohttp
from yarl import URL

from streams.feeds.inflate import CHUNK, Body, BrokenData, TooLarge, UnknownCoding
from streams.feeds.links import Login, is_web_link, origin_of, split_login
from streams.feeds.network import PRIVATE, Network, guarded_sockets

MAX_HOPS = 5
PERMANENT = (301, 308)
REDIRECTS = (301, 302, 303, 307, 308)
_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json;q=0.9, "
    "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)
_KEPT = ("cache-control", "expires", "age", "date", "retry-after", "etag", "last-modified")


class FetchError(Exception):
    """A request that brought no feed. `reason` is the bounded code; the message has no credentials in it."""

    def __init__(self, reason: str, detail: str, *, status: int | None = None, retry_after: str | None = None) -> None:
        super().__init__(detail)
        self.reason, self.status, self.retry_after = reason, status, retry_after


@dataclass(frozen=True)
class Request:
    """What is asked for. The login is sent to the origin of `url` only."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    login: Login | None = None
    accept: str | None = None
    """The Accept header, when not a feed is wanted."""
    allow: Callable[[str], Awaitable[bool]] | None = None
    """Asked before each hop; False ends the request with the reason `robots`."""


@dataclass(frozen=True)
class Response:
    """An answer: 304 has no body. `url` is where it came from, `permanent_to` the same when every hop was permanent."""

    status: int
    url: str
    body: bytes = b""
    charset: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    """Those that matter, names in lower case, values byte for byte."""
    permanent_to: str | None = None
    content_type: str = ""
    """In lower case, without parameters; empty when the server did not say."""
    whole: bool = True
    """False when the connection ended before the body did."""


class Fetcher:
    """Fetches documents with one client session. Use as an async context manager."""

    def __init__(self, user_agent: str, *, timeout: float, max_bytes: int, allowed: tuple[Network, ...] = ()) -> None:
        """`timeout` is seconds for one document in all, redirects too; `max_bytes` counts after decompression."""
        self._agent, self._timeout, self._max_bytes, self._allowed = user_agent, timeout, max_bytes, allowed
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> "Fetcher":
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(socket_factory=guarded_sockets(self._allowed), limit=200, ssl=True),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,  # `inflate` does it under a limit
            trust_env=False,
            timeout=aiohttp.ClientTimeout(total=None),
            max_line_size=32_768,
            max_field_size=32_768,
            headers={"User-Agent": self._agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate, br"},
        )
        return self

    async def __aexit__(self, *failure: object) -> None:
        if self._session is not None:
            await self._session.close()

    async def fetch(self, request: Request) -> Response:
        """The answer to a request, 200, 226 or 304, after at most five redirects. Raises FetchError."""
        try:
            async with asyncio.timeout(self._timeout):
                return await self._follow(request)
        except TimeoutError as error:
            raise FetchError("timeout", f"no whole answer within {self._timeout:g} s") from error
        except (aiohttp.ClientError, OSError, ValueError, asyncio.IncompleteReadError) as error:
            raise FetchError(reason_of(error), detail_of(error)) from error

    async def _follow(self, request: Request) -> Response:
        url, permanent = request.url, True
        for hop in range(MAX_HOPS + 1):
            if not is_web_link(url):
                raise FetchError("blocked", "redirected to something that is neither http nor https")
            result = await self._ask(request, url, moved=permanent and hop > 0)
            if isinstance(result, Response):
                return result
            status, target = result
            permanent = permanent and status in PERMANENT
            url = _moved_to(url, target)
        raise FetchError("http_3xx", f"more than {MAX_HOPS} redirects")

    async def _ask(self, request: Request, url: str, *, moved: bool) -> Response | tuple[int, str]:
        """One hop: a response, or the status and target of a redirect."""
        assert self._session is not None, "use the fetcher as a context manager"
        if request.allow is not None and not await request.allow(url):
            raise FetchError("robots", "robots.txt does not allow it")
        headers: dict[str, str] = {"Accept": request.accept} if request.accept else {}
        if request.etag is not None:
            headers["If-None-Match"] = request.etag
        if request.last_modified is not None:
            headers["If-Modified-Since"] = request.last_modified
        login = request.login if origin_of(url) == origin_of(request.url) else None
        if login is not None:
            headers["Authorization"] = "Basic " + b64encode(f"{login.user}:{login.password}".encode()).decode()
        where = URL(url, encoded=_is_encoded(url))
        async with self._session.get(where, headers=headers, allow_redirects=False) as answer:
            kept = {name: answer.headers[name] for name in _KEPT if name in answer.headers}
            if answer.status in REDIRECTS and "location" in answer.headers:
                return answer.status, answer.headers["location"]
            if answer.status == 304:
                return Response(304, url, headers=kept, permanent_to=url if moved else None)
            if answer.status not in (200, 226):
                raise _refused(answer.status, kept.get("retry-after"))
            body, whole = await self._read(answer)
            kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
            return Response(answer.status, url, body, answer.charset, kept, url if moved else None, kind, whole)

    async def _read(self, answer: aiohttp.ClientResponse) -> tuple[bytes, bool]:
        """The body and whether it came to its end. A chunk loop: `read()` would inflate all of a bomb first."""
        try:
            body = Body(answer.headers.get("content-encoding", ""), self._max_bytes)
            try:
                async for chunk in answer.content.iter_chunked(CHUNK):
                    body.feed(chunk)
            except (aiohttp.ClientPayloadError, aiohttp.ServerDisconnectedError, ConnectionResetError):
                if not body.bytes():
                    raise
                return body.bytes(), False
            return body.bytes(), True
        except TooLarge as error:
            raise FetchError("too_large", f"more than {self._max_bytes} bytes") from error
        except UnknownCoding as error:
            raise FetchError("encoding", f"content coding {str(error)[:20]!r} was not asked for") from error
        except BrokenData as error:
            raise FetchError("encoding", f"compressed data is broken: {error}") from error


def user_agent(version: str, contact: str) -> str:
    """Who we are: name, version, where to complain."""
    return f"dealwire/{version} (+{contact})"


def reason_of(error: BaseException) -> str:
    """The bounded reason code of a failed request. A request that could not even be written (ValueError) reached
    nobody: `connect`."""
    if PRIVATE in str(_inner(error)):
        return "blocked"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "dns"
    if isinstance(error, aiohttp.ClientSSLError | aiohttp.ClientConnectorCertificateError | ssl.SSLError):
        return "tls"
    if isinstance(error, aiohttp.InvalidURL | aiohttp.NonHttpUrlClientError):
        return "blocked"
    return "connect"


def detail_of(error: BaseException) -> str:
    """A failed request in one line: what a refused address says itself, without the client's words around it."""
    inner = _inner(error)
    return (str(inner) if PRIVATE in str(inner) else f"{type(error).__name__}: {error}")[:200]


def _inner(error: BaseException) -> BaseException:
    """What the system, or our socket factory, said: aiohttp's own text leaves it out. One error for all addresses."""
    inner = getattr(error, "os_error", None)
    return inner if isinstance(inner, OSError) else error


def _moved_to(url: str, target: str) -> str:
    """Where a redirect leads. A login that it carries is dropped: it is not what the operator gave."""
    try:
        return split_login(urljoin(url, target))[0]
    except ValueError as error:
        raise FetchError("http_3xx", "redirected to something that is no address") from error


def _refused(status: int, retry_after: str | None) -> FetchError:
    reason = "gone" if status == 410 else f"http_{status // 100}xx"
    return FetchError(reason, f"HTTP {status}", status=status, retry_after=retry_after)


def _is_encoded(url: str) -> bool:
    """True when the URL is plain ASCII: then it is asked for as written, byte for byte."""
    return url.isascii() and re.search(r"[\s<>\"{}|\\^`]", url) is None
