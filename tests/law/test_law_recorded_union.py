"""The days of recorded acts of the EU beside those that a person read in their last articles and Official Journals.

The texts are searched here without our parser: the sentence of entry into force stands in the bytes, and its day is
counted with the calendar alone.
"""

import gzip
import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from crawler.ingest import own_words
from crawler.law import Origin
from crawler.protocols import cellar
from tests.protocols.cellar_samples import RESOURCE, capture, source
from tests.recordings.world import SHARED

VERSIONS, PAGES = SHARED / "law/versions/eu", SHARED / "recordings/eur-lex.europa.eu"
FORMEX = SHARED / "recordings/publications.europa.eu/formex"
IN_FORCE: dict[str, tuple[Path, str, str, int]] = {
    # CELEX: file, day of the Official Journal, words of the sentence, days after it
    "32009R1107": (VERSIONS / "02009R1107-20221121.xhtml.gz", "2009-11-24", "on the 20th day following", 20),
    "32014R0596": (VERSIONS / "32014R0596-5.xhtml.gz", "2014-06-12", "on the twentieth day following", 20),
    "32014R0910": (VERSIONS / "32014R0910.xhtml.gz", "2014-08-28", "on the twentieth day following", 20),
    "32015R2120": (VERSIONS / "02015R2120-20240515.xhtml.gz", "2015-11-26", "on the third day following", 3),
    "32016R0679": (VERSIONS / "02016R0679-20160504.xhtml.gz", "2016-05-04", "on the twentieth day following", 20),
    "32017R2403": (PAGES / "CELEX-32017R2403-FR-TXT.html", "2017-12-28", "le vingtième jour suivant", 20),
    "32002R0006": (PAGES / "lexparency_old_1_raw.html", "2002-01-05", "on the 60th day following", 60),
    "32009L0065": (PAGES / "lexparency_moderncons_1_raw.html", "2009-11-17", "on the 20th day following", 20),
    "32013R0575": (PAGES / "lexparency_modern_1_raw.html", "2013-06-27", "on the day following", 1),
    "32002F0584": (PAGES / "lexparency_EUHb_de_raw.html", "2002-07-18", "am zwanzigsten Tag nach", 20),
    "31998F0699": (PAGES / "lexparency_old_consolidated_raw.html", "1998-12-09", "am Tag ihrer", 0),
    "32024R1689": (FORMEX / "32024R1689.fmx4.xml", "2024-07-12", "on the twentieth day following", 20),
    "32014L0065": (FORMEX / "lexparency_mifid_ii_part.xml", "2014-06-12", "am 20. Tag nach", 20),
}
ASIDE: dict[str, set[tuple[str, str]]] = {
    "32009R1107": {("applies", "2011-06-14")},
    "32014R0596": {("applies", "2016-07-03"), ("applies", "2018-01-03"), ("applies", "2014-07-02")},
    "32014R0910": {("applies", "2016-07-01"), ("applies", "2014-09-17"), ("applies", "")},
    "32015R2120": {("applies", "2016-04-30"), ("applies", "2015-11-29"), ("applies", "")},
    "32016R0679": {("applies", "2018-05-25")},
    "32009L0065": {("applies", "2011-07-01")},
    "32013R0575": {("applies", f"{year}-01-01") for year in (2014, 2015, 2016)} | {("applies", "2014-12-31")},
    "32024R1689": {("applies", day) for day in ("2026-08-02", "2025-02-02", "2025-08-02", "2027-08-02")},
    "32014L0065": {
        ("to be transposed", "2017-07-03"), ("applies", "2018-01-03"), ("applies", "2015-07-03"),
        ("applies", "2019-09-03"),
    },
}  # fmt: skip

pytestmark = [
    pytest.mark.recorded,
    pytest.mark.skipif(not VERSIONS.is_dir(), reason="the recordings are not beside this checkout"),
]


def unpacked(file: Path) -> bytes:
    return gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()


def days_of(number: str) -> tuple[dict[str, str], set[tuple[str, str, str]]]:
    """Return the days that a text states of its act, by event, and state, path and day of its own words."""
    url = f"{RESOURCE}/celex/{number}"
    page = cellar.parse(capture(unpacked(IN_FORCE[number][0]), url), source(url))
    dated = {each.fields["event"]: each.fields["date"] for each in page.statements if each.kind == "date"}
    origin = Origin(published=dated["published"], adopted=dated.get("adopted", ""))
    steps = own_words.of_union_text(page.versions[0], origin)
    return dated, {(step.state, step.path, step.date) for step in steps if step.source == "own provision"}


@pytest.mark.parametrize("number", IN_FORCE)
def test_recorded_acts_are_in_force_apply_and_are_transposed_on_the_days_of_their_own_articles(number: str) -> None:
    file, journal, words, days = IN_FORCE[number]
    raw = re.sub(r"<[^>]*>|&#160;|\u00a0", " ", unpacked(file).decode("utf-8", "replace"))
    assert words in re.sub(r"\s+", " ", raw), "the sentence stands in the bytes"
    dated, steps = days_of(number)
    assert dated["published"] == journal
    begun = (date.fromisoformat(journal) + timedelta(days=days)).isoformat()
    assert {(path, day) for state, path, day in steps if state == "in force"} == {("", begun)}
    aside = {(state, day) for state, _, day in steps if state in ("applies", "to be transposed")}
    assert aside == ASIDE.get(number, set())


@pytest.mark.parametrize("number", ["32014R0596", "32014R0910", "32015R2120"])
def test_the_data_of_the_publications_office_state_the_same_days(number: str) -> None:
    rows = json.loads((VERSIONS / f"{number}-metadata.sparql.json").read_text("utf-8"))["results"]["bindings"]
    stated = {row["entryForce"]["value"] for row in rows if row["celex"]["value"] == number and "entryForce" in row}
    assert stated == {day for _, _, day in days_of(number)[1] if day}
