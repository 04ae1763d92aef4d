"""JSON of every protocol with other values in it: parse gives a page that can be stored, or a ParseError."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from crawler import protocols
from crawler.errors import FaultError, ParseError
from crawler.model import Page
from crawler.text import clean
from tests.protocols import test_fixtures as fixtures
from tests.tiers import examples

pytestmark = pytest.mark.slow


def is_json(case: Path) -> bool:
    return next(case.glob("body.*")).suffix in (".json", ".jsonld") and fixtures.body(case)[:1] in (b"{", b"[")


CASES = [case for case in fixtures.CASES if is_json(case)]
SCALARS: st.SearchStrategy[Any] = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=True)
    | st.text(max_size=20)
    | st.sampled_from(
        ["\ud800", "\x00", "<p>", "<h2 id='a'>b", "...", "2026-02-30T00:00:00", "9999-12-31T23:59:59-23:59",
         "0001-01-01", "//", "/", "][", "http://[", "eli/dl/doc/TA-9-2019-0018", "2022-0426", "SI", "Report"]
    )
)  # fmt: skip
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
)
OTHERS: tuple[Any, ...] = (None, 7, -1, 1.5, "", "a", "\ud800", [], [None], ["\ud800"], [[]], {}, {"a": 1}, True)
MANY = examples(200, suppress_health_check=[HealthCheck.too_slow])


def check(case: Path, body: bytes) -> Page | None:
    capture = replace(fixtures.capture(case), body=body)
    try:
        page = protocols.read(capture, fixtures.source(case))
    except ParseError as error:
        assert error.url == capture.url and error.reason and not isinstance(error, FaultError)
        return None
    json.dumps(asdict(page), ensure_ascii=False, default=dict).encode()  # no lone surrogate anywhere
    for document in page.documents:
        assert document.title == clean(document.title) != ""
        assert document.id == clean(document.id)
    urls = [document.url for document in page.documents] + [link.url for link in page.links]
    assert all(url.startswith(("https://", "http://")) for url in urls)
    assert all(section.path for version in page.versions for section in version.sections)
    return page


def places(value: object) -> Iterator[tuple[Any, Any]]:
    """Every place in a JSON value: its holder and its key or position."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(pairs):
        yield value, key
        yield from places(inner)


@MANY
@given(case=st.sampled_from(CASES), body=VALUES | st.binary(max_size=300))
def test_anything(case: Path, body: object) -> None:
    check(case, body if isinstance(body, bytes) else json.dumps(body).encode())


@MANY
@given(case=st.sampled_from(CASES), data=st.data())
def test_changed_values_and_missing_keys(case: Path, data: st.DataObject) -> None:
    body = json.loads(fixtures.body(case))
    for _ in range(data.draw(st.integers(1, 4))):
        if not (every := [*places(body)]):
            break
        holder, key = data.draw(st.sampled_from(every))
        change = data.draw(st.sampled_from(["remove", "replace", "copy"]))
        if change == "remove":
            del holder[key]
        elif change == "replace":
            holder[key] = data.draw(VALUES)
        elif isinstance(holder, list):
            holder.append(holder[key])
    check(case, json.dumps(body).encode())


@pytest.mark.parametrize("case", CASES, ids=fixtures.name_of)
def test_each_field_missing_or_of_another_type(case: Path) -> None:
    original = fixtures.body(case)
    for position in range(len([*places(json.loads(original))])):
        for value in OTHERS:
            body = json.loads(original)
            holder, key = [*places(body)][position]
            if value is None:
                del holder[key]
            else:
                holder[key] = value
            check(case, json.dumps(body).encode())


@pytest.mark.parametrize("case", CASES, ids=fixtures.name_of)
def test_what_is_nested_without_end_and_numbers_that_are_none_are_refused(case: Path) -> None:
    deep = (b'{"items":' * 50_000, b"[" * 50_000, b"<div>" * 50_000)
    for body in (*deep, b'{"total": NaN}', b'{"total": Infinity}', b'{"total": ' + b"9" * 5_000 + b"}"):
        assert check(case, body) is None


def test_markup_nested_without_end_inside_an_entry() -> None:
    deep: Any = 1
    for _ in range(400):
        deep = [deep]
    case = fixtures.FIXTURES / "parliament" / "treaties"
    body = json.loads(fixtures.body(case))
    body["items"][0]["value"]["uri"] = deep
    assert check(case, json.dumps(body).encode()) is not None
    case = fixtures.FIXTURES / "parliament" / "question"
    body = json.loads(fixtures.body(case))
    body["value"]["answerText"] = "<div>" * 20_000 + "a" + "</div>" * 20_000
    assert check(case, json.dumps(body).encode()) is None
