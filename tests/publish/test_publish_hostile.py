"""Whatever is asked, in whatever way: an answer that says what is wrong, never a fault, never much memory."""

from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from crawler.publish.paths import encode
from tests.publish.publish_rows import ACT, GUIDANCE
from tests.tiers import examples

pytestmark = pytest.mark.slow

TABLES = ("/roundup/documents", "/roundup/runs", "/roundup/version_sections", "/roundup/changes")
OWN = ("/", "/search", "/sources", "/about", "/entry/aa01", f"/doc/{encode(GUIDANCE)}", f"/doc/{ACT}")
FEEDS = ("/feeds/changes.atom", "/feeds/changes.json", "/health.json")
FORMS = ("", ".json", ".csv", ".blob", ".nope")
ARGUMENTS = (
    "_sort", "_sort_desc", "_facet", "_facet_size", "_facet_array", "_facet_date", "_size", "_next", "_search",
    "_search_title", "_searchmode", "_where", "_through", "_col", "_nocol", "_shape", "_labels", "_trace", "_json",
    "_json_infinity", "_timelimit", "_ttl", "_extra", "_nocount", "_filter_column", "_filter_op", "_filter_value",
    "_filter_column_1", "_stream", "_dl", "_nl", "_blob_column", "_hide_sql", "sql", "kind", "kind__gt", "kind__in",
    "kind__like", "kind__date", "kind__arraycontains", "kind__nope", "nope__exact", "id__in", "q", "page", "part",
    "at", "from", "to", "change", "document", "jurisdiction", "a\x00b",
)  # fmt: skip
VALUES = (
    "", "nope", "x", "-1", "0", "99999999999999999999", "1e9", "NaN", "²", "\x00", "%ff", "'", '"', "' or 1=1", "a,b",
    "[]", "{}", '["a"', '{"table": "runs"}', "null", "../..", "%", "~FF", "🙂", "1" * 3000, "id", "kind", "kind,id",
    "\r\nX: y", "select", "select 1", "select :a", "select x'ff'", "(", "title__exact", "true",
)  # fmt: skip


async def sound(shown: Any, path: str, method: str = "GET") -> int:
    """Ask, and return the status: never a fault; where it is an error for people, it stands on a page of ours."""
    answer = await shown.client.request(method, path)
    assert answer.status_code < 500, (method, path, answer.text[-300:])
    if answer.status_code >= 400:
        content_type = answer.headers["content-type"]
        assert content_type.startswith(("text/html", "application/json")), (path, content_type)
        if "html" in content_type and method != "HEAD":
            assert "A finding aid, not legal advice" in answer.text, (path, "not in our layout")
    return int(answer.status_code)


@pytest.mark.parametrize(
    "query",
    ["_sort=nope", "_sort_desc=nope", "_size=x", "_timelimit=x", "_through=x", "_through={}", 'path__in=["a"',
     "_where=%00", "path__gt=99999999999999999999", "_where=nope=1", "_col=nope"],
)  # fmt: skip
@pytest.mark.parametrize("table", ["/roundup/changes", "/roundup/version_sections"])
@pytest.mark.parametrize("form", ["", ".json", ".csv"])
async def test_what_a_table_cannot_give_is_a_wrong_question(shown: Any, table: str, form: str, query: str) -> None:
    assert await sound(shown, f"{table}{form}?{query}") == 400


@pytest.mark.parametrize("query", ["_facet=nope", "_facet={}", "_facet=%00", "_facet_array=%00"])
async def test_nor_can_it_count_what_it_does_not_have(shown: Any, query: str) -> None:
    assert await sound(shown, f"/roundup/changes?{query}") == 400


@pytest.mark.parametrize(
    "path", ["/", "/search", "/feeds/changes.atom", "/roundup/documents", "/roundup.json", "/nope"]
)
@pytest.mark.parametrize(
    "query", ["a&" * 200, "q=" + "slavery+" * 5000, "_facet=kind&" * 9, "%5Ffacet=kind&" * 9, "_search=a&" * 999]
)
async def test_an_address_that_asks_for_too_much_is_refused_unread(shown: Any, path: str, query: str) -> None:
    """One of 60 kB took the table pages minutes, and with them the whole site."""
    assert await sound(shown, f"{path}?{query}") == 414


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "NOPE"])
@pytest.mark.parametrize("path", [*OWN, *FEEDS, *TABLES, "/roundup", "/roundup?sql=select+1", "/-/metadata", "/nope"])
async def test_there_is_nothing_to_write_to(shown: Any, path: str, method: str) -> None:
    answer = await shown.client.request(method, path, content=b"\xff\x00{")
    assert answer.status_code == 405, (method, path)
    assert answer.headers["allow"] == "GET, HEAD"
    assert "can be read, and nothing else" in answer.text


@pytest.mark.parametrize(
    "path",
    ["/roundup/runs/c1", "/roundup/documents/nope", "/roundup/nope", "/roundup/nope/1", "/nope", "/-", "/-/nope", "/-/",
     "/-/static/app.css", "/-/auth-token?token=%ff", "/-/logout", "/-/versions.json", "/assets/", "/assets/nope",
     "/assets/..%2f..%2fapp.py", "/roundup.blob", "/entry/%00", "/doc/%00", "/%00", "/a%ffb"],
)  # fmt: skip
async def test_what_is_not_there_is_not_found(shown: Any, path: str) -> None:
    answer = await shown.client.get(path, follow_redirects=True)
    assert answer.status_code in (400, 404), path
    assert answer.headers["content-type"].startswith("application/json") or "A finding aid" in answer.text, path


async def test_a_list_without_its_question_is_one(shown: Any) -> None:
    for path in ("/roundup.csv", "/roundup.csv?sql=", "/roundup.csv?sql=nope"):
        assert await sound(shown, path) == 400


async def test_who_asks_is_not_looked_at(shown: Any) -> None:
    for name in ("cookie", "authorization"):
        answer = await shown.client.get("/", headers={name: b"\xff=\xff; ds_actor=\xff"})
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=60"


@examples(120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.tuples(st.sampled_from(TABLES), st.sampled_from(FORMS)).map("".join),
        st.sampled_from(("/roundup", "/roundup.json", "/roundup.csv", *OWN, *FEEDS)),
        st.text(max_size=20).map(lambda text: f"/{text}"),
        st.text(max_size=20).map(lambda text: f"/roundup/{text}"),
        st.text(max_size=20).map(lambda text: f"/doc/{text}"),
    ),
    st.lists(st.tuples(st.sampled_from(ARGUMENTS), st.sampled_from(VALUES) | st.text(max_size=20)), max_size=3),
)
async def test_no_question_is_a_fault(shown: Any, path: str, pairs: list[tuple[str, str]]) -> None:
    def written(text: str) -> str:
        return quote(text.encode("utf-8", "surrogatepass"), safe="/.")

    query = "&".join(f"{written(name)}={written(value)}" for name, value in pairs)
    await sound(shown, written(path) + (f"?{query}" if query else ""))


async def test_a_fault_of_ours_stays_one(shown: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Any:
        raise ValueError("a fault of ours")

    monkeypatch.setattr("crawler.publish.readers_sql._plain", broken)
    monkeypatch.setattr("crawler.publish.search.answer", broken)
    assert (await shown.client.get("/roundup/documents")).status_code == 500
    assert (await shown.client.get("/search?q=sample")).status_code == 500


@pytest.mark.parametrize("form", ["", ".json", ".csv"])
async def test_what_is_wrong_with_sql_is_told_in_every_form(shown: Any, form: str) -> None:
    for sql in ("select zeroblob(1e9)", "select nope", "select max(text) from sections, sections"):
        answer = await shown.client.get(f"/roundup{form}", params={"sql": sql})
        assert answer.status_code == 400, (sql, form)
        assert any(words in answer.text for words in ("not authorized", "no such column", "ambiguous")), answer.text[
            -500:
        ]


@pytest.mark.parametrize(
    ("raw", "status", "location"),
    [
        (b"http://evil.example/about", 200, None),
        (b"http://evil.example//evil.example/", 302, b"/evil.example"),
        (b"http://evil.example", 200, None),
        (b"/\\evil.example/", 302, b"/~5Cevil~2Eexample/"),
        (b"///evil.example/", 302, b"/evil.example"),
    ],
)
async def test_no_address_leads_to_another_site(shown: Any, raw: bytes, status: int, location: bytes | None) -> None:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "GET", "path": raw.decode(), "raw_path": raw, "query_string": b"", "headers": [],
        "http_version": "1.1", "scheme": "http",
    }  # fmt: skip
    await shown.app()(scope, receive, send)
    assert sent[0]["status"] == status
    assert dict(sent[0]["headers"]).get(b"Location") == location
