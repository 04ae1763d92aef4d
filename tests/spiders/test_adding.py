"""``roundup add URL``: the entry of sources.yaml for a page that somebody wants watched, and what it is worth."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crawler import protocols
from crawler.cli import adding
from crawler.cli.entry import indent_of
from crawler.cli.main import roundup
from crawler.run import session
from crawler.sources import Registry, Source, loads
from tests.spiders.server import Reply, Server
from tests.spiders.world import PROJECT, World, read

OPTIONS = {name: protocol.OPTIONS for name, protocol in protocols.PROTOCOLS.items()}
RSS = "application/rss+xml"


class Here:
    """A parse worker that is none: each costs a second."""

    read = staticmethod(protocols.read)

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to end."""


@pytest.fixture(autouse=True)
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "reader_in_loop", lambda worker: read)
    monkeypatch.setattr(adding, "Worker", Here)


@pytest.fixture
def other() -> Iterator[Server]:
    with closing(Server()) as found:
        yield found


def registry(file: Path, server: Server, *servers: Server, contact: str = "watch@sample.invalid") -> Path:
    hosts = "".join(f'  "{each.host}": {{private: true, delay: 0, timeout: 1}}\n' for each in (server, *servers))
    file.write_text(
        f'settings: {{contact: "{contact}", authority: sample.invalid}}\n'
        "publishers:\n  office: {name: Sample Office, jurisdiction: United Kingdom}\n"
        "  law: {name: Sample Law, jurisdiction: United Kingdom}\n"
        f"hosts:\n{hosts}"
        f"sources:\n  - {{id: office-page, publisher: office, kind: guidance, protocol: page, url: {server.url}/known,"
        f" options: {{items: ['{server.url}/second']}}, expect: {{min: 1}}}}\n"
        "  - {id: tracked, publisher: law, kind: legislation, protocol: legislation,"
        " url: 'https://www.legislation.gov.uk/', options: {feed: items, items: [ukpga/2015/30]}, expect: {min: 1}}\n"
        f"  - {{id: off, publisher: office, kind: news, protocol: feed, url: {server.url}/off, expect: {{min: 1}},"
        " enabled: false, reason: it was refused}\n",
        encoding="utf-8",
    )
    return file


@pytest.fixture
def file(server: Server, tmp_path: Path) -> Path:
    return registry(tmp_path / "sources.yaml", server)


def add(file: Path, url: str, *arguments: object) -> Result:
    return CliRunner().invoke(roundup, ["add", "--sources", str(file), *map(str, arguments), url])


def appended(file: Path, printed: str) -> Registry:
    """Give the registry with what was printed among its sources, the line of a new publisher put where it belongs."""
    text = file.read_text("utf-8")
    for line in re.findall(r"^ *# +([a-z0-9_-]+: \{name: .*\})$", printed, re.MULTILINE):
        text = text.replace("publishers:\n", f"publishers:\n  {line}\n", 1)
    found = loads(text.replace("\nsources:\n", f"\nsources:\n{printed}", 1), "sources.yaml", OPTIONS)
    assert [each for source in found.sources.values() for each in protocols.problems(source)] == []
    return found


def added(file: Path, result: Result) -> Source:
    """Give the source that was printed."""
    before = loads(file.read_text("utf-8"), "sources.yaml").sources
    (name,) = appended(file, result.stdout).sources.keys() - before.keys()
    return appended(file, result.stdout).sources[name]


def rss(server: Server, *numbers: int, title: str = "Sample news") -> str:
    date = f"<pubDate>{datetime.now(UTC) - timedelta(days=1):%a, %d %b %Y 08:00:00 GMT}</pubDate>"
    items = "".join(
        f"<item><title>Sample {n}</title><link>{server.url}/d/{n}</link><description>Words.</description>{date}</item>"
        for n in numbers
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'


def page(main: str, head: str = "") -> str:
    return f"<html lang=en><head><title>Sample page</title>{head}</head><body><main><h1>Sample page</h1>{main}</main>"


WORDS = "<p>Sample words on how victims are found, and what is done for them then. </p>" * 20
LIST = "<div>" + "".join(
    f"<div class=card><h3><a href=/n/{n}>Sample: news {n} # of \u2028 the office</a></h3>"
    f"<time>{28 - n} October 2026</time></div>"
    for n in range(8)
) + "</div>"  # fmt: skip


def documented() -> str:
    """Give the entry that the documentation shows."""
    text = (PROJECT / "docs/adding-a-source.md").read_text("utf-8")
    found = re.search(r"```yaml\n(  - id: .*?)```", text, re.DOTALL)
    assert found
    return found[1]


def test_documented_example_is_what_is_printed_and_what_is_crawled(world: World, server: Server) -> None:
    """A plain source of a known publisher: at most eight lines, no Python, and documents at the first crawl."""
    file = registry(world.data.parent / "sources.yaml", server)
    server.put("/news/feed/", rss(server, *range(10), title="Sample Office, news"), RSS)
    result = add(file, f"{server.url}/news/feed/")
    assert result.exit_code == 0, result.output
    shown = result.stdout.replace(server.url, "https://www.office.example")
    shown = re.sub(r"on \d+ [A-Z]\w+ 2\d{3}", "on 24 November 2026", shown)
    assert shown.replace('"127-0-0-1-news-feed"', "office-example-news-feed") == documented()
    assert len(result.stdout.splitlines()) <= 8
    with file.open("a", encoding="utf-8") as end:
        end.write(result.stdout)
    checked = CliRunner().invoke(roundup, ["check", "--sources", str(file), "--data", str(world.data)])
    assert checked.exit_code == 0, checked.output
    world.text = file.read_text("utf-8")
    world.crawl(names=("127-0-0-1-news-feed",))
    found = world.rows("select d.title from documents d join document_sources s on s.document=d.id where s.source=?",
                       "127-0-0-1-news-feed")  # fmt: skip
    assert sorted(row["title"] for row in found) == [f"Sample {n}" for n in range(10)]


def test_page_is_asked_once_after_its_robots(server: Server, file: Path) -> None:
    server.put("/feed", rss(server, 1), RSS)
    add(file, f"{server.url}/feed")
    assert server.paths() == ["/robots.txt", "/feed"]


def test_known_addresses_ask_nobody(server: Server, tmp_path: Path) -> None:
    file = registry(tmp_path / "sources.yaml", server, contact="")
    result = add(file, "https://www.legislation.gov.uk/ukpga/2023/37/section/2")
    assert result.exit_code == 0, result.output
    source = added(file, result)
    assert (source.protocol, source.publisher, source.options["items"]) == ("legislation", "law", ["ukpga/2023/37"])
    assert source.evidence == "documented" and "was not asked" in result.stdout
    assert "add ukpga/2023/37 to options.items of tracked" in result.stderr
    assert server.asked == []


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("{}/known", "watched already by office-page"),
        ("{}/known/?utm_source=x#part", "watched already by office-page"),
        ("{}/second", "watched already by office-page"),
        ("https://www.legislation.gov.uk/ukpga/2015/30/section/45", "watched already by tracked"),
        ("ukpga/2015/30", "watched already by tracked"),
        ("{}/off", "off, which is switched off: it was refused"),
    ],
)
def test_what_is_watched_already_is_not_proposed(server: Server, file: Path, url: str, words: str) -> None:
    result = add(file, url.format(server.url))
    assert result.exit_code == 0 and result.stdout == ""
    assert words in re.sub(r" \([^)]*\)", "", result.stderr)
    assert server.asked == []


EVERY = (
    "ukpga/2023/37", "https://www.legislation.gov.uk/all?title=slavery", "https://www.legislation.gov.uk/new",
    "https://www.legislation.gov.uk/update", "https://www.gov.uk/guidance/a", "32011L0036",
    "https://www.gov.uk/government/organisations/home-office", "https://www.gov.uk/search/all?keywords=a%20%22b:%20c%22",
    "https://bills.parliament.uk/bills/1", "https://committees.parliament.uk/committee/516/",
    "https://treaties.parliament.uk/treaty/true/", "https://publications.europa.eu/webapi/notification/ingestion",
    "https://data.europarl.europa.eu/api/v2/procedures/2022-0426", "https://hudoc.greta.coe.int/",
    "https://hudoc.echr.coe.int/#{%22article%22:[%224%22]}", "https://www.europol.europa.eu/newsroom",
    "https://ec.europa.eu/commission/presscorner/?keywords=%27a%27%20%23b", "https://sherloc.unodc.org/",
    "https://modern-slavery-statement-registry.service.gov.uk/",
)  # fmt: skip


@pytest.mark.parametrize("url", EVERY)
def test_every_entry_is_right_once_appended(file: Path, url: str) -> None:
    result = add(file, url)
    assert result.exit_code == 0, result.output
    source = added(file, result)
    assert source.enabled and (source.publisher == "law" or "Read its licence at its source" in result.stdout)


@pytest.mark.parametrize("url", EVERY)
def test_with_our_own_registry_too(url: str) -> None:
    ours = PROJECT / "sources.yaml"
    result = add(ours, url)
    assert result.exit_code == 0, result.output
    if result.stdout:
        appended(ours, result.stdout)
    else:
        assert "watched already by" in result.stderr


def test_list_shows_its_first_titles_and_is_read(server: Server, file: Path, world: World) -> None:
    server.put("/list", page(LIST))
    result = add(file, f"{server.url}/list")
    source = added(file, result)
    assert (source.protocol, source.options, source.publisher) == ("listing", {"entry": "div.card"}, "office")
    assert "# 8 entries, the first: Sample: news 0 # of the office; Sample: news 1" in result.stdout
    world.text = file.read_text("utf-8") + result.stdout
    world.crawl(names=(source.id,))
    assert len(world.rows("select * from documents")) == 8


@pytest.mark.parametrize(
    ("body", "media", "protocol"),
    [
        (page(WORDS), "text/html", "page"),
        ("Sample words in a text file.", "text/plain", "page"),
        ('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://x.invalid/a</loc></url></urlset>',
         "application/xml", "sitemap"),
    ],
)  # fmt: skip
def test_other_pages(server: Server, file: Path, body: str, media: str, protocol: str) -> None:
    server.put("/x", body, media)
    source = added(file, add(file, f"{server.url}/x"))
    assert (source.protocol, source.url, source.evidence) == (protocol, f"{server.url}/x", "reported")


def test_feed_that_a_page_names_is_proposed_first(server: Server, file: Path) -> None:
    server.put("/a", page(WORDS, "<link rel=alternate type=application/rss+xml href=/a/feed>"))
    server.put("/a/feed", rss(server, 1, 2), RSS)
    result = add(file, f"{server.url}/a")
    assert (added(file, result).protocol, added(file, result).url) == ("feed", f"{server.url}/a/feed")
    assert "--protocol page" in result.stderr
    assert [path for path in server.paths() if path != "/robots.txt"] == ["/a", "/a/feed"]
    chosen = added(file, add(file, f"{server.url}/a", "--protocol", "page"))
    assert (chosen.protocol, chosen.url) == ("page", f"{server.url}/a")


@pytest.mark.parametrize("href", ["/off", "/none", "http://10.0.0.8/feed", "/html"])
def test_feed_that_is_of_no_use_leaves_the_page(server: Server, file: Path, href: str) -> None:
    server.put("/a", page(WORDS, f"<link rel=alternate type=application/rss+xml href={href}>"))
    server.put("/html", page(WORDS))
    result = add(file, f"{server.url}/a")
    assert result.exit_code == 0 and added(file, result).protocol == "page"
    assert "It names a feed" in result.stderr and ("off is" not in result.stderr or href == "/off")


def test_new_publisher_is_printed_with_what_must_be_done(server: Server, other: Server, tmp_path: Path) -> None:
    file = registry(tmp_path / "sources.yaml", server, other)
    other.put("/x", page(WORDS, "<meta property='og:site_name' content='Other: \u201coffice\u201d #1, [sample]'>"))
    result = add(file, f"{other.url}/x")
    source = added(file, result)
    name = appended(file, result.stdout).publishers[source.publisher].name
    assert name == "Other: \u201coffice\u201d #1, [sample]" and "Read its licence at its source" in result.stdout
    unknown = loads(
        file.read_text("utf-8") + re.sub(r"#.*", "", result.stdout.replace(source.publisher, "office")), "x"
    )
    assert source.id in unknown.sources


def test_ids_are_their_own(server: Server, file: Path) -> None:
    for path in ("/x", "/x?y=1", "/x.y", f"/{'long-' * 30}end", "/%E2%82%AC"):
        server.put(path, page(WORDS))
        result = add(file, f"{server.url}{path}")
        assert added(file, result).id
        with file.open("a", encoding="utf-8") as end:
            end.write(result.stdout)
    assert "127-0-0-1-x-2" in loads(file.read_text("utf-8"), "sources.yaml").sources


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
