"""Both Parliaments: whatever a server answers, parse gives a page that can be stored, or a ParseError."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from crawler import protocols
from crawler.errors import ParseError
from crawler.model import Capture, Link, Page, Role
from crawler.protocols import europarl, parliament
from crawler.sources import Source
from crawler.text import clean
from tests.protocols.parliament_samples import CASES, FIXTURES, HOSTS, capture, fixture, source, source_of
from tests.tiers import examples

pytestmark = pytest.mark.slow

EUROPE = sorted(path.name for path in (FIXTURES / "europarl").iterdir())
ALL = [("parliament", case) for case in CASES] + [("europarl", case) for case in EUROPE]
JSON = [
    (name, case) for name, case in ALL if next((FIXTURES / name / case).glob("body.*")).suffix in (".json", ".jsonld")
]
ADDRESSES = (
    *((f"{url}{rest}", "parliament") for url in HOSTS.values() for rest in ("", "?Skip=3&Take=2", "/1", "/1/Stages")),
    (f"{HOSTS['bills']}/1/Publications", "parliament"),
    ("https://bills-api.parliament.uk/api/v1/Publications/1/Documents/2/Download", "parliament"),
    (f"{HOSTS['treaties']}/a/BusinessItems", "parliament"),
    ("https://www.theyworkforyou.com/pwdata/scrapedxml/debates/a.xml", "parliament"),
    *((f"https://data.europarl.europa.eu/api/v2/{name}{rest}", "europarl")
      for name in ("adopted-texts", "procedures") for rest in ("", "/TA-9-2019-0018")),
    ("https://www.europarl.europa.eu/doceo/document/TA-9-2019-0018_EN.html", "europarl"),
    ("https://oeil.europarl.europa.eu/oeil/en/procedure-file?reference=2022/0426(COD)", "europarl"),
    ("https://oeil.europarl.europa.eu/oeil/en/document-summary?id=1", "europarl"),
)  # fmt: skip
ROLES: list[Role] = ["listing", "next", "document", "statement", "attachment"]
SCALARS: st.SearchStrategy[Any] = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(
        ["\ud800", "\x00", "<p>", "...", "2026-02-30T00:00:00", "9999-12-31T23:59:59", "0001-01-01", "//", "http://[",
         "eli/dl/doc/TA-9-2019-0018", "2022-0426", "SI", "Report"]
    )
)  # fmt: skip
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
)
OTHERS: tuple[Any, ...] = (None, 7, -1, 1.5, "", "a", "\ud800", [], [None], ["\ud800"], [[]], {}, {"a": 1}, True)
MANY = examples(200, suppress_health_check=[HealthCheck.too_slow])
MODULES = {"parliament": parliament, "europarl": europarl}


def check(taken: Capture, of: Source) -> Page | None:
    try:
        page = protocols.read(taken, of)
        MODULES[of.protocol].parse(taken, of)
    except ParseError as error:
        assert error.url == taken.url
        assert error.reason
        return None
    json.dumps(asdict(page), ensure_ascii=False, default=dict).encode()
    for document in page.documents:
        assert document.title == clean(document.title) != ""
        assert document.url.startswith(("https://", "http://"))
        assert document.id == clean(document.id)
    for link in page.links:
        assert link.url.startswith(("https://", "http://")) and link.url.isascii()
    return page


@MANY
@given(address=st.sampled_from(ADDRESSES), role=st.sampled_from(ROLES), body=st.binary(max_size=300))
def test_any_bytes(address: tuple[str, str], role: Role, body: bytes) -> None:
    url, name = address
    for media in ("application/json", "text/html"):
        check(capture(body, Link(url=url, role=role, parent="bill:1"), media), source("bills", url, name, files=True))


@MANY
@given(address=st.sampled_from(ADDRESSES), role=st.sampled_from(ROLES), body=VALUES)
def test_any_json(address: tuple[str, str], role: Role, body: object) -> None:
    url, name = address
    check(capture(body, Link(url=url, role=role)), source("bills", url, name))


@MANY
@given(which=st.sampled_from(JSON), data=st.data())
def test_changed_values_and_missing_keys(which: tuple[str, str], data: st.DataObject) -> None:
    original = fixture(*which)
    body = json.loads(original.body)
    for _ in range(data.draw(st.integers(1, 4))):
        every = [*places(body)]
        if not every:
            break
        holder, key = data.draw(st.sampled_from(every))
        change = data.draw(st.sampled_from(["remove", "replace", "copy"]))
        if change == "remove":
            del holder[key]
        elif change == "replace":
            holder[key] = data.draw(VALUES)
        elif isinstance(holder, list):
            holder.append(holder[key])
    check(replace(original, body=json.dumps(body).encode()), source_of(*which))


@MANY
@given(which=st.sampled_from(ALL), data=st.data())
def test_changed_bytes(which: tuple[str, str], data: st.DataObject) -> None:
    original = fixture(*which)
    start = data.draw(st.integers(0, len(original.body)))
    end = data.draw(st.integers(start, min(len(original.body), start + 200)))
    piece = data.draw(st.binary(max_size=20) | st.sampled_from([b"\x00", b"<div>" * 30, b'"', b"]", b"{"]))
    check(replace(original, body=original.body[:start] + piece + original.body[end:]), source_of(*which))


@pytest.mark.parametrize("which", JSON, ids="/".join)
def test_each_field_missing_or_of_another_type(which: tuple[str, str]) -> None:
    original = fixture(*which)
    of = source_of(*which)
    for position in range(len([*places(json.loads(original.body))])):
        for value in OTHERS:
            body = json.loads(original.body)
            holder, key = [*places(body)][position]
            if value is None:
                del holder[key]
            else:
                holder[key] = value
            check(replace(original, body=json.dumps(body).encode()), of)


@pytest.mark.parametrize(("url", "name"), ADDRESSES)
def test_nesting_without_end(url: str, name: str) -> None:
    for body in (b'{"items":' * 50_000, b"[" * 50_000, b"<div>" * 50_000):
        assert check(capture(body, Link(url=url, role="document")), source("bills", url, name)) is None


def test_deep_values_and_markup_inside_an_entry() -> None:
    body = json.loads(fixture("parliament", "treaties").body)
    deep: Any = 1
    for _ in range(400):
        deep = [deep]
    body["items"][0]["value"]["uri"] = deep
    assert check(capture(body, fixture("parliament", "treaties").link), source("treaties")) is not None
    body = json.loads(fixture("parliament", "question").body)
    body["value"]["answerText"] = "<div>" * 20_000 + "a" + "</div>" * 20_000
    assert check(capture(body, fixture("parliament", "question").link), source("questions")) is None


def places(value: object) -> Iterator[tuple[Any, Any]]:
    """Every place in a JSON value: its holder and its key or position."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(pairs):
        yield value, key
        yield from places(inner)
