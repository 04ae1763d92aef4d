"""What a file states of itself where it begins: publisher, place, kind and day; and what only looks like that."""

import pytest

from crawler.bodies import imprint
from crawler.model import Section

TITLE = "Sample toolkit for councils"
UNDER = "This is published under section 49(1) of it."


def read(title: str = TITLE, *lines: str, name: str = "", kind: str = "resource", foot: str = "") -> imprint.Imprint:
    sections = [Section(path="introduction", text="\n".join(lines)), Section(path=imprint.EVERY_PAGE, text=foot)]
    return imprint.read(title, [name], sections, lines, kind)


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("Published by the Sample Office March 2020", "Sample Office"),
        (
            "Version 1.00 Published by the Office of the Sample Commissioner in 2024",
            "Office of the Sample Commissioner",
        ),
        ("Issued by: Sample County Council, Hall Road", "Sample County Council"),
        ("First published by Sample Trust", "Sample Trust"),
        ("The rules published by the Sample Office are these", None),
        ("Published by order of the court", None),
        ("Published by March 2020", None),
    ],
)
def test_a_publisher_is_named_behind_its_label_whole(line: str, publisher: str | None) -> None:
    assert read(TITLE, line).publisher == publisher
    assert read(TITLE, foot=line).publisher == publisher


@pytest.mark.parametrize(
    ("title", "line", "place"),
    [
        ("Sample toolkit for England and Wales: referral", "", "England and Wales"),
        ("WALES SAMPLE AWARENESS", "", "Wales"),
        ("Guide to the Sample Exploitation (Scotland) Act 2015", "", None),
        ("EU exit guide", "", None),
        ("Guide for England and Scotland", "", None),
        ("Statement of the Bank of England", "", None),
        (TITLE, "This toolkit is for officers in England and Wales1.", "England and Wales"),
        (
            TITLE,
            "The “sample” duty is set out in an Act and applies to all councils in England and Wales, and to us.",
            "England and Wales",
        ),
        (TITLE, "This document helps officers who move from Scotland.", None),
        (TITLE, "See www.sample.gov.uk, or ask in Wales.", None),
    ],
)
def test_where_it_applies_is_what_title_or_beginning_says(title: str, line: str, place: str | None) -> None:
    assert read(title, line).jurisdiction == place


@pytest.mark.parametrize(
    ("title", "line", "kind", "found"),
    [
        ("Sample Act: Statutory Guidance for councils", UNDER, "resource", "statutory_guidance"),
        ("Sample Act: Statutory Guidance for councils", "It was drawn up in May.", "resource", None),
        ("Sample Act: Statutory Guidance", UNDER, "news", None),
        ("Sample Act: non-statutory guidance", "This is issued under section 49(1) of it.", "resource", None),
        ("First responder guide", "", "form", "guidance"),
        ("Guide to the form", "", "form", None),
        ("Sample referral", "", "form", None),
    ],
)  # fmt: skip
def test_what_it_is_goes_before_what_its_source_publishes(title: str, line: str, kind: str, found: str | None) -> None:
    assert read(title, line, kind=kind).kind == found


@pytest.mark.parametrize(
    ("title", "name", "line", "published"),
    [
        (TITLE, "", "April 2026", "2026-04"),
        (TITLE, "", "3 March 2026 © Crown copyright", "2026-03-03"),
        (TITLE, "", "Version 1.00 Published by the Sample Office March 2020", "2020-03"),
        (TITLE, "", "It was first used in April 2026.", None),
        (TITLE, "", "2026", None),
        ("Sample indicators - October 2018", "", "", "2018-10"),
        (TITLE, "Sample+Bill,+Briefing+for+Peers,+23.12.21.pdf", "", "2021-12-23"),
        (TITLE, "Sample Lunch and Learn May 2018.pptx", "", "2018-05"),
        ("Sample homes: update to 30 September 2020", "", "", None),
        ("Sample year ending March 2020", "", "", None),
    ],
)
def test_its_day_stands_alone_or_ends_a_name(title: str, name: str, line: str, published: str | None) -> None:
    assert read(title, line, name=name).published == published
    assert read(title, line, name=name, kind="statistics").published is None
