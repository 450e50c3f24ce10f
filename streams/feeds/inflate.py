"""Decompression that never makes more than it was asked for."""

import zlib
from typing import Protocol

import brotli

CHUNK = 64 * 1024
MAX_LAYERS = 3
"""A body packed more often than this was packed to do harm."""


class UnknownCoding(ValueError):
    """A Content-Encoding that was not asked for."""


class TooLarge(ValueError):
    """The body passes the limit after decompression."""


class BrokenData(ValueError):
    """Bytes that are not what their Content-Encoding says."""


class Layer(Protocol):
    """One content coding being undone."""

    def feed(self, data: bytes, room: int) -> bytes:
        """At most `room` + 1 bytes more; raises TooLarge when there would be more, BrokenData for bad data."""


class _Zlib:
    def __init__(self, wbits: int) -> None:
        self._wbits = wbits
        self._inflater = zlib.decompressobj(wbits)
        self._first = True

    def feed(self, data: bytes, room: int) -> bytes:
        out: list[bytes] = []
        while data:
            try:
                piece = self._inflater.decompress(data, min(CHUNK, room + 1))
            except zlib.error as error:
                # "deflate" means zlib, yet some servers send raw deflate (RFC 9110, 8.4.1.2).
                if not self._first or self._wbits != zlib.MAX_WBITS:
                    raise BrokenData(str(error)) from error
                self._inflater, self._wbits = zlib.decompressobj(-zlib.MAX_WBITS), -zlib.MAX_WBITS
                continue
            self._first = False
            out.append(piece)
            room -= len(piece)
            if room < 0:
                raise TooLarge
            data = self._inflater.unconsumed_tail
            if self._inflater.eof:
                data = self._inflater.unused_data
                if data[:2] != b"\x1f\x8b":
                    break  # padding after the end
                self._inflater = zlib.decompressobj(self._wbits)
        return b"".join(out)


class _Brotli:
    def __init__(self) -> None:
        self._inflater = brotli.Decompressor()

    def feed(self, data: bytes, room: int) -> bytes:
        out: list[bytes] = []
        try:
            while True:
                piece = self._inflater.process(data, output_buffer_limit=min(CHUNK, room + 1))
                out.append(piece)
                room -= len(piece)
                if room < 0:
                    raise TooLarge
                if self._inflater.is_finished() or self._inflater.can_accept_more_data():
                    return b"".join(out)
                data = b""
        except brotli.error as error:
            raise BrokenData(str(error)) from error


class Body:
    """Collects a response body: undoes `Content-Encoding` layer by layer, each under the limit in bytes."""

    def __init__(self, coding: str, limit: int) -> None:
        """Raises UnknownCoding for a coding that was not asked for, TooLarge for too many layers."""
        names = [name for name in (part.strip().lower() for part in coding.split(",")) if name not in ("", "identity")]
        if len(names) > MAX_LAYERS:
            raise TooLarge
        self._layers = [_layer(name) for name in reversed(names)]
        self._made = [0] * len(self._layers)
        self._limit = limit
        self._parts: list[bytes] = []
        self._size = 0

    def feed(self, data: bytes) -> None:
        """Takes the next bytes from the wire. Raises TooLarge over the limit, BrokenData for bad data."""
        for start in range(0, len(data), CHUNK):
            piece = data[start : start + CHUNK]
            for at, layer in enumerate(self._layers):
                piece = layer.feed(piece, self._limit - self._made[at])
                self._made[at] += len(piece)
            self._size += len(piece)
            if self._size > self._limit:
                raise TooLarge
            self._parts.append(piece)

    def bytes(self) -> bytes:
        """What came so far."""
        return b"".join(self._parts)


def _layer(name: str) -> Layer:
    if name in ("gzip", "x-gzip"):
        return _Zlib(zlib.MAX_WBITS | 16)
    if name == "deflate":
        return _Zlib(zlib.MAX_WBITS)
    if name == "br":
        return _Brotli()
    raise UnknownCoding(name)
