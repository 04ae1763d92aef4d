"""The sample world, walked: what the captures say is what expected.json says shall come of them."""

from collections.abc import Mapping
from typing import get_args

import pytest

from crawler.errors import RefusedError
from crawler.identifiers import same_address
from crawler.model import ChangeKind
from tests.sample import world
from tests.sample.fold import CURSORS, Told, fold, states

TEXTUAL = frozenset({"added", "removed", "changed", "renumbered", "moved", "retitled", "status", "date"})


@pytest.fixture(scope="module")
def told() -> Mapping[str, Told]:
    """Return what happens at each moment, without archive and database."""
    return dict(fold())


def _wanted(name: str, kinds: frozenset[str]) -> set[tuple[str, str, str]]:
    changes = world.expected()[name]["changes"]
    return {(each["document"], each["kind"], each["path"]) for each in changes if each["kind"] in kinds}


def test_it_is_large_enough() -> None:
    assert len(world.registry().sources) >= 6
    documents = {
        document
        for name in world.MOMENTS
        for source in world.registry().sources.values()
        for document in world.walk(source, name, cursor=CURSORS[name]).documents()
    }
    assert len(documents) >= 30
    said = world.expected()
    assert set(said) == set(world.MOMENTS)
    assert all(len(said[name]["silent"]) >= 2 for name in world.MOMENTS)
    spoken = {each["document"] for name in world.MOMENTS for key in ("changes", "silent") for each in said[name][key]}
    assert spoken <= documents


def test_expected_changes_are_of_kinds_that_exist_and_every_kind_happens() -> None:
    kinds = {each["kind"] for name in world.MOMENTS for each in world.expected()[name]["changes"]}
    assert kinds == set(get_args(ChangeKind)) - {"note", "omitted"}


@pytest.mark.parametrize("name", world.MOMENTS)
def test_the_texts_change_exactly_as_expected(name: str, told: Mapping[str, Told]) -> None:
    assert {each for each in told[name].changes if each[1] in TEXTUAL} == _wanted(name, TEXTUAL)


@pytest.mark.parametrize("name", world.MOMENTS)
def test_the_new_documents_are_those_expected(name: str, told: Mapping[str, Told]) -> None:
    assert {each for each in told[name].changes if each[1] == "new"} == _wanted(name, frozenset({"new"}))


@pytest.mark.parametrize("name", world.MOMENTS)
def test_what_must_not_be_announced_has_no_change_of_that_kind(name: str, told: Mapping[str, Told]) -> None:
    silent = {each["document"] for each in world.expected()[name]["silent"]}
    assert silent.isdisjoint({each["document"] for each in world.expected()[name]["changes"]})
    assert silent.isdisjoint({each[0] for each in told[name].changes})


@pytest.mark.parametrize("name", world.MOMENTS)
def test_what_is_refused_is_an_issue_or_a_missing_page(name: str, told: Mapping[str, Told]) -> None:
    missing = {world.told(file)["url"] for file in world.FILES if world.told(file)["status"] in (404, 410)}
    refused = {each for each in told[name].refused if each[2] not in missing and each[0]}
    issues = {(each["source"], each["kind"], each["subject"]) for each in world.expected()[name]["issues"]}
    assert refused == {each for each in issues if each[1] not in ("zero", "shrunk")}
    shrunk = {subject for _, kind, subject in told[name].refused if kind == "shrunk"}
    assert shrunk == {f"url:{subject}" for _, kind, subject in issues if kind == "shrunk"}


@pytest.mark.parametrize("name", world.MOMENTS)
def test_what_was_read_has_no_problem_and_only_files_are_not_recorded(name: str, told: Mapping[str, Told]) -> None:
    assert told[name].problems == []
    assert {link.url.rpartition(".")[2] for link in told[name].unrecorded} <= {"pdf"}


@pytest.mark.parametrize("name", world.MOMENTS)
def test_every_capture_of_a_moment_is_asked_at_that_moment(name: str, told: Mapping[str, Told]) -> None:
    own = [file for file in world.FILES if file.relative_to(world.ROOT).parts[0] == name]
    redirected = {
        same_address(dict(world.told(file)["headers"]).get("Location", "https://none.invalid")) for file in own
    }
    asked = {url for url, _ in told[name].read} | redirected
    unasked = [file.name for file in own if same_address(world.told(file)["url"]) not in asked]
    assert set(unasked) <= {"robots.capture.json"}


@pytest.mark.parametrize(
    ("name", "document"),
    [
        (name, each["document"])
        for name in world.MOMENTS
        for each in world.expected()[name]["changes"]
        if each["kind"] in ("withdrawn", "gone", "returned", "relocated")
    ],
)
def test_documents_that_come_and_go_are_captured_so(name: str, document: str) -> None:
    kind = next(e["kind"] for e in world.expected()[name]["changes"] if e["document"] == document)
    assert kind in states(name, document)


def test_the_feed_that_has_ended_is_refused_as_such() -> None:
    source = world.registry().sources["sample-govuk-finder"]
    (error,) = world.walk(source, "moment-3").refused.values()
    assert isinstance(error, RefusedError) and error.kind == "ended"
