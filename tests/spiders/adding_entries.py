"""A registry that pages are added to, and what is printed for them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from click.testing import CliRunner, Result

from crawler import protocols
from crawler.cli.main import roundup
from crawler.sources import Registry, Source, loads
from tests.spiders.server import Server

OPTIONS = protocols.OPTIONS
RSS = "application/rss+xml"


class Here:
    """A parse worker that is none: each costs a second."""

    read = staticmethod(protocols.read)

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to end."""


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


def add(file: Path, url: str, *arguments: object) -> Result:
    return CliRunner().invoke(roundup, ["add", "--sources", str(file), *map(str, arguments), url])


def appended(file: Path, printed: str) -> Registry:
    """Return the registry with what was printed among its sources, the line of a new publisher put where it belongs."""
    text = file.read_text("utf-8")
    for line in re.findall(r"^ *# +([a-z0-9_-]+: \{name: .*\})$", printed, re.MULTILINE):
        text = text.replace("publishers:\n", f"publishers:\n  {line}\n", 1)
    found = loads(text.replace("\nsources:\n", f"\nsources:\n{printed}", 1), "sources.yaml", OPTIONS)
    assert [each for source in found.sources.values() for each in protocols.problems(source)] == []
    return found


def added(file: Path, result: Result) -> Source:
    """Return the source that was printed."""
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
