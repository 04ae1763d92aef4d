"""Where links lead: what a reader must know of it stands in the text, so that it does not change unnoticed."""

from time import process_time

import pytest

from crawler.bodies import html
from crawler.changes import compare
from crawler.model import Version

PAGE = "https://www.sample.invalid/guidance/refer"


def read(body: str) -> str:
    return " ".join(section.text for section in html.fragment(body, url=PAGE))


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ('<a href="https://portal.sample.example/start?utm_source=x">Start now</a>',
         "Start now (portal.sample.example/start)"),
        ('<a class="button" href="HTTPS://forms.sample.example/p?id=1"><span>Complete the</span> <b>form</b></a>',
         "Complete the form (forms.sample.example/p?id=1)"),
        ('<a href="https://report.sample.example/">Report modern slavery online</a>',
         "Report modern slavery online (report.sample.example)"),
        ('<a href="https://report.sample.example/x">the NRM Portal</a>', "the NRM Portal (report.sample.example/x)"),
        ('<a href="https://report.sample.example/x">go to the portal at report.sample.example/x</a>',
         "go to the portal at report.sample.example/x"),
        # Pages of the same site, and of other sites that one only reads.
        ('<a href="https://sample.invalid/start">Start now</a>', "Start now"),
        ('<a href="/start">Start now</a>', "Start now"),
        ('<a href="https://other.example/a-report">Report on slavery in farming</a>', "Report on slavery in farming"),
        ('<a href="https://other.example/a">the Sample Office</a>', "the Sample Office"),
        ('<a href="https://[other/a">Start now</a>', "Start now"),
    ],
)  # fmt: skip
def test_the_address_of_a_service_on_another_site_stands_behind_its_link(link: str, said: str) -> None:
    assert read(f"<p>See {link} here.</p>") == f"See {said} here."


@pytest.mark.parametrize(
    ("before", "after", "flag"),
    [
        ('<a href="https://a.example/start">Start now</a>', '<a href="https://b.example/start">Start now</a>', "link"),
        ('<a href="tel:08000121700">our helpline</a>', '<a href="tel:08000121701">our helpline</a>', "contact"),
        ('<a href="mailto:a@s.example">us</a>', '<a href="mailto:b@s.example">us</a>', "contact"),
        ('<a href="/f/nrm-v2.docx">the form</a>', '<a href="/f/nrm-v3.docx">the form</a>', "form"),
    ],
)
def test_where_a_link_leads_never_changes_unnoticed(before: str, after: str, flag: str) -> None:
    old, new = (
        Version(document="d", title="Sample", sections=html.fragment(f"<h2>Refer</h2><p>See {link}.</p>", url=PAGE),
                representation="html")
        for link in (before, after)
    )  # fmt: skip
    (found,) = compare(old, new)
    assert flag in found.flags and found.significance == "substantive"


def test_links_in_links_cost_no_more_than_their_number() -> None:
    start = process_time()
    read("<a href='https://x.example/y'>" * 20_000 + "Start now")
    assert process_time() - start < 5
