"""GOV.UK: whatever a server answers, parse gives a page or a ParseError, and a page that can be stored."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from crawler.errors import ParseError
from crawler.model import Capture
from crawler.protocols import govuk
from crawler.text import clean
from tests.protocols.govuk_samples import CASES, capture_of, fixture, source
from tests.tiers import examples

pytestmark = pytest.mark.slow

ADDRESSES = (
    "https://www.gov.uk/api/search.json?count=2",
    "https://www.gov.uk/api/content/guidance/a",
    "https://www.gov.uk/government/organisations/a.atom",
    "https://www.gov.uk/search/research-and-statistics.atom?page=x",
    "https://assets.publishing.service.gov.uk/media/a/b.csv",
    "https://www.gov.uk/elsewhere",
)
SCALARS: st.SearchStrategy[Any] = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=True)
    | st.text(max_size=20)
    | st.sampled_from(
        ["\ud800", "\x00", "<p>", "<h2 id='a'>b", "9999-12-31T23:59:59-23:59", "0001-01-01", "//", "/", "]["]
    )
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
)
OTHERS: tuple[Any, ...] = (None, 7, -1, "", "a", [], [None], [[]], {}, {"a": 1}, True)
JSON_CASES = [case for case in CASES if case not in {"organisation-feed", "finder-feed", "attached-file"}]
MANY = examples(150, suppress_health_check=[HealthCheck.too_slow])


def check(capture: Capture) -> None:
    try:
        page = govuk.parse(capture, source(pages=3))
    except ParseError as error:
        assert error.url == capture.url
        assert error.reason
        return
    json.dumps(asdict(page), ensure_ascii=False).encode()  # no lone surrogate anywhere
    for document in page.documents:
        assert document.id.partition(":")[0] in {"govuk", "url"}
        assert document.title == clean(document.title) != ""
        assert document.url.startswith(("https://", "http://"))
    for link in page.links:
        assert link.url.startswith(("https://", "http://"))
    for version in page.versions:
        assert all(section.path for section in version.sections)


@MANY
@given(
    address=st.sampled_from(ADDRESSES), role=st.sampled_from(["listing", "document", "attachment"]), body=st.binary()
)
def test_any_bytes(address: str, role: str, body: bytes) -> None:
    check(capture_of(body, address, role))


@MANY
@given(address=st.sampled_from(ADDRESSES), body=VALUES)
def test_any_json(address: str, body: object) -> None:
    check(capture_of(body, address))


@MANY
@given(case=st.sampled_from(JSON_CASES), data=st.data())
def test_changed_values_and_missing_keys(case: str, data: st.DataObject) -> None:
    body = json.loads(fixture(case).body)
    for _ in range(data.draw(st.integers(1, 4))):
        holder, key = data.draw(st.sampled_from([*places(body)]))
        change = data.draw(st.sampled_from(["remove", "replace", "copy"]))
        if change == "remove":
            del holder[key]
        elif change == "replace":
            holder[key] = data.draw(VALUES)
        elif isinstance(holder, list):
            holder.append(holder[key])
        if not body:
            break
    check(replace(fixture(case), body=json.dumps(body).encode()))


@MANY
@given(case=st.sampled_from(CASES), data=st.data())
def test_changed_bytes(case: str, data: st.DataObject) -> None:
    capture = fixture(case)
    start = data.draw(st.integers(0, len(capture.body)))
    end = data.draw(st.integers(start, min(len(capture.body), start + 200)))
    check(replace(capture, body=capture.body[:start] + data.draw(st.binary(max_size=20)) + capture.body[end:]))


@pytest.mark.parametrize("case", JSON_CASES)
def test_each_field_missing_or_of_another_type(case: str) -> None:
    original = fixture(case).body
    for position in range(len([*places(json.loads(original))])):
        for value in OTHERS:
            body = json.loads(original)
            holder, key = [*places(body)][position]
            if value is None:
                del holder[key]
            else:
                holder[key] = value
            check(replace(fixture(case), body=json.dumps(body).encode()))


def test_nesting_without_end() -> None:
    for body in (b'{"a":' * 50_000, b"[" * 50_000, b'{"document_type":"guide","details":' + b'{"a":[' * 50_000):
        with pytest.raises(ParseError):
            govuk.parse(capture_of(body, ADDRESSES[1]), source())
    page = json.loads(fixture("publication").body)
    page["details"]["body"] = "<div>" * 20_000 + "a" + "</div>" * 20_000
    check(capture_of(page, ADDRESSES[1]))


def test_numbers_that_are_none() -> None:
    for body in (b'{"total": NaN}', b'{"total": Infinity}', b'{"total": ' + b"9" * 5_000 + b"}"):
        with pytest.raises(ParseError, match="no JSON"):
            govuk.parse(capture_of(body, ADDRESSES[0]), source())


def places(value: object) -> Any:
    """Every place in a JSON value: its holder and its key or position."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(pairs):
        yield value, key
        yield from places(inner)
