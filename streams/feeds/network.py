"""Which addresses a poller may connect to. Checked on the address of the connection itself, after all look-ups."""

import ipaddress
import socket
from collections.abc import Callable, Iterable
from typing import Any

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

PRIVATE = "private address"
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


class BlockedAddress(OSError):
    """A connection to an address that is not public, or not allowed by `poll_allow_private`."""


def parse_networks(text: str) -> tuple[Network, ...]:
    """The networks of a comma-separated list. Raises ValueError naming the one that is none.

    >>> parse_networks("127.0.0.0/8, ::1")
    (IPv4Network('127.0.0.0/8'), IPv6Network('::1/128'))
    """
    networks: list[Network] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        try:
            networks.append(ipaddress.ip_network(part, strict=False))
        except ValueError as error:
            raise ValueError(f"{part!r} is not a network; expected one such as 10.0.0.0/8") from error
    return tuple(networks)


def should_connect(address: str, allowed: Iterable[Network] = ()) -> bool:
    """True for a public unicast address, or one of an allowed network. IPv4 inside IPv6 is judged as IPv4.

    >>> [should_connect(a) for a in ("93.184.216.34", "10.1.2.3", "::ffff:10.0.0.1", "100.64.0.1", "fe80::1")]
    [True, False, False, False, False]
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _embedded(ip)
    if any(inner.version == network.version and inner in network for network in allowed):
        return True
    return inner.is_global and not inner.is_multicast and not inner.is_reserved


def _embedded(ip: Address) -> Address:
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _NAT64:
            return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else ip)
    return ip


def guarded_sockets(allowed: Iterable[Network]) -> Callable[[Any], socket.socket]:
    """A socket factory for aiohttp's connector. It raises BlockedAddress before anything is sent."""
    networks = tuple(allowed)

    def make(info: Any) -> socket.socket:
        family, kind, proto, _, sockaddr = info
        if not should_connect(str(sockaddr[0]), networks):
            raise BlockedAddress(f"{PRIVATE} {sockaddr[0]}: allow it with DEALWIRE_POLL_ALLOW_PRIVATE")
        return socket.socket(family=family, type=kind, proto=proto)

    return make
