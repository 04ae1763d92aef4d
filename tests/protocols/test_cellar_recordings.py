"""Every recording of the Publications Office and of EUR-Lex: read into something, or refused with a reason.

``python -m tests.protocols.test_cellar_recordings`` prints the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from crawler.errors import ParseError, RefusedError
from crawler.model import Page, Role
from crawler.protocols import read
from tests.protocols.cellar_samples import RECORDINGS, recorded, recordings, source


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    name: str
    documents: int = 0
    versions: int = 0
    sections: int = 0
    statements: int = 0
    links: int = 0
    entries: int | None = None
    told: str = ""
    kind: str = ""


def row(name: str) -> Row:
    role: Role = "listing" if "/sparql/" in name or "/notification/" in name else "document"
    try:
        page = read(recorded(name, role), source())
    except ParseError as error:
        return Row(name=name, told=error.reason, kind=error.kind)
    return Row(
        name=name,
        documents=len(page.documents),
        versions=len(page.versions),
        sections=sum(len(version.sections) for version in page.versions),
        statements=len(page.statements),
        links=len(page.links),
        entries=page.entries,
        told="; ".join(f"{problem.kind}: {problem.detail}" for problem in page.problems),
    )


def names() -> list[str]:
    if not RECORDINGS.exists():
        return []
    return [each["file"] for each in recordings()]


@pytest.mark.parametrize("name", names() or [pytest.param("", marks=pytest.mark.skip("no ../shared/recordings"))])
def test_a_recording_is_read_or_refused_by_name(name: str) -> None:
    found = row(name)
    if "empty.atom" in name:
        assert not found.kind and not found.entries, "an empty window is a valid answer"
    elif found.kind:
        assert found.told and found.kind != "limit", found
    else:
        assert found.documents or found.versions or found.statements or found.links, found


def test_of_each_kind_of_recording_most_are_read() -> None:
    rows = [row(name) for name in names()]
    if not rows:
        pytest.skip("no ../shared/recordings")
    for folder in ("/notice/", "/notification/", "/sparql/"):
        group = [each for each in rows if folder in each.name and not each.name.endswith(".rdf")]
        assert group and all(not each.kind for each in group), [each for each in group if each.kind]
    zips = [each for each in rows if each.name.endswith(".zip")]
    assert zips and all(each.versions == 1 and each.sections > 40 for each in zips), zips


def page_of(name: str, **more: Any) -> Page:
    return read(recorded(name, "listing"), source(**more))


def test_24_works_of_46_entries_and_their_celex_numbers() -> None:
    page = page_of("ingestion_20260805T1000_20260805T1005_p1.atom.xml")
    assert page.entries == 24
    documents = {link.facts["document"]: link.token for link in page.links}
    assert {"celex:32024R1689", "celex:32019R1009", "consil:ST_11536_2026_INIT"} <= set(documents)
    assert documents["celex:32024R1689"] == "2026-08-05T08:04:26.103000Z", "the newest of its entries"


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
def test_a_page_of_the_portal_is_in_the_language_of_its_address(language: str) -> None:
    page = read(recorded(f"CELEX-32017R2403-{language.upper()}-TXT.html"), source())
    assert [(version.document, version.language) for version in page.versions] == [("celex:32017R2403", language)]


def test_a_challenge_is_blocked_and_nothing_is_read() -> None:
    with pytest.raises(RefusedError) as refused:
        read(recorded("aws_waf_challenge_202.html"), source())
    assert refused.value.kind == "challenge"


if __name__ == "__main__":
    for each in map(row, names()):
        told = f"{each.kind}: {each.told}" if each.kind else each.told
        counts = f"{each.documents:3} {each.versions:3} {each.sections:5} {each.statements:5} {each.links:4}"
        print(f"{each.name[:75]:75} {counts} {each.entries if each.entries is not None else '':3} {told[:110]}")
