"""The ways out: one message to one channel, or SendError. Nothing secret is in what it says or logs."""

import asyncio
import base64
import hashlib
import hmac
import json
import logging
import os
import re
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import aiohttp
import apprise

from schemas.notice import Notice
from streams.notify.rules import Channel, Rules, RulesError
from streams.notify.text import digest_of

GONE = frozenset({400, 404, 410, 413, 422})
"""Answers of a webhook that another try would only get again."""


class SendError(Exception):
    """It was not sent, as far as is known. `final`: another try cannot succeed."""

    def __init__(self, reason: str, final: bool = False) -> None:
        super().__init__(reason)
        self.final = final


class Sender(Protocol):
    """A channel that can be sent to."""

    async def send(self, notices: Sequence[Notice], moment: int) -> None:
        """One message about the notices, at the Unix time `moment`. Raises SendError."""

    async def close(self) -> None:
        """Ends its connections."""


def open_channels(
    rules: Rules, folder: Path, timeout: float, environ: Mapping[str, str] = os.environ
) -> dict[str, Sender]:
    """The senders of all channels; files of secrets lie relative to `folder`. Raises RulesError with every fault."""
    senders: dict[str, Sender] = {}
    errors = []
    for name, channel in rules.channels.items():
        try:
            senders[name] = _open(channel, folder, timeout, environ)
        except RulesError as error:
            errors.append(f"channel {name!r}: {error}")
    if errors:
        raise RulesError("\n".join(errors))
    return senders


def sign(secret: bytes, notice_id: str, moment: int, body: bytes) -> str:
    """The `webhook-signature` of Standard Webhooks 1.0 (standardwebhooks.com): HMAC-SHA256 of id, time and body."""
    signed = f"{notice_id}.{moment}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()


class Webhook:
    """A JSON POST with a signature; `webhook-id` is the same for a repeat, so that the receiver can tell."""

    def __init__(self, url: str, secret: bytes, timeout: float) -> None:
        self._url, self._secret = url, secret
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._session: aiohttp.ClientSession | None = None

    async def send(self, notices: Sequence[Notice], moment: int) -> None:
        """See Sender."""
        body = json.dumps({"notices": [_public(one) for one in notices]}, ensure_ascii=False).encode()
        message = message_id(notices)
        headers = {
            "content-type": "application/json",
            "webhook-id": message,
            "webhook-timestamp": str(moment),
            "webhook-signature": sign(self._secret, message, moment, body),
        }
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout)
        try:
            async with self._session.post(self._url, data=body, headers=headers, allow_redirects=False) as answer:
                status = answer.status
        except TimeoutError as error:
            raise SendError("no answer in time") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise SendError(f"no connection ({type(error).__name__})") from None
        if not 200 <= status < 300:
            raise SendError(f"answered {status}", final=status in GONE)

    async def close(self) -> None:
        """See Sender."""
        if self._session is not None:
            await self._session.close()


class Apprise:
    """A channel that apprise knows: e-mail, Slack, Teams, DingTalk, Feishu, WeCom, Telegram."""

    def __init__(self, plugin: apprise.NotifyBase) -> None:
        self._plugin = plugin
        # Of its own: a channel that hangs takes no thread of another.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="notify")

    async def send(self, notices: Sequence[Notice], moment: int) -> None:
        """See Sender."""
        title, text = (notices[0].title, notices[0].text) if len(notices) == 1 else digest_of(notices)
        text += f"\nNotice: {message_id(notices)}"
        # A thread cannot be called off: it is waited for, and ends by the plugin's own timeouts.
        sent, said = await asyncio.get_running_loop().run_in_executor(self._thread, self._notify, title, text)
        if not sent:
            raise SendError(f"refused or not reached{said}")

    async def close(self) -> None:
        """See Sender."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _notify(self, title: str, text: str) -> tuple[bool, str]:
        with _Status() as status:
            try:
                sent = self._plugin.notify(body=text, title=title, body_format=apprise.NotifyFormat.TEXT)
            except Exception as error:  # a plugin's mistake must not end the others; its words may hold the address
                return False, f" ({type(error).__name__})"
        return bool(sent), status.said


class _Status(logging.Handler):
    """Catches the HTTP status of what apprise logs in this thread, and nothing else: its lines may hold tokens."""

    said = ""

    def __enter__(self) -> "_Status":
        self._thread = threading.get_ident()
        logging.getLogger("apprise").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("apprise").removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the status."""
        found = re.search(r"\berror=(\d{3})\b", record.getMessage())
        if found and record.thread == self._thread:
            self.said = f" (answered {found[1]})"


def message_id(notices: Sequence[Notice]) -> str:
    """The id of a message; of a digest, one that derives from what is in it."""
    if len(notices) == 1:
        return notices[0].notice_id
    return hashlib.blake2b("|".join(one.notice_id for one in notices).encode(), digest_size=10).hexdigest()


def _public(notice: Notice) -> dict[str, object]:
    fields = {"notice_id", "rule", "kind", "alert_id", "event_id", "title", "text", "url", "created"}
    return notice.model_dump(mode="json", include=fields)


def _open(channel: Channel, folder: Path, timeout: float, environ: Mapping[str, str]) -> Sender:
    if channel.webhook is not None:
        secret = _secret(channel.secret_env, channel.secret_file, folder, environ)
        return Webhook(channel.webhook, secret.encode(), timeout)
    url = channel.url or _secret(channel.url_env, channel.url_file, folder, environ)
    logger = logging.getLogger("apprise")
    logger.propagate = False  # its lines may hold addresses and tokens
    try:
        plugin = apprise.Apprise.instantiate(url, suppress_exceptions=True)
    except Exception:
        plugin = None
    if not isinstance(plugin, apprise.NotifyBase):
        raise RulesError("expected an apprise URL such as mailtos://user:password@example.org or slack://…")
    plugin.socket_connect_timeout = plugin.socket_read_timeout = timeout / 2
    return Apprise(plugin)


def _secret(variable: str | None, file: Path | None, folder: Path, environ: Mapping[str, str]) -> str:
    if variable is not None:
        value = environ.get(variable, "")
        where = f"the environment variable {variable}"
    else:
        assert file is not None
        where = f"the file {folder / file}"
        try:
            value = (folder / file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            value = ""
    if not value:
        raise RulesError(f"expected a secret in {where}")
    return value
