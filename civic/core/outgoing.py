"""Reads an address of somebody else's machine, for whoever may name one: never a machine of our own network.

    document = outgoing.fetch("https://data.example.org/catalog.ttl", accept="text/turtle")

Of each address, also of each to which an answer leads on, the name is resolved once, every address that it has is
looked at, and the connection goes to one of those: a name that means another machine a moment later (DNS rebinding)
leads nowhere else. What is sent is neither a cookie nor a password.
"""

import re
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from threading import Timer
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from civic.core.errors import Refused

MB = 1 << 20
MOST_HOPS, LONGEST_ADDRESS = 5, 2000
PORTS = {"http": 80, "https": 443}
REDIRECTS = (301, 302, 303, 307, 308)
# What an address of IPv6 may hold an address of IPv4 in: NAT64 (RFC 6052), and compatible ones (RFC 4291, 2.5.5.1).
EMBEDDING = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
# Assigned by IETF for protocols, of which some Pythons take a part for public (RFC 6890).
PROTOCOLS = IPv4Network("192.0.0.0/24")
AGENT = "CivicExchange/1 (harvest of open data)"
CONTROL = re.compile("[\\x00-\\x20\\x7f]")
Endpoint = tuple[int, tuple[str, int]]


class Unreachable(Refused):
    """What is asked for is not to be had there, or not to be asked for; the text says which."""

    status = 502
    code = "unreachable"


@dataclass(frozen=True)
class Document:
    """What came: its bytes, its media type without parameters, and the address that it came from in the end."""

    content: bytes
    media_type: str
    address: str


def fetch(address: str, *, accept: str = "*/*", most: int = 5 * MB, seconds: float = 30) -> Document:
    """The document at an address. Raises Unreachable.

    At most `most` bytes and `seconds` in all, over all hops; nothing compressed, of which a little may be very much.
    """
    end = time.monotonic() + seconds
    for _hop in range(MOST_HOPS + 1):
        with _answer(address, accept, end) as answer:
            if answer.status not in REDIRECTS:
                return _document(answer, address, most, end)
            address = urljoin(address, answer.headers.get("Location") or "")
    raise Unreachable(_("The address leads on more than %(most)d times.") % {"most": MOST_HOPS})


def checked(address: str) -> SplitResult:
    """The parts of an address that may be asked, as far as it can be told without resolving its name.

    Raises Unreachable.
    """
    try:
        parts = urlsplit(quote(address, safe="%/:=&?~#+!$,;'@()*[]"))
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Unreachable(_("This is no address of the web.")) from None
    if len(address) > LONGEST_ADDRESS or CONTROL.search(address) or parts.scheme not in PORTS or not host:
        raise Unreachable(_("An address begins with http:// or https:// and has at most 2,000 characters."))
    if parts.username is not None or parts.password is not None:
        raise Unreachable(_("An address has neither a name nor a password in it."))
    if port not in (None, PORTS[parts.scheme]) and not _is_named(host, port):
        raise Unreachable(_("Only the usual ports of the web are asked, 80 and 443."))
    return parts


def is_public(host: str) -> bool:
    """Whether an IP address is of the public network, also the one that it may hold within itself."""
    try:
        one = ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return all(
        each.is_global and not each.is_multicast and not each.is_reserved and each not in PROTOCOLS
        for each in _meant(one)
    )


def _meant(one: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    """The addresses that packets to this one may come to."""
    if isinstance(one, IPv4Address):
        yield one
        return
    inner = [one.ipv4_mapped, one.sixtofour, *(one.teredo or ())]
    inner += [IPv4Address(int(one) & 0xFFFFFFFF) for network in EMBEDDING if one in network]
    yield from (known for known in inner if known is not None)
    if one.ipv4_mapped is None:
        yield one


def _is_named(host: str, port: int | None) -> bool:
    """Whether whoever runs the site lets this one be asked though it is not public (`OUTGOING_ALSO`)."""
    return f"{host}:{port}" in settings.OUTGOING_ALSO


def _endpoints(host: str, port: int) -> list[Endpoint]:
    """Where the name leads at this moment. One that leads to any other place than a public one is not asked at all."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable(_("There is no machine of the name %(host)s.") % {"host": host}) from None
    endpoints: list[Endpoint] = [
        (family, (str(place[0]), int(place[1]))) for family, _kind, _proto, _name, place in found
    ]
    if not _is_named(host, port) and not all(is_public(place[0]) for _family, place in endpoints):
        raise Unreachable(_("%(host)s is not a machine of the public network.") % {"host": host})
    return endpoints


@contextmanager
def _answer(address: str, accept: str, end: float) -> Iterator[HTTPResponse]:
    """The head of the answer; its body has not been read. Everything is closed at `end`, whatever it waits for.

    A timeout of the socket begins anew with each byte: a machine that sends one a second would be waited for forever.
    """
    parts = checked(address)
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection: HTTPConnection = kind(host, port)
    stop: Callable[[], object] = connection.close
    try:
        connection.sock = _connected(host, port, parts.scheme == "https", end)
        stop = _ends_at(connection.sock, end)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {
            "Accept": accept,
            "Accept-Encoding": "identity",
            "User-Agent": AGENT,
            "Connection": "close",
        }
        connection.request("GET", target, headers=headers)
        yield connection.getresponse()
    except (OSError, HTTPException, ValueError) as wrong:
        words = (
            _("%(host)s took too long.") if time.monotonic() >= end else _("%(host)s cannot be read: %(why)s")
        )
        raise Unreachable(words % {"host": host, "why": f"{type(wrong).__name__} {wrong}"[:200]}) from None
    finally:
        stop()
        connection.close()


def _connected(host: str, port: int, secure: bool, end: float) -> socket.socket:
    """A connection to the machine itself, by the address that was looked at; its certificate is of the name."""
    failure: OSError = OSError("no address")
    for family, place in _endpoints(host, port):
        plain = socket.socket(family, socket.SOCK_STREAM)
        try:
            plain.settimeout(max(0.1, min(10, end - time.monotonic())))
            plain.connect(place)
            return ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
        except OSError as wrong:
            plain.close()
            failure = wrong
    raise failure


def _ends_at(connected: socket.socket, end: float) -> Callable[[], object]:
    """Breaks the connection off at its end, from a thread of its own; returns what calls that off."""

    def break_off() -> None:
        try:
            connected.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it is over already

    timer = Timer(max(0.0, end - time.monotonic()), break_off)
    timer.daemon = True
    timer.start()
    return timer.cancel


def _document(answer: HTTPResponse, address: str, most: int, end: float) -> Document:
    host = urlsplit(address).hostname
    if answer.status != 200:
        raise Unreachable(_("%(host)s answers with %(status)d.") % {"host": host, "status": answer.status})
    if answer.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
        raise Unreachable(_("%(host)s sends it compressed, though that was not asked for.") % {"host": host})
    content = bytearray()
    while piece := answer.read1(1 << 16):
        content += piece
        if len(content) > most:
            words = _("%(host)s sends more than the %(most)d MB that we read.")
            raise Unreachable(words % {"host": host, "most": most // MB})
    # A connection that was broken off at its end looks like the end of a body of unknown length.
    if time.monotonic() >= end or answer.length:
        raise Unreachable(_("%(host)s took too long, or broke off.") % {"host": host})
    return Document(bytes(content), answer.headers.get_content_type(), address)
