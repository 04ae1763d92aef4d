"""The site as files: whole, unchanged where nothing changed, refused where much is gone, and taken back."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from sqlite3 import connect
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin
from urllib.request import urlopen

import pytest

from crawler.errors import ConfigError
from crawler.protocols import OPTIONS
from crawler.public import sheets
from crawler.public.database import FILE
from crawler.publish.copy.walk import pages
from crawler.run import releases
from crawler.run.releases import Publication, Published, publish, roll_back
from crawler.run.session import silent
from crawler.sources import Settings, load
from tests.sample import replayed

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def settings() -> Settings:
    return load(replayed.SOURCES, OPTIONS).settings


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    shutil.copyfile(replayed.once(tmp_path_factory) / "data" / FILE, folder / FILE)
    return folder


def made(data: Path, target: Path, settings: Settings, *, live: str = "", force: bool = False) -> Published:
    def write(public: Path, put: releases.Put) -> int:
        return pages(public, settings, live, put, silent)

    return publish(
        Publication(data=data, target=target, settings=settings, pages=write, code=live, keep=2, force=force), silent
    )


@pytest.fixture(scope="module")
def target(data: Path, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("public")
    made(data, folder, settings)
    return folder


class Links(HTMLParser):
    """What a page leads to, the ids in it, and its forms."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links, self.ids, self.forms = list[str](), set[str](), 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.links += [value for name in ("href", "src") if (value := found.get(name))]
        self.ids.add(found.get("id") or "")
        self.forms += tag == "form"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder below a path, as many pages of organisations stand."""

    class Quiet(SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            assert path.startswith("/round-up/"), path
            return super().translate_path(path.removeprefix("/round-up"))

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/round-up/"
        server.shutdown()
        thread.join()


def test_a_server_of_files_shows_it_without_a_broken_link(target: Path) -> None:
    pages: dict[str, Links] = {}
    wanted: list[tuple[str, str]] = []
    with served(target / "current") as home:
        queue, seen = [home], {home}
        while queue:
            at = queue.pop()
            try:
                with urlopen(at) as answer:
                    assert answer.url == at, "no address is one that a server leads on from"
                    kind, body = answer.headers["Content-Type"], answer.read()
            except HTTPError as error:
                pytest.fail(f"{at}: {error}")
            if kind != "text/html":
                continue
            assert b"http://localhost" not in body, "no address of the machine that made the copy"
            pages[at] = found = Links(body.decode())
            assert not found.forms, at
            for link in found.links:
                to, fragment = urldefrag(urljoin(at, link))
                if to.startswith(home):
                    wanted.append((to, fragment))
                    if to not in seen:
                        seen.add(to)
                        queue.append(to)
                else:
                    assert link.startswith(("https://", "http://", "mailto:", "tel:")), (at, link)
    assert len(pages) > 100
    ours = [(to, fragment) for to, fragment in wanted if fragment.startswith("at-") and to in pages]
    lost = {(to, fragment) for to, fragment in ours if fragment not in pages[to].ids}
    assert not lost, sorted(lost)[:5]
    files = {path.relative_to(target / "current").as_posix() for path in (target / "current").rglob("*")}
    assert {"public.db", "data/licences.csv", "data/metadata.json", "feeds/changes.rss", "feeds/dates.ics"} <= files
    assert {f"data/{name}.{form}" for name in sheets.TABLES for form in ("csv", "jsonl")} <= files
    for part in ("entry", "doc", "library", "sources", "calendar", "toolkit", "subscribe", "page=2"):
        assert any(file.startswith(f"{part}/") for file in files), part


def times(folder: Path) -> dict[str, tuple[int, int]]:
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.stat().st_ino) for path in paths}


def test_twice_rewrites_nothing(target: Path, data: Path, settings: Settings) -> None:
    before, shown = times(target / "current"), (target / "current").readlink()
    assert not made(data, target, settings).is_new
    assert (target / "current").readlink() == shown and times(target / "current") == before


def test_what_did_not_change_stays_the_same_file(target: Path, data: Path, settings: Settings, tmp_path: Path) -> None:
    copied = Path(shutil.copytree(target, tmp_path / "public", symlinks=True))
    later = Path(shutil.copytree(data, tmp_path / "data"))
    with closing(connect(later / FILE)) as connection:
        entry = connection.execute("select id from entries where announced is not null order by n").fetchone()[0]
        connection.execute("update entries set summary = 'Other words of a sample.' where id = ?", [entry])
        connection.commit()
    before = times(copied / "current")
    first = (copied / "current").readlink()
    assert made(later, copied, settings).is_new
    after = times(copied / "current")
    rewritten = {name for name in after if after[name] != before.get(name)}
    assert f"entry/{entry}/index.html" in rewritten and "data/entries.jsonl" in rewritten
    assert len(rewritten) < len(after) / 4, sorted(rewritten)
    assert roll_back(copied).path.name == first.name and times(copied / "current") == before
    with pytest.raises(ConfigError, match="was rolled back; --force"):
        made(later, copied, settings)
    assert made(later, copied, settings, force=True).is_new
    assert len([path for path in copied.iterdir() if path.is_dir() and not path.is_symlink()]) == 2, "two are kept"


def test_a_database_that_shrank_is_refused(target: Path, data: Path, settings: Settings, tmp_path: Path) -> None:
    small = Path(shutil.copytree(data, tmp_path / "data"))
    with closing(connect(small / FILE)) as connection:
        connection.execute("update about set value = cast(value * 8 / 10 as text) where key = 'documents'")
        connection.commit()
    shown = (target / "current").readlink()
    with pytest.raises(ConfigError, match=r"documents fell from \d+ to \d+, under 90% .* --force"):
        made(small, target, settings)
    assert (target / "current").readlink() == shown and not (target / ".part").exists()


def test_a_release_that_holds_what_was_redacted_since_is_removed(
    target: Path, data: Path, settings: Settings, tmp_path: Path
) -> None:
    copied = Path(shutil.copytree(target, tmp_path / "public", symlinks=True))
    later = Path(shutil.copytree(data, tmp_path / "data"))
    with closing(connect(later / FILE)) as connection:
        connection.execute("insert into removed values ('00', 'news', '2026-03-16')")
        connection.commit()
    first = (copied / "current").resolve()
    assert made(later, copied, settings).removed == (first,)
    with pytest.raises(ConfigError, match="no release before"):
        roll_back(copied)


def test_what_files_cannot_do_leads_to_the_served_site(data: Path, settings: Settings, tmp_path: Path) -> None:
    made(data, tmp_path, settings, live="https://live.example/site/")
    home = (tmp_path / "current" / "index.html").read_text()
    assert 'href="https://live.example/site/search"' in home and "<form" not in home
    assert "hour ago" not in home and "hours ago" not in home, "a file does not know when it is read"
