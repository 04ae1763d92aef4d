"""Headers, methods, errors and filters: what a proxy, a reader of feeds and a stranger see."""

import csv
import io
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import feedparser
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import ConfigError
from crawler.public.database import FILE
from crawler.publish import serve
from crawler.publish.csv import rewritten
from crawler.publish.paths import decode, encode
from crawler.publish.server.middleware import POLICY
from tests.ports import free_port
from tests.publish.publish_rows import GUIDANCE, NOW, WHERE, site

ANY = (
    "/",
    "/entry/aa01",
    "/roundup/documents",
    "/roundup/documents.json",
    "/roundup/documents.csv",
    "/nothing",
    "/assets/roundup.css",
    "/feeds/changes.atom",
    "/health.json",
    "/roundup?sql=select+nonsense",
    "/-/databases",
)


@pytest.mark.parametrize("path", ANY)
async def test_security_headers_on_every_answer(shown: Any, path: str) -> None:
    headers = (await shown.client.get(path)).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    is_data = path.startswith("/feeds/") or path.endswith((".json", ".csv"))
    assert headers.get_list("access-control-allow-origin") == (["*"] if is_data else [])
    assert "set-cookie" not in headers and headers.get("vary", "accept-encoding") == "accept-encoding"


@pytest.mark.parametrize("path", ANY)
async def test_head_is_get_without_a_body(shown: Any, path: str) -> None:
    got, head = await shown.client.get(path), await shown.client.head(path)
    assert head.status_code == got.status_code
    assert head.content == b""
    assert head.headers["content-type"] == got.headers["content-type"]


@pytest.mark.parametrize("path", ["/", "/entry/aa01", "/search", "/feeds/changes.atom"])
async def test_nothing_is_written_through_the_site(shown: Any, path: str) -> None:
    assert (await shown.client.post(path)).status_code == 405


@pytest.mark.parametrize(
    "query",
    ["kind=nope", "jurisdiction=Atlantis", "source=nope", "publisher=nope", "change=nope", "document=nope", "topic=x",
     "kind=guidance&kind=nope", "kind=' or 1=1 --", "kind=%00", "kind=%ff", "foo=1", "foo[]=1",
     "&".join(f"kind={n}" for n in range(60))],
)  # fmt: skip
async def test_an_unknown_filter_is_not_found(shown: Any, query: str) -> None:
    for path in ("/", "/feeds/changes.atom", "/feeds/changes.json"):
        answer = await shown.client.get(f"{path}?{query}")
        assert answer.status_code == 404, (path, query)


async def test_filters_narrow_and_are_kept(shown: Any) -> None:
    answer = await shown.client.get("/?kind=act&kind=report&change=new")
    assert "section 45 amended" not in answer.text and "Annex on identification" in answer.text
    for kept in ('value="new" selected', 'name="kind" value="report"', "changes.atom?change=new&amp;kind=act"):
        assert kept in answer.text, kept
    empty = await shown.client.get("/?kind=&jurisdiction=&source=")
    assert empty.status_code == 200 and "Filters in use" not in empty.text


async def test_what_went_wrong_is_not_told_to_strangers(
    shown: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a secret detail")

    monkeypatch.setattr("crawler.publish.home.review_count", broken)
    answer = await shown.client.get("/")
    assert answer.status_code == 500 and "Something went wrong" in answer.text
    assert "a secret detail" not in answer.text
    assert "a secret detail" in caplog.text
    assert capsys.readouterr().out == "", "Datasette's own handler prints every variable"


async def test_machine_readable_errors_stay_machine_readable(shown: Any) -> None:
    answer = await shown.client.get("/roundup/nothing.json")
    assert answer.status_code == 404 and answer.json()["ok"] is False
    page = await shown.client.get("/roundup?sql=delete+from+documents")
    assert page.status_code == 400 and "must be a SELECT" in page.text


@pytest.mark.parametrize("path", ["/nothing", "/nothing/here", "/nothing/here/at-all", "/nothing.json"])
async def test_an_address_that_is_none_is_called_that(shown: Any, path: str) -> None:
    answer = await shown.client.get(path)
    assert answer.status_code == 404 and "There is no page with this address." in answer.text
    assert "Database" not in answer.text


async def test_pages_about_the_machine_are_closed(shown: Any, database: Path) -> None:
    for name in ("databases", "threads", "plugins", "settings"):
        for path in (f"/-/{name}", f"/-/{name}.json"):
            answer = await shown.client.get(path)
            assert answer.status_code == 404 and str(database.parent) not in answer.text
    assert (await shown.client.get("/roundup.db")).status_code in (403, 404)


@pytest.mark.parametrize("query", ["", "&_dl=1", "&_header=off"])
async def test_tables_as_csv_hold_no_formulas(shown: Any, query: str) -> None:
    sql = quote("select '=1+1' as \"@a\", -2 as b, ' +x' as c, 'a\"b\n=c,d' as d union all"
                " select 'plain', 0.5, null, ''")  # fmt: skip
    answer = await shown.client.get(f"/roundup.csv?sql={sql}{query}")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    names, first, second = [[], *csv.reader(io.StringIO(answer.text, newline=""))][-3:]
    assert names == ([] if "header" in query else ["'@a", "b", "c", "d"])
    assert first == ["'=1+1", "-2", "' +x", 'a"b\n=c,d']
    assert second[:3] == ["plain", "0.5", ""]


@given(st.lists(st.lists(st.text() | st.floats(allow_nan=False) | st.integers(), min_size=1), max_size=4))
def test_csv_that_is_rewritten_says_the_same(rows: list[list[object]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    written = out.getvalue().encode("utf-8", "replace")
    before, after = (
        [cell for row in csv.reader(io.StringIO(text.decode(), newline="")) for cell in row]
        for text in (written, rewritten(written))
    )
    for one, other in zip(before, after, strict=True):
        is_formula = one[:1] in "\t\r\n" or one.lstrip()[:1] in "=+-@\uff1d\uff0b\uff0d\uff20"
        assert other == one or (is_formula and other == f"'{one}")
        assert not other.lstrip().startswith(("=", "+", "@"))


async def test_a_table_as_csv_is_the_table(shown: Any) -> None:
    answer = await shown.client.get("/roundup/documents.csv?_stream=1&_labels=on")
    found = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    rows = (await shown.client.get("/roundup/documents.json?_shape=array&_size=max")).json()
    assert [row["id"] for row in found] == [row["id"] for row in rows]
    assert [row["title"] for row in found] == [row["title"] for row in rows]


async def test_the_icon_is_ours_wherever_it_is_looked_for(shown: Any) -> None:
    old, new = [await shown.client.get(path) for path in ("/favicon.ico", "/assets/icon.svg")]
    assert old.content == new.content and old.headers["content-type"] == "image/svg+xml"


async def test_sql_is_a_switch(database: Path) -> None:
    shut = site(database, replace(WHERE, sql=False), now=NOW)
    assert (await shut.client.get("/roundup?sql=select+1")).status_code == 403
    assert (await shut.client.get("/roundup/documents?_where=1")).status_code in (400, 403)
    page = await shut.client.get("/roundup")
    assert page.status_code == 200 and "<textarea" not in page.text


async def test_a_feed_is_asked_again_cheaply(shown: Any) -> None:
    first = await shown.client.get("/feeds/changes.atom?kind=guidance")
    assert first.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert first.headers["cache-control"] == "public, max-age=300, stale-while-revalidate=3600"
    tag, since = first.headers["etag"], first.headers["last-modified"]
    assert since == "Tue, 24 Nov 2026 10:00:00 GMT"
    for headers in (
        {"If-None-Match": tag},
        {"If-None-Match": f'"x", {tag.removeprefix("W/")}'},
        {"If-Modified-Since": since},
    ):
        again = await shown.client.get("/feeds/changes.atom?kind=guidance", headers=headers)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    for headers in (
        {"If-None-Match": '"x"', "If-Modified-Since": since},
        {"If-Modified-Since": "Mon, 23 Nov 2026 10:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
        {"If-Modified-Since": f"Mon, 23 Nov 2026 10:00:00 +{'9' * 20}"},
    ):
        assert (await shown.client.get("/feeds/changes.atom?kind=guidance", headers=headers)).status_code == 200


async def test_feeds_hold_what_pages_hold(shown: Any) -> None:
    answer = await shown.client.get("/feeds/changes.atom")
    found = feedparser.parse(answer.content)
    assert not found.bozo
    ids = [entry.id for entry in found.entries]
    assert f"tag:{WHERE.authority},2026:entry/aa01" in ids and len(ids) == 13
    assert not [one for one in ids if one.endswith("aa10")], "silent entries are in no feed"
    items = (await shown.client.get("/feeds/changes.json")).json()["items"]
    assert [item["id"] for item in items] == ids
    one = feedparser.parse((await shown.client.get("/feeds/changes.atom", params={"document": GUIDANCE})).content)
    assert [entry.id for entry in one.entries] == [f"tag:{WHERE.authority},2026:entry/aa01"]
    assert one.feed.title == "Counter-trafficking round-up: Sample guidance on identification"
    both = feedparser.parse((await shown.client.get("/feeds/changes.atom?source=law&kind=act")).content)
    assert both.feed.title == "Counter-trafficking round-up: Act; from Sample statute book"
    nothing = feedparser.parse((await shown.client.get("/feeds/changes.atom?kind=form")).content)
    assert (nothing.entries, nothing.feed.updated) == ([], "2026-01-01T00:00:00Z")


@given(st.text(min_size=1))
def test_any_id_has_one_address(document: str) -> None:
    try:
        document.encode()
    except UnicodeEncodeError:
        return
    path = encode(document)
    assert decode(path) == document
    assert all(c.isascii() and (c.isalnum() or c in "/_:.-~") for c in path)
    assert "//" not in path and not path.startswith("/") and not path.endswith("/")
    assert not {".", ".."} & set(path.split("/"))


@pytest.mark.parametrize("path", ["/doc/%ff", "/doc/~FF~", "/entry/%00", "/doc/" + "a" * 5000, "/search?q=%ff%00"])
async def test_bytes_that_are_no_address_are_not_found(shown: Any, path: str) -> None:
    assert (await shown.client.get(path)).status_code in (200, 404)


def test_a_port_that_is_taken_is_named(database: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(ConfigError, match=r"cannot serve on 127"):
        serve(database.with_name(FILE), WHERE, port=taken.getsockname()[1])


@pytest.mark.process
def test_it_is_served_until_interrupted(database: Path) -> None:
    port = free_port()
    code = (
        "from pathlib import Path; from crawler.publish import SiteAddress, serve;"
        f" serve(Path({str(database.with_name(FILE))!r}),"
        f" SiteAddress(public_url='', authority='a.invalid'), port={port})"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as running:
        try:
            for _ in range(200):
                try:
                    answer = httpx.get(f"http://127.0.0.1:{port}/health.json", trust_env=False)
                    break
                except httpx.ConnectError:
                    time.sleep(0.1)
            assert answer.json()["clock"] == "2026-11-24T10:00:00Z"
            assert "server" not in answer.headers
            running.send_signal(signal.SIGINT)
            assert running.wait(20) == 0
        finally:
            running.kill()
