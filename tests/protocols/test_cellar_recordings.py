"""What recordings of the Publications Office and of EUR-Lex say.

That every one is read or refused: tests/recordings/test_every_recording.py.
"""

from typing import Any

import pytest

from crawler.errors import RefusedError
from crawler.model import Page
from crawler.protocols import read
from tests.protocols.cellar_samples import HOSTS, recorded, source
from tests.recordings import table
from tests.recordings.table import Row

pytestmark = pytest.mark.recorded


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return [row for row in table.rows() if row.file.startswith(HOSTS)] or pytest.skip("no ../shared/recordings")


def test_of_each_kind_of_recording_most_are_read(rows: list[Row]) -> None:
    for folder in ("/notice/", "/notification/", "/sparql/"):
        group = [each for each in rows if folder in each.file and not each.file.endswith(".rdf")]
        assert group and all(each.page is not None for each in group), [each.outcome for each in group if each.kind]
    zips = [each.counts for each in rows if each.file.endswith(".zip")]
    assert zips and all(each["versions"] == 1 and each["sections"] > 40 for each in zips), zips


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
    """Trap EU-0.10: pages of the portal state a language they are not in."""
    page = read(recorded(f"CELEX-32017R2403-{language.upper()}-TXT.html"), source())
    assert [(version.document, version.language) for version in page.versions] == [("celex:32017R2403", language)]


def test_a_challenge_is_blocked_and_nothing_is_read() -> None:
    """Trap EU-0.1: EUR-Lex and the Parliament's site answer with a robot check and status 202 or 405."""
    with pytest.raises(RefusedError) as refused:
        read(recorded("aws_waf_challenge_202.html"), source())
    assert refused.value.kind == "challenge"
