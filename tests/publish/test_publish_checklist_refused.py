"""What the partnership checklist refuses, and that it keeps nothing."""

import logging
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from crawler.public.database import FILE
from crawler.publish.checklist import answers as answering
from tests.publish.publish_checklist import ASKED, FORM, LATER, post
from tests.publish.publish_rows import WHERE, site
from tests.publish.publish_served import served


async def test_nothing_is_kept(with_law: Path, caplog: pytest.LogCaptureFixture, capsys: Any) -> None:
    caplog.set_level(logging.DEBUG)
    before = "\n".join(Database(with_law).conn.iterdump())
    there = site(with_law, WHERE, now=LATER)
    for form in answering.FORMS:
        await post(there, form=form, partnership="Foxglovename", **{"n__orders": "Foxglovenote"})
    await post(there, a__orders="Foxglovewrong")
    await post(there, **{"n__orders": "Foxglovelong" * 100})
    assert "\n".join(Database(with_law).conn.iterdump()) == before
    written = caplog.text + "".join(capsys.readouterr())
    assert "Foxglove" not in written
    assert "Foxglove" not in (await there.client.get("/checklist")).text
    for path in with_law.parent.iterdir():
        assert b"Foxglove" not in path.read_bytes()


def _many(name: str) -> bytes:
    return urlencode([(f"{name}{number}", "x") for number in range(2000)]).encode()


REFUSED = [
    (b"a-nothing=yes", "There is no question “nothing” in this checklist."),
    (b"n-%3Cb%3E=x", "There is no question “<b>” in this checklist."),
    (b"a-=yes", "There is no question “” in this checklist."),
    (b"colour=red", "The form has no field “colour”."),
    (b"x-orders=yes", "The form has no field “x-orders”."),
    (b"=x", "The form has no field “”."),
    (b"a-orders=yes&a-orders=no", "The field “a-orders” stands twice."),
    (b"form=html&form=html", "The field “form” stands twice."),
    (b"a-orders=maybe", "The field “a-orders” cannot be “maybe”"),
    (b"form=exe", "The field “form” cannot be “exe”"),
    (b"nation=Atlantis", "cannot be “Atlantis”"),
    (b"reviewed=soon", "is no date"),
    (b"reviewed=2026-02-30", "is no date"),
    ("reviewed=\u0662\u0660".encode(), "no form that a browser sends"),
    (b"reviewed=%D9%A2%D9%A0%D9%A2%D9%A6-01-01", "is no date"),
    (b"reviewed=2027-03-01", "lies in the future"),
    (b"d-orders=9999-12-31", "lies in the future"),
    (b"n-orders=" + b"x" * 501, "is longer than 500 characters"),
    (b"partnership=" + b"x" * 121, "is longer than 120 characters"),
    (b"n-orders=%FF%FE", "no form that a browser sends"),
    (b"n-orders=%ED%A0%80", "no form that a browser sends"),
    (b"\xff\x00{", "no form that a browser sends"),
    (_many("a"), "no form that a browser sends"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "told"), REFUSED)
async def test_what_is_no_form_is_refused_by_name(there: Any, body: bytes, told: str) -> None:
    answer = await there.client.post("/checklist", content=body, headers=FORM)
    assert answer.status_code == 400
    assert answer.headers["cache-control"] == "no-store" and "content-disposition" not in answer.headers
    found = BeautifulSoup(answer.text, "lxml")
    assert told in found.main.text and "Nothing was stored" in found.main.text


@pytest.mark.parametrize("kind", ["", "text/plain", "application/json", "multipart/form-data; boundary=x", b"\xff"])
async def test_another_type_is_refused(there: Any, kind: Any) -> None:
    answer = await there.client.post("/checklist", content=b"a-orders=yes", headers={"content-type": kind})
    assert answer.status_code == 400
    said = {"content-type": "Application/X-WWW-Form-urlencoded; charset=utf-8"}
    mixed = await there.client.post("/checklist", content=b"a-orders=yes", headers=said)
    assert mixed.status_code == 200


async def test_a_form_that_is_too_large_is_not_read(there: Any) -> None:
    large = b"n-orders=" + b"x" * 1_000_000
    answer = await there.client.post("/checklist", content=large, headers=FORM)
    assert answer.status_code == 413 and "too large" in answer.text
    assert answer.headers["cache-control"] == "no-store"

    counted = await asgi(there, [b"x" * 1000] * 2000, {})
    assert counted == (413, 401), "it stops where no form is that long"
    stated = await asgi(there, [b"a-orders=yes"], {"content-length": "400001"})
    assert stated == (413, 0), "what is stated too long is not read at all"
    for odd in ("-1", "1e9", "x", "9" * 30):
        assert (await asgi(there, [b"a-orders=yes"], {"content-length": odd}))[0] == 400
    assert (await asgi(there, [b"a-orders=yes", b""], {}))[0] == 200
    assert (await asgi(there, [b"a-orders=yes", None], {}))[0] == 400, "it broke off"


async def asgi(
    there: Any, parts: Sequence[bytes | None], headers: dict[str, str], *, path: str = "/checklist"
) -> tuple[int, int]:
    """Return the status for a form that comes in parts, and how many parts were read; None is where it breaks off."""
    taken, status = 0, 0

    async def receive() -> dict[str, Any]:
        nonlocal taken
        part, taken = parts[taken], taken + 1
        if part is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": part, "more_body": taken < len(parts)}

    async def send(message: dict[str, Any]) -> None:
        nonlocal status
        status = message.get("status", status)

    scope = {
        "type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"",
        "scheme": "http", "http_version": "1.1",
        "headers": [(key.encode(), value.encode()) for key, value in {**FORM, **headers}.items()],
    }  # fmt: skip
    await there.app()(scope, receive, send)
    return status, taken


@pytest.mark.parametrize("path", ["/checklist/", "/checklist.json", "/%63hecklist", "/", "/checklist/x", "//checklist"])
async def test_nothing_else_takes_a_form(there: Any, path: str) -> None:
    answer = await there.client.post(path, data={"a-orders": "yes"})
    assert answer.status_code == 405


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_other_methods_are_refused(there: Any, method: str) -> None:
    answer = await there.client.request(method, "/checklist", content=b"a-orders=yes")
    assert answer.status_code == 405 and answer.headers["allow"] == "GET, HEAD, POST"
    assert (await there.client.head("/checklist")).content == b""


NAMES = st.sampled_from(["a-orders", "n-orders", "d-orders", "form", "nation", "partnership", "reviewed", "version"])


@given(st.lists(st.tuples(NAMES, st.text(max_size=40)), max_size=6) | st.binary(max_size=200))
def test_any_body_is_read_or_refused(sent: Any) -> None:
    body = sent if isinstance(sent, bytes) else urlencode(sent, errors="replace").encode()
    try:
        found = answering.read(body, ASKED, date(2026, 12, 20))
    except answering.AnswersError as error:
        assert str(error) and "\n" not in str(error)
        return
    assert found.form in answering.FORMS and "\n" not in found.partnership
    assert all(len(answer.note) <= answering.NOTE for answer in found.given.values())


@pytest.mark.process
def test_a_real_server_neither_keeps_nor_logs_it(with_law: Path, tmp_path: Path) -> None:
    with served(with_law.with_name(FILE), tmp_path) as address:
        answer = httpx.post(f"{address}/checklist", data={"n-orders": "Foxglovenote"}, trust_env=False)
        assert answer.status_code == 200 and "Foxglovenote" in answer.text
        large = b"n-orders=" + b"x" * 1_000_000
        assert httpx.post(f"{address}/checklist", content=large, headers=FORM, trust_env=False).status_code == 413
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept and all(b"Foxglove" not in path.read_bytes() for path in kept)
