"""The heartbeat: one request after a healthy crawl, to public addresses and the loopback hosts that are named."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace

import pytest

from crawler.errors import SourcesError
from crawler.sources import Host, loads
from crawler.spiders.heartbeat import call
from tests.fold.world import SOURCES


class Monitor(HTTPServer):
    asked: list[tuple[str, str]]
    status = 200


class Asked(BaseHTTPRequestHandler):
    server: Monitor

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers["User-Agent"]))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def monitor() -> Iterator[Monitor]:
    server = Monitor(("127.0.0.1", 0), Asked)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def private(monitor: Monitor) -> dict[str, Host]:
    name = f"127.0.0.1:{monitor.server_port}"
    return {name: Host(name=name, private=True)}


def test_it_is_called_once_and_what_went_wrong_is_said(monitor: Monitor) -> None:
    url = f"http://127.0.0.1:{monitor.server_port}/ping/a?b=c"
    assert call(url, private(monitor)) == ""
    ((path, agent),) = monitor.asked
    assert path == "/ping/a?b=c" and agent.startswith("roundup/")
    monitor.status = 404
    assert call(url, private(monitor)) == "heartbeat: 127.0.0.1 answered with 404"
    monitor.status = 302
    assert call(url, private(monitor)) == "heartbeat: 127.0.0.1 answered with 302" and len(monitor.asked) == 3
    assert call(url, {}) == "heartbeat: 127.0.0.1 is not a public address" and len(monitor.asked) == 3


def test_a_name_that_leads_inside_is_not_called(monitor: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(2, 1, 6, "", ("127.0.0.1", monitor.server_port))]
    monkeypatch.setattr(
        "crawler.spiders.heartbeat.socket", SimpleNamespace(getaddrinfo=lambda *_, **__: found, SOCK_STREAM=1)
    )
    assert call("http://monitor.example.org/", {}) == "heartbeat: 127.0.0.1 is not a public address"
    assert monitor.asked == []


def test_a_heartbeat_that_cannot_be_is_named_with_its_line() -> None:
    for address, words in (
        ("http://10.0.0.8/", "settings.heartbeat: 10.0.0.8:80 is not public"),
        ("x", "not an absolute"),
    ):
        text = SOURCES.replace("{contact", f"{{heartbeat: '{address}', contact")
        with pytest.raises(SourcesError, match=rf"s:2: .*{words}"):
            loads(text, "s")
