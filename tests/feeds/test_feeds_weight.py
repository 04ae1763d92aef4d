"""Legal weight is said with its place: on no page and in no feed stands that something is binding, and not where."""

import re
from itertools import product
from pathlib import Path

import pytest

from crawler.feeds.weight import INSTRUMENTS, LAW, NATIONS, OTHERS, nations, weight
from crawler.sources.vocabulary import JURISDICTIONS, KINDS

PLACE = re.compile(
    rf"\bin (?:the )?(?:{'|'.join(NATIONS)}|EU member states|European Union)\b|\bEU member states\b"
    r"|\bthe European Union\b|\bstates that are party\b"
)
ALONE = re.compile(r"\b(?:binding|binds)\b", re.IGNORECASE)
IDS = (
    "ukpga/2015/30",
    "uksi/2026/1",
    "asp/2015/12",
    "eudr/2011/36",
    "celex:32030L0001",
    "celex:32030R0001",
    "url:x",
    "",
)
STATUSES = ("", "repealed", "Revoked", "prospective")
SINCE = ("", "in parts", "not yet")
TEXTS = Path(__file__).parents[2] / "crawler"


def test_what_recitals_say_of_denmark_and_ireland_stands_in_the_weight_of_an_act() -> None:
    bound = ("Denmark is not bound", "Ireland takes part")
    found = weight("directive", "celex:32030L0001", "European Union", bound=bound)
    assert found == (
        "Binds EU member states, as to what is to be achieved (by its recitals Denmark is not bound, Ireland takes "
        "part; the United Kingdom: not stated)"
    )
    assert weight("directive", "celex:32004L0081", "European Union", bound=bound) == weight(
        "directive", "celex:32004L0081", "European Union"
    ), "what was reviewed counts"


def test_nothing_is_binding_without_its_place() -> None:
    documents = (*IDS, *INSTRUMENTS)
    for kind, document, place in product((*KINDS, "no such kind", ""), documents, (*JURISDICTIONS, "", "Elsewhere")):
        for status, since in product(STATUSES, SINCE):
            said = weight(kind, document, place, status=status, in_force=since)
            assert not ALONE.search(said) or PLACE.search(said), (kind, document, place, said)
            assert kind not in LAW or said, (kind, document, place)


@pytest.mark.parametrize(
    ("kind", "document", "place", "status", "in_force", "found"),
    [
        ("act", "ukpga/2015/30", "England and Wales", "", "2015-03-26", "Binding in England and Wales"),
        ("act", "ukpga/2003/42", "United Kingdom", "", "in parts", "Binding in the United Kingdom, in force in parts"),
        ("si", "nisr/2016/1", "Northern Ireland", "", "not yet",
         "Binding in Northern Ireland once it is in force, which it is not yet"),
        ("asp", "asp/2015/12", "Scotland", "Revoked", "2015-03-26", "Was binding in Scotland: revoked"),
        ("act", "ukpga/2015/30", "", "", "2016-01-01", "Binding in the United Kingdom or a part of it"),
        ("regulation", "eur/2016/679", "United Kingdom", "", "", "Not stated"),
        ("si", "govuk:1-2", "United Kingdom", "", "", "Not stated"),
        ("directive", "celex:32011L0036", "European Union", "in force", "",
         "Binds EU member states except Denmark (Ireland took part); not the United Kingdom, which had opted in before"
         " it left"),
        ("directive", "celex:32024L1712", "European Union", "", "",
         "Binds EU member states except Denmark (Ireland: not stated); not the United Kingdom"),
        ("directive", "celex:32030L0001", "European Union", "", "",
         "Binds EU member states, as to what is to be achieved (Denmark, Ireland and the United Kingdom: not stated)"),
        ("decision", "celex:32002F0629", "European Union", "repealed", "",
         "No longer binding in the European Union: repealed"),
        ("treaty", "cets:197", "Council of Europe", "", "", "Binding on the states that are party to it"),
        ("bill", "bill/1", "United Kingdom", "", "not yet", "Not law: a bill"),
        ("bill", "celex:52021PC0206", "European Union", "", "", "Not law: a proposal"),
        ("statutory_guidance", "govuk:1", "Wales", "", "", "Statutory guidance in Wales"),
        ("statutory_guidance", "govuk:1", "Wales", "withdrawn", "", "Was statutory guidance in Wales: withdrawn"),
        ("statutory_guidance", "govuk:1", "United Kingdom", "withdrawn", "",
         "Was statutory guidance: withdrawn; in which nations: not stated"),
        ("manual", "", "", "Superseded", "", "Was advisory: superseded"),
        ("statistics", "", "", "withdrawn", "", "Not law: statistics, withdrawn"),
        ("consultation", "", "", "withdrawn", "", ""),
        ("statutory_guidance", "govuk:1", "United Kingdom", "", "",
         "Statutory guidance; in which nations: not stated"),
        ("manual", "", "", "", "", "Advisory"), ("report", "", "", "", "", "Not law: a report"),
        ("news", "", "", "", "", ""),
        ("no such kind", "", "", "repealed", "in parts", ""),
    ],
)  # fmt: skip
def test_weight_goes_by_kind_place_and_status(
    kind: str, document: str, place: str, status: str, in_force: str, found: str
) -> None:
    assert weight(kind, document, place, status=status, in_force=in_force) == found


def test_no_word_of_ours_says_it_elsewhere() -> None:
    """Templates of pages and of entries have no such word: they show what the tables say."""
    for file in (*(TEXTS / "publish" / "templates").glob("*.html"), TEXTS / "entries" / "templates.py"):
        text = re.sub(r"\bb\.binding\b", "", file.read_text("utf-8"))
        assert not ALONE.search(text), file.name
    assert not any(ALONE.search(text) for text in OTHERS.values())


def test_titles_say_in_which_nations_guidance_is_statutory() -> None:
    title = "Sample: statutory guidance for England and Wales (under s1) and non-statutory guidance for Scotland"
    said = [nations(title)]
    told = weight("statutory_guidance", "govuk:1", "United Kingdom", bound=said)
    assert told == "Statutory guidance in England and Wales, not statutory in Scotland"
    assert weight("statutory_guidance", "govuk:1", "United Kingdom", bound=said, status="withdrawn") == (
        "Was statutory guidance in England and Wales, not statutory in Scotland: withdrawn"
    )
    assert weight("guidance", "govuk:1", "United Kingdom", bound=said) == "Advisory"
    assert nations("Non-statutory guidance for Wales") == nations("Statutory guidance on samples") == ""
