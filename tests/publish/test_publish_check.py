"""/check: what a text cites, how that stood, what changed since; files in, CSV and text out; nothing is kept."""

import asyncio
import csv
import io
import logging
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import httpx
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from datasette.utils.asgi import Request
from sqlite_utils import Database

from crawler.cli.main import roundup
from crawler.model import Capture
from crawler.public.database import FILE
from crawler.public.sent import process, reading
from crawler.public.sent.process import MAX_BYTES, MAX_MENTIONS, Sent
from crawler.publish.check import pages
from crawler.publish.server import responses
from tests.bodies import office_making as office
from tests.bodies import pdf_making
from tests.publish.publish_checklist import LATER
from tests.publish.publish_rows import RTL, WHERE, site
from tests.publish.publish_served import served
from tests.publish.test_publish_checklist_refused import asgi

pytestmark = pytest.mark.slow

TEXT = (
    "Foxglove protocol. We notify under section 52(1) of the Modern Slavery Act 2015 and section 43 of that Act, and"
    " section 999 of that Act. See https://www.gov.uk/government/publications/modern-slavery-how-to-identify-and-support"
    "-victims, the Procurement Act 2023, Article 8 of Directive 2011/36/EU and section 5 of the Fictional Act 2031."
)
ENTITIES = '<!DOCTYPE d [<!ENTITY a "' + "a" * 1000 + '">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 50}">' for before, name in zip("abcdef", "bcdefg", strict=True)
) + "]>"  # fmt: skip


class InProcess:
    """Stands for the child process, so that quick tests start none."""

    def __init__(self, **_: Any) -> None: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def ask(self, capture: Capture, known: process.HeldLaw) -> Sent:
        return reading.read(capture, known)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "Worker", InProcess)


async def send(there: Any, text: str = "", *, file: tuple[str, bytes] | None = None, **fields: str) -> Any:
    files = {name: (None, value.encode()) for name, value in {"text": text, **fields}.items()}
    return await there.client.post("/check", files={**files, **({"file": file} if file else {})})


async def test_each_citation_with_its_state_and_what_changed_since(there: Any, quick: None) -> None:
    answered = await send(there, TEXT, day="2026-11-30")
    assert answered.status_code == 200 and answered.headers["cache-control"] == "no-store"
    main = BeautifulSoup(answered.text, "lxml").main
    groups = {section.h2.text.partition(" (")[0]: section for section in main.find_all("section")}
    names = {
        name: [item.h3.text for item in section.find_all("li", class_="source")] for name, section in groups.items()
    }
    assert names == {
        "To look at": [
            "Modern Slavery Act 2015, section 52(1)", "Modern Slavery Act 2015, section 43",
            "Modern Slavery Act 2015, section 999", "How to identify (sample)", "Procurement Act 2023",
        ],
        "Not held here": ["Directive 2011/36 (CELEX 32011L0036), article 8"],
        "Not resolved": ["section 5 of the Fictional Act 2031"],
    }  # fmt: skip
    told = [" ".join(item.text.split()) for item in groups["To look at"].find_all("li", class_="source")]
    assert "1 December 2026: Changed" in told[0] and main.find("a", href="/entry/law52")
    assert "Its words differ" in told[1] and "No such provision in the text of 30 January 2022" in told[2]
    assert "8 December 2026: Withdrawn" in told[4]
    plain = main.text.lower()
    assert "the day your text was last revised" in plain
    assert not any(word in plain for word in ("out of date", "compliant", "compliance"))


async def test_a_law_cited_as_a_whole_is_told_to_have_changed_somewhere(there: Any, quick: None) -> None:
    main = BeautifulSoup(
        (await send(there, "We know the Modern Slavery Act 2015.", day="2026-11-30")).text, "lxml"
    ).main
    assert [section.h2.text for section in main.find_all("section")] == ["Cited as a whole (1)"]
    assert "Since your day it changed in" in main.text


async def test_the_same_as_a_sheet_and_as_text(there: Any, quick: None) -> None:
    sheet = await send(there, f"=cmd() {TEXT}", day="2026-11-30", form="csv")
    rows = list(csv.DictReader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    assert len(rows) == 7 and rows[0]["provision"] == "section 52(1)" and rows[0]["day"] == "2026-11-30"
    assert rows[0]["changed since"].startswith("1 December 2026: Changed")
    text = (await send(there, TEXT, day="2026-11-30", form="text")).text
    assert "the day your text was last revised" in " ".join(text.split())
    assert max(map(len, text.splitlines())) < 130 and "https://roundup.example.org/doc/ukpga/2015/30" in text
    for answered in (sheet, await send(there, TEXT, form="text")):
        assert (
            answered.headers["cache-control"] == "no-store" and "attachment" in answered.headers["content-disposition"]
        )


@pytest.mark.parametrize(
    "file",
    [
        ("a.docx", office.docx(office.para(TEXT))),
        ("a.odt", office.odt(f"<text:p>{TEXT}</text:p>")),
        ("a.pdf", pdf_making.pdf(pdf_making.flowed([(TEXT, 11.0, False)]))),
        ("a.txt", TEXT.encode()),
    ],
)
async def test_files_are_read_like_text(there: Any, quick: None, file: tuple[str, bytes]) -> None:
    answered = await send(there, file=file, day="2026-11-30")
    main = BeautifulSoup(answered.text, "lxml").main
    assert "Modern Slavery Act 2015, section 52(1)" in main.text and "Procurement Act 2023" in main.text


REFUSED: tuple[tuple[dict[str, Any], int, str], ...] = (
    ({}, 400, "neither a text nor a file"),
    ({"text": "x", "file": ("a.txt", b"x")}, 400, "both a text and a file"),
    ({"text": "s. 1 " * (MAX_BYTES // 5 + 1)}, 413, "at most 2 MB"),
    ({"file": ("a.txt", b"x" * (MAX_BYTES + 1))}, 413, "at most 2 MB"),
    ({"text": "x", "day": "soon"}, 400, "is no date"),
    ({"text": "x", "day": "2030-01-01"}, 400, "neither in the future nor before 1267"),
    ({"text": "x", "day": "1066-10-14"}, 400, "neither in the future nor before 1267"),
    ({"text": "x", "form": "exe"}, 400, "no form 'exe'"),
    ({"text": "x", "colour": "red"}, 400, "not the form of this page"),
    ({"file": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)}, 400, "with a password"),
    ({"file": ("a.html", b"<p>s. 1</p>")}, 400, "not read here"),
    ({"file": ("a.docx", b"PK\x03\x04" + b"x" * 99)}, 400, "damaged or cut"),
    ({"file": ("a.txt", b"\0" * 999)}, 400, "no text"),
    ({"file": ("a.txt", b"x" * (MAX_BYTES + 30_000))}, 413, "at most"),
)


@pytest.mark.parametrize(("sent", "status", "told"), REFUSED)
async def test_what_cannot_be_read_is_refused_by_name(
    there: Any, quick: None, sent: dict[str, Any], status: int, told: str
) -> None:
    answered = await send(there, **sent)
    main = BeautifulSoup(answered.text, "lxml").main
    assert (answered.status_code, answered.headers["cache-control"]) == (status, "no-store")
    assert told in main.text and "Nothing was stored" in main.text


async def test_only_the_form_of_the_page_is_taken_and_no_more_than_it_can_hold(there: Any, quick: None) -> None:
    for kind in ("", "text/plain", "application/json", "application/x-www-form-urlencoded"):
        assert (await there.client.post("/check", content=b"x", headers={"content-type": kind})).status_code == 400
    broken = await there.client.post(
        "/check", content=b"x", headers={"content-type": "multipart/form-data; boundary=y"}
    )
    assert broken.status_code == 400
    multipart = {"content-type": "multipart/form-data; boundary=x"}
    assert await asgi(there, [b"x" * 100_000] * 40, multipart, path="/check") == (413, 21)
    assert await asgi(there, [b"x"], {**multipart, "content-length": "3000000"}, path="/check") == (413, 0)
    form = (await there.client.get("/check")).text
    assert re.search(r'name="day" max="[0-9-]+" required>', form), "a day nobody chose would say that nothing changed"
    assert (await there.client.put("/check", content=b"x")).status_code == 405


def part(head: str, body: str = "s. 1 of the Modern Slavery Act 2015") -> str:
    return f"--x\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n"


FORMS: Mapping[str, tuple[str, int]] = {
    "sound": (part("name=text") + "--x--", 200),
    "a preamble, the name last": ("hello\r\n" + part('filename="a.txt"; name="text"') + "--x--\r\n", 200),
    "parts in parts": (part("name=text\r\nContent-Type: multipart/mixed; boundary=y", "--y\r\n" * 9000) + "--x--", 200),
    "messages in messages": ("".join(part("name=text\r\nContent-Type: message/rfc822", "\r\n") * 9) + "--x--", 400),
    "a name of another coding": (part("name=file; filename*=utf-16''%ff%fe%00") + "--x--", 400),
    "a head without end": (part('"a;' * 300_000 + "name=text") + "--x--", 400),
    "a thousand parts": (part("name=day") * 1000 + "--x--", 400),
    "no end": (part("name=text"), 400),
    "no name": (part("filename=a") + "--x--", 400),
    "no part": ("--x--", 400),
    "no head": ("--x\r\n" * 3 + "--x--", 400),
}


@pytest.mark.parametrize("name", FORMS)
async def test_a_form_in_any_state_is_read_or_refused(there: Any, quick: None, name: str) -> None:
    content, status = FORMS[name]
    headers = {"content-type": 'multipart/form-data; boundary="x"'}
    answered = await there.client.post("/check", content=content.encode(), headers=headers)
    assert answered.status_code == status and "fault is ours" not in answered.text


async def test_a_form_that_does_not_arrive_is_not_waited_for(there: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never() -> dict[str, Any]:
        await asyncio.sleep(60)
        raise AssertionError("it waited")

    monkeypatch.setattr(responses, "MAX_UPLOAD_SECONDS", 0.01)
    scope = {"type": "http", "method": "POST", "path": "/check", "headers": [(b"content-type", b"a/b")]}
    with pytest.raises(responses.PostedError, match="to arrive"):
        await responses.body(Request(scope, never), "a/b", 9)


def _zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        file.writestr("word/document.xml", b" " * 400_000_000)
    return out.getvalue()


HOSTILE: Mapping[str, tuple[str, bytes, str]] = {
    "entities": ("a.docx", office.packed({"word/document.xml": f"{ENTITIES}<d>&g;</d>"}), "could not be read"),
    "markup": ("a.txt", b"<script>alert(1)</script> <a href=javascript:x>s. 52 of the Modern Slavery Act 2015</a>", ""),
    "right to left": ("a.txt", f"{RTL} \u202es. 52 of the Modern Slavery Act 2015\u202c {RTL}".encode(), ""),
    "some zeros": ("a.txt", b"x" * 999 + b"\0 s. 52 of the Modern Slavery Act 2015", ""),
    "a deep page": ("a.pdf", b"%PDF-1.7\n" + b"<<" * 200_000 + b"\nstartxref\n0\n%%EOF", ""),
    "many sections": ("a.txt", b" ".join(b"s. %d" % (number % 9999) for number in range(40_000)), ""),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_documents_are_harmless(there: Any, quick: None, name: str) -> None:
    file, body, told = HOSTILE[name]
    answered = await send(there, file=(file, body), day="2026-11-30")
    assert answered.status_code in (200, 400) and told in answered.text
    page = BeautifulSoup(answered.text, "lxml")
    assert not page.find_all("script") and not page.select("a[href^=javascript]") and "\u202e" not in answered.text
    assert len(page.find_all("li", class_="source")) <= MAX_MENTIONS


@pytest.mark.process
@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        ("a.docx", _zip_bomb(), "expands more than 400 times"),
        ("a.txt", b"s. 1 " * (MAX_BYTES // 5), ""),
        ("a.pdf", pdf_making.pdf(pdf_making.flowed([("s. 1 " * 40_000, 11.0, False)])), ""),
    ],
    ids=["zip bomb", "2 MB of sections", "many pages"],
)
async def test_large_documents_end_within_the_limits_of_the_child(
    there: Any, name: str, body: bytes, told: str
) -> None:
    answered = await send(there, file=(name, body))
    assert answered.status_code in (200, 400, 413) and told in answered.text


async def test_too_many_at_once_are_asked_to_wait(there: Any, quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process._PLACES, "acquire", lambda blocking: False)
    assert (await send(there, TEXT)).status_code == 503


async def test_no_word_is_kept(with_law: Path, quick: None, caplog: pytest.LogCaptureFixture, capsys: Any) -> None:
    caplog.set_level(logging.DEBUG)
    before = "\n".join(Database(with_law).conn.iterdump())
    there = site(with_law, WHERE, now=LATER)
    for form in ("html", "csv", "text"):
        assert "Modern Slavery Act 2015" in (await send(there, TEXT, form=form)).text
    await send(there, file=("Foxglove.docx", b"PK\x03\x04Foxglove"))
    await send(there, TEXT, day="Foxglove")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "answer", lambda *_: {}["Foxglove"])
        assert (await send(there, TEXT)).status_code == 500
    assert "\n".join(Database(with_law).conn.iterdump()) == before
    assert "Foxglove" not in caplog.text + "".join(capsys.readouterr())
    assert "Foxglove" not in (await there.client.get("/check")).text


@pytest.mark.process
def test_a_real_server_leaves_no_byte_of_it(with_law: Path, tmp_path: Path) -> None:
    with served(with_law.with_name(FILE), tmp_path) as address:
        for files in (
            {"text": (None, TEXT.encode())},
            {"file": ("Foxglove.docx", office.docx(office.para(TEXT)))},
            {"file": ("Foxglove.pdf", b"%PDF-1.7 Foxglove")},
            {"file": ("Foxglove.docx", b"PK\x03\x04Foxglove")},
        ):
            answered = httpx.post(f"{address}/check", files=files, trust_env=False, timeout=60)
            assert "text" not in files or (answered.status_code == 200 and "Foxglove" in answered.text)
    kept = [path for folder in (tmp_path, with_law.parent) for path in folder.rglob("*") if path.is_file()]
    assert kept and all(b"Foxglove" not in path.read_bytes() and "Foxglove" not in path.name for path in kept)


@pytest.mark.process
def test_the_command_gives_the_same_answer(with_law: Path, tmp_path: Path) -> None:
    file = tmp_path / "protocol.txt"
    file.write_text(TEXT, "utf-8")
    data = ["--data", str(with_law.parent), "--on", "2026-11-30"]
    run = CliRunner()
    text = run.invoke(roundup, ["check-text", str(file), *data])
    assert text.exit_code == 0, text.output
    assert "TO LOOK AT (" in text.output and "NOT RESOLVED (1)" in text.output
    sheet = run.invoke(roundup, ["check-text", str(file), *data, "--csv"])
    assert len(list(csv.DictReader(io.StringIO(sheet.output)))) == 7
    assert '"state": "no such provision"' in run.invoke(roundup, ["check-text", str(file), *data, "--json"]).output
    assert run.invoke(roundup, ["check-text", str(file), "--on", "soon"]).exit_code == 2
