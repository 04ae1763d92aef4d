"""What was redacted, with the real engine: not asked for, kept or recorded; decided before the first crawl too."""

import gzip
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.cli.main import roundup
from crawler.sources import Decisions, Redaction, loads_decisions
from tests.run.redacted_world import TITLE, WORDS, page, traces
from tests.spiders.server import Server
from tests.spiders.world import World

pytestmark = pytest.mark.process

SLUG = "/news/sample-person-zzyzx-charged-with-sample-trafficking"


def publish(server: Server, listed: str = TITLE) -> None:
    """Put it into a feed, a robots.txt and a page, all of them packed for the way."""
    link = f"<item><title>{{}}</title><link>{server.url}{{}}</link><description>{{}}</description></item>"
    items = link.format("About other things", "/other", "Words.") + link.format(listed, SLUG, "Of Zzyzx this is said.")
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Sample</title>{items}</channel></rss>'
    aside = f'<aside><ul><li><a href="{SLUG}">{TITLE}</a></li></ul></aside>'
    for path, body, media in (
        ("/feed", feed, "application/rss+xml"),
        ("/other", page("About other things", "Words of a sample. " * 30, aside), "text/html"),
        (SLUG, page(TITLE, WORDS), "text/html"),
        ("/robots.txt", f"User-agent: *\nDisallow: {SLUG}/print\nAllow: /\n", "text/plain"),
    ):
        server.put(path, gzip.compress(body.encode(), mtime=0), media, headers={"Content-Encoding": "gzip"})


def decided(server: Server) -> dict[str, object]:
    text = f"redact:\n  - {{url: '{server.url}{SLUG}', reason: asked for by a person, date: 2026-03-05}}\n"
    return {"decisions": loads_decisions(text, "decisions.yaml"), "decisions_text": text}


def asked(server: Server) -> list[str]:
    return [each.path for each in server.asked if each.path.startswith("/news/")]


def test_redacted_with_the_engine_it_is_gone_and_stays_so(server: Server, world: World) -> None:
    publish(server)
    world.crawl()
    assert len(traces(world.data)) > 5 and asked(server) == [SLUG]
    server.clear()
    for listed in (TITLE, f"Update: {TITLE}", "Zzyzx in court"):
        publish(server, listed)
        world.crawl(**decided(server))
        assert traces(world.data) == [] and asked(server) == []
        world.assert_rebuilds()
    assert world.documents() == {"/other"}
    assert not [each for each in world.issues() if each[1] != "age"]


def test_what_is_decided_before_the_first_crawl_is_never_kept(server: Server, world: World) -> None:
    publish(server)
    world.crawl(**decided(server))
    assert traces(world.data) == [] and asked(server) == [] and world.documents() == {"/other"}
    world.assert_rebuilds()


def test_a_page_that_leads_to_it_is_not_kept_either(server: Server, world: World) -> None:
    """A redirect says where it leads; where that is redacted, neither says so, and nothing is asked twice."""
    publish(server)
    world.crawl(**decided(server))
    server.put("/o/17", "moved", status=302, headers={"Location": SLUG})
    link = f"<item><title>A page</title><link>{server.url}/o/17</link></item>"
    server.put("/feed", f'<?xml version="1.0"?><rss version="2.0"><channel><title>S</title>{link}</channel></rss>',
               "application/rss+xml")  # fmt: skip
    world.crawl(**decided(server))
    assert traces(world.data) == [] and len(asked(server)) <= 1
    world.assert_rebuilds()


@pytest.mark.parametrize("where", ["the data", "decisions.yaml"])
def test_nor_is_it_recorded(server: Server, world: World, where: str, tmp_path: Path) -> None:
    publish(server)
    (tmp_path / "sources.yaml").write_text(world.text, encoding="utf-8")
    if where == "the data":
        world.crawl()
        world.crawl(**decided(server))
    else:
        (tmp_path / "decisions.yaml").write_text(str(decided(server)["decisions_text"]), encoding="utf-8")
    out = tmp_path / "out" / "record.warc.gz"
    out.parent.mkdir()
    for command in (["record", "--source", "news", str(out)], ["doctor", "--record", str(out)]):
        options = ["--data", str(world.data), "--sources", str(tmp_path / "sources.yaml")]
        done = CliRunner().invoke(roundup, [command[0], *options, *command[1:]])
        assert out.stat().st_size > 500, done.output
        assert traces(out.parent) == [], command
        out.unlink()


def test_decisions_without_an_archive_are_nothing(server: Server, world: World) -> None:
    publish(server)
    world.crawl(decisions=Decisions(redact=(Redaction(reason="x", date="2026-03-05", digest="0" * 64),)))
    assert world.documents() == {"/other", SLUG}
