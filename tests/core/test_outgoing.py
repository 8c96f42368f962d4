"""Addresses that somebody names lead to no machine of our own network, by whatever form, hop or trick."""

import gzip
import socket
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from civic.core import outgoing
from civic.core.outgoing import Unreachable, fetch
from tests.catalogue.elsewhere import Machine, machine, redirect

PRIVATE = (
    *("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
    *("224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.0.8", "198.18.0.1"),
    *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "::127.0.0.1"),
    *("2002:7f00:1::", "2002:a9fe:a9fe::1", "2001:0:4136:e378:8000:63bf:80ff:fffe"),
)


@pytest.fixture
def here(settings: Any) -> Iterator[Machine]:
    """A machine that may be asked though it is this one."""
    with machine({"/": ("text/plain", b"hello")}) as found:
        settings.OUTGOING_ALSO = [found.place]
        yield found


@pytest.mark.parametrize("address", PRIVATE)
def test_no_address_of_our_own_network_is_public(address: str) -> None:
    assert not outgoing.is_public(address)
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(Unreachable):
        fetch(f"http://{host}/", seconds=2)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111"])
def test_addresses_of_the_public_network_are(address: str) -> None:
    assert outgoing.is_public(address)


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0", "localhost", "localhost.", "LOCALHOST"]
)
def test_odd_forms_of_this_machine_are_not_asked(host: str) -> None:
    with pytest.raises(Unreachable):
        fetch(f"http://{host}/", seconds=2)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "ftp://example.org/",
            "file:///etc/passwd",
            "gopher://example.org/",
            "//example.org/",
            "",
            "x",
            "http://",
        ),
        *("http://me:secret@example.org/", "http://me@example.org/", "http://example.org:22/", "http://[::1"),
        *(
            "http://example.org:99999/",
            "https://example.org:80/",
            "http://\x00/",
            "http://ex ample.org/",
            "http://é\x00",
        ),
        "http://example.org/" + "x" * 2000,
    ],
)
def test_what_is_no_address_of_the_web_is_not_asked(address: str) -> None:
    with pytest.raises(Unreachable):
        fetch(address, seconds=2)


def test_a_document_comes_with_its_type_and_nothing_of_ours_is_sent(here: Machine) -> None:
    document = fetch(f"{here.site}/", accept="text/turtle")
    assert (document.content, document.media_type, document.address) == (
        b"hello",
        "text/plain",
        f"{here.site}/",
    )
    assert not {"Cookie", "Authorization"} & set(here.headers[0])
    assert here.headers[0]["Host"] == here.place


@pytest.mark.parametrize(
    "to",
    [
        *(
            "http://127.0.0.1/",
            "http://127.0.0.1:1/",
            "http://169.254.169.254/latest/meta-data/",
            "http://[::1]/",
        ),
        *(
            "http://2130706433/",
            "file:///etc/passwd",
            "http://u:p@127.0.0.1/",
            "http://localhost/",
            "https://[::ffff:10.0.0.1]/",
        ),
    ],
)
def test_each_hop_is_looked_at(here: Machine, to: str) -> None:
    here.documents["/on"] = redirect(to)
    with pytest.raises(Unreachable):
        fetch(f"{here.site}/on", seconds=3)
    assert here.asked == ["/on"]


def test_five_hops_are_followed_and_no_more(here: Machine) -> None:
    for number in range(6):
        here.documents[f"/{number}"] = redirect("/" if number == 0 else f"{here.site}/{number - 1}")
    assert fetch(f"{here.site}/4").content == b"hello"
    with pytest.raises(Unreachable, match="5"):
        fetch(f"{here.site}/5")


def test_a_name_that_means_another_machine_a_moment_later_leads_nowhere_else(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """DNS rebinding: the first answer is public, each later one is this machine, where somebody would answer."""
    answers, reached = iter(["203.0.113.7", "8.8.8.8"]), []

    def resolve(host: str, port: int, *args: Any, **more: Any) -> list[Any]:
        place = next(answers, "127.0.0.1")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, port))]

    def connect(_self: Any, place: Any) -> None:
        reached.append(place[0])
        raise OSError("nobody answers in a test")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(Unreachable):
        fetch("http://rebinding.example/", seconds=2)
    with pytest.raises(Unreachable):
        fetch("http://rebinding.example/", seconds=2)
    with pytest.raises(Unreachable, match="not a machine of the public network"):
        fetch("http://rebinding.example/", seconds=2)
    # 203.0.113.7 is of a network for documents, which is not public either: it was not asked.
    assert reached == ["8.8.8.8"]


def test_a_name_with_one_private_address_among_others_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(host: str, port: int, *args: Any, **more: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in ("8.8.8.8", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(Unreachable, match="public network"):
        fetch("http://two.example/", seconds=2)


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"x" * 65536)
    except OSError:
        return


def slow(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    dripped(handler)


def slow_head(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nX-A: ")
    dripped(handler)


def dripped(handler: BaseHTTPRequestHandler) -> None:
    try:
        for _number in range(100):
            handler.wfile.write(b"x")
            time.sleep(0.1)
    except OSError:
        return


def bomb(handler: BaseHTTPRequestHandler) -> None:
    content = gzip.compress(b"0" * 20_000_000)
    handler.send_response(200)
    handler.send_header("Content-Encoding", "gzip")
    handler.end_headers()
    handler.wfile.write(content)


def broken_off(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"half of it")


def no_http(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"\x00\xff" * 100)


@pytest.mark.parametrize("odd", [endless, slow, slow_head, bomb, broken_off, no_http])
def test_odd_machines_end_soon_and_with_a_reason(here: Machine, odd: Any) -> None:
    here.documents["/odd"], begun = odd, time.monotonic()
    with pytest.raises(Unreachable):
        fetch(f"{here.site}/odd", most=1 << 20, seconds=1.5)
    assert time.monotonic() - begun < 3


def test_other_statuses_are_told(here: Machine) -> None:
    with pytest.raises(Unreachable, match="404"):
        fetch(f"{here.site}/nothing")


def test_nobody_is_allowed_in_by_another_port_of_the_same_machine(here: Machine) -> None:
    with machine({"/": ("text/plain", b"secret")}) as other:
        here.documents["/on"] = redirect(f"{other.site}/")
        with pytest.raises(Unreachable):
            fetch(f"{here.site}/on")
        assert other.asked == []
