"""``roundup add URL``: the entry of sources.yaml for a page that somebody wants watched, and what it is worth."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.cli.main import roundup
from crawler.sources import loads
from tests.spiders.adding_entries import LIST, RSS, WORDS, add, added, appended, page, registry, rss
from tests.spiders.server import Server
from tests.spiders.world import PROJECT, World

pytestmark = pytest.mark.usefixtures("adding_here")


@pytest.fixture
def other() -> Iterator[Server]:
    with closing(Server()) as found:
        yield found


def documented() -> str:
    """Return the entry that the documentation shows."""
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_ids_are_their_own(server: Server, file: Path) -> None:
    for path in ("/x", "/x?y=1", "/x.y", f"/{'long-' * 30}end", "/%E2%82%AC"):
        server.put(path, page(WORDS))
        result = add(file, f"{server.url}{path}")
        assert added(file, result).id
        with file.open("a", encoding="utf-8") as end:
            end.write(result.stdout)
    assert "127-0-0-1-x-2" in loads(file.read_text("utf-8"), "sources.yaml").sources
