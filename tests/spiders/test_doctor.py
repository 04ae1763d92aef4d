"""``roundup doctor``: one look at each source of a loopback world, in which nearly everything is wrong."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crawler.archive import Replay
from crawler.cli.main import roundup
from crawler.run import session
from tests.spiders.server import Reply, Server
from tests.spiders.world import read

TODAY = "Tue, 24 Nov 2026 08:00:00 GMT"


def feed(date: str = TODAY, title: str = "Sample guidance") -> str:
    entry = f"<item><title>{title}</title><link>https://sample.invalid/a</link><pubDate>{date}</pubDate></item>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Sample</title>{entry}</channel></rss>'


EMPTY = '<?xml version="1.0"?><rss version="2.0"><channel><title>Sample</title></channel></rss>'
ENDED = (
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>tag:sample.invalid,2026:x</id>'
    "<title>Sample</title><updated>2026-11-20T08:00:00Z</updated><entry><id>tag:sample.invalid,2026:x/1</id>"
    "<title>This feed has ended</title><updated>2026-11-20T08:00:00Z</updated>"
    '<link href="https://sample.invalid/new"/></entry></feed>'
)
RSS = {"Content-Type": "application/rss+xml"}


def served(server: Server, body: str, **more: object) -> None:
    server.put("/feed", body, "application/rss+xml", **more)


def forbid(server: Server) -> None:
    served(server, feed())
    server.put("/robots.txt", "User-agent: *\nDisallow: /", "text/plain")


def broken_rules(server: Server) -> None:
    served(server, feed())
    server.pages["/robots.txt"] = Reply(status=503)


def page(server: Server, **reply: object) -> None:
    server.pages["/feed"] = Reply(**{"headers": RSS, **reply})  # type: ignore[arg-type]


FAULTS = {
    "forbidden": (forbid, "robots"),
    "no-rules": (broken_rules, "robots.txt could not be had"),
    "missing": (lambda server: page(server, status=404), "404"),
    "refused": (lambda server: page(server, status=403), "403"),
    "challenge": (
        lambda server: page(server, status=202, headers={"x-amzn-waf-action": "challenge"}, body=b"<html>"),
        "challenge",
    ),
    "website": (
        lambda server: served(server, "<html><body><h1>Sample</h1></body></html>"),
        "neither RSS, Atom nor JSON Feed: it is a web page (HTML)",
    ),
    "empty": (lambda server: served(server, EMPTY), "zero"),
    "old": (lambda server: served(server, feed("Mon, 05 Jan 2015 08:00:00 GMT")), "2015-01-05"),
    "future": (lambda server: served(server, feed("Mon, 05 Jan 2099 08:00:00 GMT")), "first 5 January 2099"),
    "undated": (lambda server: served(server, feed("soon")), "none can be read"),
    "cut": (lambda server: page(server, body=feed().encode(), length=100_000), "cut"),
    "elsewhere": (
        lambda server: page(server, status=302, headers={"Location": "https://elsewhere.invalid/feed"}),
        "elsewhere.invalid",
    ),
    "ended": (lambda server: served(server, ENDED), "ended"),
    "slow": (lambda server: served(server, feed(), wait=3.0), "within 1 seconds"),
}


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Server]]:
    monkeypatch.setattr(session, "reader_in_loop", lambda worker: read)
    with ExitStack() as stack:
        found = {name: stack.enter_context(closing(Server())) for name in [*FAULTS, "good", "licence"]}
        for name, (fault, _) in FAULTS.items():
            fault(found[name])
        served(found["good"], feed())
        yield found


def registry(file: Path, servers: dict[str, Server], *names: str, licence: str = "") -> Path:
    hosts = "".join(f'  "{server.host}": {{private: true, delay: 0, timeout: 1}}\n' for server in servers.values())
    sources = "".join(
        f"  - id: {name}\n    publisher: sample\n    kind: guidance\n    protocol: feed\n"
        f"    url: {servers[name].url}/feed\n    expect: {{min: 1, newest: 365d}}\n"
        for name in names
    )
    stated = f", licence_url: '{licence}'" if licence else ""
    file.write_text(
        "settings: {contact: watch@sample.invalid, authority: sample.invalid}\n"
        f"publishers:\n  sample: {{name: Sample Office, jurisdiction: United Kingdom{stated}}}\n"
        f"hosts:\n{hosts}sources:\n{sources}",
        encoding="utf-8",
    )
    return file


def doctor(*arguments: object) -> Result:
    return CliRunner().invoke(roundup, ["doctor", *map(str, arguments)])


def told(result: Result) -> dict[str, str]:
    """Everything that was said about each source."""
    found: dict[str, str] = {}
    name = ""
    for line in result.output.splitlines():
        if line.startswith(("ok ", "differs ")):
            name = line.split(maxsplit=1)[1].partition(":")[0]
        found[name] = found.get(name, "") + line + "\n"
    return found


@pytest.mark.process
def test_each_fault_is_named(servers: dict[str, Server], tmp_path: Path) -> None:
    file = registry(tmp_path / "sources.yaml", servers, *FAULTS, "good")
    result = doctor("--sources", file)
    said = told(result)
    assert result.exit_code == 1, result.output
    for name, (_, words) in FAULTS.items():
        assert said[name].startswith("differs"), said[name]
        assert words in said[name].partition("\n")[2], said[name]
    assert said["good"].startswith("ok")
    assert "status 200, application/rss+xml" in said["good"] and "1 entry; newest 2026-11-24" in said["good"]
    assert f"{len(FAULTS)} differ" in result.output


@pytest.mark.process
def test_source_that_nobody_serves(servers: dict[str, Server], tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    file = registry(tmp_path / "sources.yaml", servers, "good")
    file.write_text(file.read_text().replace(f"{servers['good'].port}", str(port)), encoding="utf-8")
    result = doctor("--sources", file)
    assert result.exit_code == 1 and "connection refused" in told(result)["good"]


def test_one_page_is_asked_of_each_source_and_documents_are_not(servers: dict[str, Server], tmp_path: Path) -> None:
    file = registry(tmp_path / "sources.yaml", servers, "good")
    file.write_text(file.read_text().replace("    expect", "    follow: true\n    expect"), encoding="utf-8")
    server = servers["good"]
    served(server, feed().replace("https://sample.invalid", server.url))
    assert doctor("--sources", file).exit_code == 0
    assert server.paths() == ["/robots.txt", "/feed"]


def test_licence_page_is_looked_at(servers: dict[str, Server], tmp_path: Path) -> None:
    """Trap UK-5.5: a licence is read at its page."""
    licence = servers["licence"]
    file = registry(tmp_path / "sources.yaml", servers, "good", licence=f"{licence.url}/licence")
    gone = doctor("--sources", file)
    assert gone.exit_code == 1 and "404" in told(gone)["licence of Sample Office"].partition("\n")[2]
    licence.put("/licence", "<html><body><main><h1>Sample licence</h1><p>Sample terms.</p></main></body></html>")
    there = doctor("--sources", file)
    assert there.exit_code == 0, there.output
    assert told(there)["licence of Sample Office"].startswith("ok")


def test_what_was_seen_is_kept_and_can_be_looked_at_again(servers: dict[str, Server], tmp_path: Path) -> None:
    file, out = registry(tmp_path / "sources.yaml", servers, "good", "future"), tmp_path / "seen.warc.gz"
    live = doctor("--sources", file, "--record", out)
    assert Replay.open([out]).answer("GET", f"{servers['good'].url}/feed") is not None
    for server in servers.values():
        server.clear()
    again = doctor("--sources", file, "--replay", out)
    assert again.exit_code == 1, again.output + live.output
    assert told(again)["future"].partition("\n")[2] == told(live)["future"].partition("\n")[2]
    assert not any(server.asked for server in servers.values())
    assert doctor("--sources", file, "--record", out).exit_code != 0


@pytest.mark.process
def test_links_kept_by_hand_are_tried_apart_and_a_refusal_is_no_fault(
    servers: dict[str, Server], tmp_path: Path
) -> None:
    file = registry(tmp_path / "sources.yaml", servers, "missing")
    servers["good"].put("/report", "<html><body><main><h1>Sample</h1><p>Sample words.</p></main></body></html>")
    links = {"An open report": f"{servers['good'].url}/report", "A closed report": f"{servers['refused'].url}/feed"}
    listed = "".join(
        f"    - {{title: {title}, publisher: Sample body, date: 2019, url: '{url}', reason: closed}}\n"
        for title, url in links.items()
    )
    file.write_text(f"{file.read_text()}by_hand:\n  reviewed: 2026-11-24\n  list:\n{listed}", "utf-8")
    result = doctor("--sources", file, "--by-hand")
    assert result.exit_code == 0, result.output
    lines = [line for line in result.output.splitlines() if not line.startswith((" ", "requests"))]
    assert lines == [
        f"answers  {links['An open report']} (Sample body: An open report)",
        f"refused  {links['A closed report']} (Sample body: A closed report)",
        "2 links tried, 1 answers",
    ]
    assert "403" in result.output and not servers["missing"].asked
