"""Which addresses are connected to. Addresses are only looked at here: nothing but loopback is ever connected to."""

import asyncio
import ipaddress
from collections.abc import Sequence
from typing import Any

import pytest
from twisted.internet.error import ConnectionRefusedError
from twisted.internet.protocol import Factory, Protocol
from twisted.internet.testing import MemoryReactorClock
from twisted.python.failure import Failure
from twisted.web.client import URI

from crawler.spiders.address_policy import is_public, refusal
from crawler.spiders.connections import Endpoints
from crawler.spiders.values import UnansweredError

PUBLIC = ["93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "64:ff9b::5db8:d70e", "2002:5db8:d70e::1"]
INSIDE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.8", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::7f00:1",
    "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.8",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:8::1", "2001:db8::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_allowed(address: str) -> None:
    assert refusal(address, private=False) == "" and is_public(ipaddress.ip_address(address))
    assert "is not a loopback address" in refusal(address, private=True)


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_inside_are_refused(address: str) -> None:
    assert refusal(address, private=False) == f"{address} is not a public address"


@pytest.mark.parametrize(("address", "ok"), [("127.0.0.1", True), ("::1", True), ("10.0.0.8", False), ("x", False)])
def test_private_entry_allows_loopback_and_nothing_else(address: str, ok: bool) -> None:
    assert (refusal(address, private=True) == "") is ok


class Wire:
    """Endpoints over a reactor that only notes what it is asked to connect to."""

    def __init__(self, names: dict[str, list[str]]) -> None:
        self.reactor: Any = MemoryReactorClock()  # type: ignore[no-untyped-call]
        self.names = names
        self.asked: list[str] = []

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        if host not in self.names:
            raise OSError("Name or service not known")
        return self.names[host]

    def connect(self, url: str, private: str = "") -> asyncio.Future[Any]:
        endpoints = Endpoints(self.reactor, None, lambda name: name == private, self.resolve)
        of: Any = URI
        endpoint: Any = endpoints.endpointForURI(of.fromBytes(url.encode()))
        connecting = endpoint.connect(Factory.forProtocol(Protocol))
        future: asyncio.Future[Any] = connecting.asFuture(asyncio.get_running_loop())
        return future

    def connected(self) -> list[str]:
        return [client[0] for client in self.reactor.tcpClients]


def failed(error: Any) -> Any:
    kind: Any = Failure
    return kind(error())


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_exactly_the_checked_address_is_connected_to() -> None:
    wire = Wire({"www.example.org": ["93.184.215.14"]})
    connecting = wire.connect("http://www.example.org/a")
    await settle()
    assert wire.connected() == ["93.184.215.14"] and wire.reactor.tcpClients[0][1] == 80
    connecting.cancel()


async def test_name_that_leads_inside_is_refused_before_any_connection() -> None:
    wire = Wire({"inside.example.org": ["10.0.0.8", "::ffff:127.0.0.1"]})
    with pytest.raises(UnansweredError, match=r"inside.example.org:80 is not asked: 10.0.0.8 is not a public address"):
        await wire.connect("http://inside.example.org/")
    assert wire.connected() == []


async def test_only_the_public_ones_of_several_addresses_are_tried() -> None:
    wire = Wire({"mixed.example.org": ["127.0.0.1", "93.184.215.14"]})
    connecting = wire.connect("http://mixed.example.org:8080/")
    await settle()
    assert wire.connected() == ["93.184.215.14"]
    connecting.cancel()


async def test_next_address_is_tried_where_one_refuses() -> None:
    wire = Wire({"two.example.org": ["1.1.1.1", "93.184.215.14"]})
    connecting = wire.connect("http://two.example.org/")
    await settle()
    *_, factory, _, _ = wire.reactor.tcpClients[0]
    factory.clientConnectionFailed(None, failed(ConnectionRefusedError))
    await settle()
    assert wire.connected() == ["1.1.1.1", "93.184.215.14"]
    connecting.cancel()


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "10.0.0.8", "169.254.169.254", "[::ffff:127.0.0.1]"])
async def test_literal_addresses_are_checked_without_a_resolver(host: str) -> None:
    wire = Wire({})
    with pytest.raises(UnansweredError, match="is not a public address"):
        await wire.connect(f"http://{host}:8001/")
    assert wire.connected() == [] and wire.asked == []


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "localhost"])
async def test_odd_spellings_are_judged_by_what_they_resolve_to(host: str) -> None:
    wire = Wire({host: ["127.0.0.1"]})
    with pytest.raises(UnansweredError, match=r"127\.0\.0\.1 is not a public address"):
        await wire.connect(f"http://{host}/")


async def test_private_entry_is_for_exactly_that_port() -> None:
    wire = Wire({"127.0.0.1": ["127.0.0.1"]})
    connecting = wire.connect("http://127.0.0.1:8001/", private="127.0.0.1:8001")
    await settle()
    assert wire.connected() == ["127.0.0.1"]
    connecting.cancel()
    with pytest.raises(UnansweredError):
        await wire.connect("http://127.0.0.1:8002/", private="127.0.0.1:8001")


async def test_private_name_that_resolves_elsewhere_is_refused() -> None:
    wire = Wire({"dev.localhost": ["10.0.0.8"]})
    with pytest.raises(UnansweredError, match=r"10\.0\.0\.8 is not a loopback address"):
        await wire.connect("http://dev.localhost:8001/", private="dev.localhost:8001")


async def test_name_without_address_says_so() -> None:
    with pytest.raises(UnansweredError, match=r"DNS: nowhere\.example\.org: Name or service not known") as caught:
        await Wire({}).connect("http://nowhere.example.org/")
    assert caught.value.passing
