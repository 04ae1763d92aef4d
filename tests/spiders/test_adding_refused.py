"""``roundup add URL`` where nothing can be read, where it is used wrongly, and where pages are hostile."""

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.add.proposals import indent_of
from crawler.cli.main import roundup
from tests.spiders.adding_entries import RSS, WORDS, add, added, page, registry, rss
from tests.spiders.server import Reply, Server

pytestmark = pytest.mark.usefixtures("adding_here")


def refuse(server: Server, **reply: object) -> None:
    server.pages["/x"] = Reply(headers={"Content-Type": "text/html"}, body=b"<html>x</html>", **reply)  # type: ignore[arg-type]


def forbid(server: Server) -> None:
    refuse(server)
    server.put("/robots.txt", "User-agent: *\nDisallow: /", "text/plain")


REFUSALS = {
    "forbidden": (lambda server: refuse(server, status=403), "status 403"),
    "challenge": (
        lambda server: server.put("/x", "<html>", status=202, headers={"x-amzn-waf-action": "challenge"}),
        "robot check",
    ),
    "robots": (forbid, "robots"),
    "elsewhere": (
        lambda server: server.put("/x", "", status=302, headers={"Location": "https://elsewhere.invalid/"}),
        "elsewhere.invalid",
    ),
    "script": (lambda server: server.put("/x", "<html><div id=app></div><script>go()</script>"), "no words"),
    "unknown": (lambda server: server.put("/x", '{"a": 1}', "application/json"), "no JSON Feed"),
    "damaged": (lambda server: server.put("/x", b"%PDF-1.7 \xff\x00", "application/pdf"), "PDF"),
    "slow": (lambda server: server.put("/x", page(WORDS), wait=3.0), "within 1 seconds"),
}


@pytest.mark.process
@pytest.mark.parametrize("name", REFUSALS)
def test_page_that_cannot_be_read_is_printed_switched_off(server: Server, file: Path, name: str) -> None:
    fault, words = REFUSALS[name]
    fault(server)  # type: ignore[no-untyped-call]
    result = add(file, f"{server.url}/x")
    assert result.exit_code == 1, result.output
    assert words in result.stderr
    source = added(file, result)
    assert (source.enabled, source.evidence, source.url) == (False, "assumed", f"{server.url}/x")
    assert words in source.reason and source.reason.startswith("cannot be checked: ")


@pytest.mark.process
def test_host_that_nobody_serves(server: Server, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    file = registry(tmp_path / "sources.yaml", server)
    file.write_text(file.read_text("utf-8").replace(server.host, f"127.0.0.1:{port}"), encoding="utf-8")
    result = add(file, f"http://127.0.0.1:{port}/rss.xml")
    source = added(file, result)
    assert result.exit_code == 1 and not source.enabled and source.protocol == "feed"
    assert "connection refused" in source.reason


@pytest.mark.parametrize("body", ["", "<html><title>Page not found</title><h1>Page not found</h1>"])
def test_page_that_is_not_there_is_no_source(server: Server, file: Path, body: str) -> None:
    if body:
        server.put("/x", body)
    result = add(file, f"{server.url}/x")
    assert (result.exit_code, result.stdout) == (1, "") and "there is no such page" in result.stderr


@pytest.mark.parametrize("url", ["notaurl", "http://10.0.0.8/a", "http://127.0.0.1:1/a", "ftp://office.example/"])
def test_wrong_use(server: Server, file: Path, url: str) -> None:
    result = add(file, url)
    assert result.exit_code != 0 and result.stdout == "" and result.exception is not None
    assert server.asked == []


def test_live_look_needs_a_contact(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ROUNDUP_CONTACT", raising=False)
    result = add(registry(tmp_path / "sources.yaml", server, contact=""), f"{server.url}/x")
    assert "contact" in str(result.exception) and server.asked == []


@pytest.mark.slow
def test_replay_asks_nobody_and_needs_no_contact(server: Server, file: Path, tmp_path: Path) -> None:
    server.put("/known", page(WORDS, "<link rel=alternate type=application/rss+xml href=/feed>"))
    server.put("/second", rss(server, 1), RSS)
    recorded = tmp_path / "seen.warc.gz"
    arguments = ["record", "--sources", str(file), "--source", "office-page", str(recorded)]
    told = CliRunner().invoke(roundup, arguments)
    assert told.exit_code == 0 and "healthy      office-page: 2 listed" in told.stdout, told.output
    server.clear()
    text = file.read_text("utf-8").replace(f"{server.url}/known", f"{server.url}/a").replace("/second", "/b")
    file.write_text(text.replace("watch@sample.invalid", ""), encoding="utf-8")
    seen = add(file, f"{server.url}/second", "--replay", recorded)
    assert added(file, seen).protocol == "feed", seen.output
    named = add(file, f"{server.url}/known", "--replay", recorded)
    assert added(file, named).protocol == "page" and "no capture of it" in named.stderr
    unknown = add(file, f"{server.url}/never", "--replay", recorded)
    assert (unknown.exit_code, unknown.stdout) == (1, "") and "no capture of it" in unknown.stderr
    assert server.asked == []


def test_a_recording_says_what_did_not_answer(server: Server, file: Path, tmp_path: Path) -> None:
    server.clear()
    recorded = tmp_path / "seen.warc.gz"
    told = CliRunner().invoke(roundup, ["record", "--sources", str(file), "--source", "office-page", str(recorded)])
    assert told.exit_code == 1 and "office-page: 0 listed" in told.stdout and "drop since" in told.stdout, told.output
    assert recorded.exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [b"", b"\x00" * 5000, b"<a>" * 20_000, "\u202e: - &x *y !z {[#\x85\u2028\ufeff\ud7ff".encode(), b"<" * 100_000],
    ids=["empty", "zeros", "deep", "marks", "open"],
)
@pytest.mark.parametrize("media", ["text/html", RSS, "application/pdf", "application/octet-stream"])
def test_hostile_bodies_end_in_an_entry_or_a_reason(server: Server, file: Path, body: bytes, media: str) -> None:
    server.put("/x", body, media)
    result = add(file, f"{server.url}/x")
    assert result.exit_code in (0, 1) and isinstance(result.exception, SystemExit | None)
    if result.stdout:
        added(file, result)


TRICKY = ": - # \u2028 \x85 \x7f '\"\\ {a: [b]} %x @y `z` \ufeff\u202etrue \U0001f642 | > ? ~ &a *b !c, null"


@pytest.mark.parametrize("title", [TRICKY, "true", "2026", "no", "a:", "- a", "a #b", "'", '"', "x" * 5000, "~"])
def test_any_title_is_written_so_that_it_is_read_back(server: Server, file: Path, title: str) -> None:
    escaped = title.replace("&", "&amp;").replace("<", "&lt;")
    server.put("/x", rss(server, 1, title=escaped), RSS)
    source = added(file, add(file, f"{server.url}/x"))
    assert source.name == title[:120] or (title == TRICKY and source.name.startswith(": - # "))


def test_entry_is_indented_as_the_file_is() -> None:
    assert indent_of("a: 1\nsources:\n- id: x\n") == "" and indent_of("sources:\n    # y\n    - id: x\n") == "    "
