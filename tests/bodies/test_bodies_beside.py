"""What stands beside the text of a page, and where its links lead: what changes there is seen or is no news."""

from datetime import UTC, datetime
from time import process_time

import pytest

from crawler.bodies import html
from crawler.changes import compare
from crawler.model import Capture, Difference, Link, Version

URL = "https://a.sample.invalid/help"


def version(inside: str) -> Version:
    page = f"<html lang='en'><body><main><h1>Help</h1><p>Sample words stay.</p>{inside}</main></body></html>"
    link = Link(url=URL, role="document")
    time = datetime(2026, 3, 2, tzinfo=UTC)
    read = html.document(Capture(url=URL, time=time, link=link, body=page.encode()))
    return Version(document="d", title=read.title, sections=read.sections, representation="html")


def differences(before: str, after: str) -> tuple[Difference, ...]:
    return compare(version(before), version(after))


LED = [
    ("contact", "https://wa.me/4477009{}0123", "our chat"),
    ("contact", "https://api.whatsapp.com/send?phone=4477009{}0123", "our chat"),
    ("contact", "sms:6101{}?body=help", "a text"),
    ("link", "https://b{}.sample.invalid/nrm", "Click here to refer"),
    ("link", "https://b{}.sample.invalid/nrm", "here"),
    ("link", "https://b{}.sample.invalid/nrm", "online"),
    ("link", "https://b{}.sample.invalid/nrm", "the referral form"),
    ("link", "https://b{}.sample.invalid/nrm", "our website"),
    ("link", "https://b{}.sample.invalid/nrm", "Dechrau nawr"),
    ("link", "https://b{}.sample.invalid/nrm", "Faire un signalement"),
    ("link", "https://b{}.sample.invalid/nrm", "Zum Online-Formular"),
    ("link", "https://b{}.sample.invalid/nrm", "Naar het meldformulier"),
    ("form", "/uploads/202{}/05/ms1.pdf", "Form MS1"),
    ("form", "/uploads/202{}-05/ms1.docx", "Form MS1"),
    ("form", "https://b.sample.invalid/202{}/ms1.odt", "ms1.odt"),
]


@pytest.mark.parametrize(("flag", "href", "words"), LED)
def test_where_a_link_leads_does_not_change_unseen(flag: str, href: str, words: str) -> None:
    before, after = (f'<p>Use <a href="{href.format(n)}">{words}</a>.</p>' for n in (4, 5))
    (found,) = differences(before, after)
    assert found.significance == "substantive" and flag in found.flags, found.flags


@pytest.mark.parametrize(
    "href", ["/nrm?step={}", "https://b.sample.invalid/page-{}", "https://www.b.sample.invalid/?utm_source={}", "#p{}"]
)
def test_where_other_links_lead_is_no_text(href: str) -> None:
    before, after = (f'<p>See <a href="{href.format(n)}">the sample guide</a>.</p>' for n in (4, 5))
    assert differences(before, after) == ()


BANNERS = [
    'class="cc-banner"', 'id="ccc"', 'class="moove_gdpr_infobar"', 'id="iubenda-cs-banner"', 'id="BorlabsCookieBox"',
    'class="cookie-alert"', 'class="c-cookie-prompt"', 'class="ecl-cookie"', 'id="cookieInfo"',
    'class="breadcrumbs"', 'class="c-breadcrumb"', 'id="breadcrumb"',
]  # fmt: skip


@pytest.mark.parametrize("names", BANNERS)
def test_a_banner_and_the_way_to_a_page_are_no_text(names: str) -> None:
    assert differences("", f"<div {names}><p>Sample cookies are set here. Accept</p></div>") == ()


@pytest.mark.parametrize("names", ['class="cookies-page"', 'id="consent"', 'class="consent-form"', 'class="box"'])
def test_a_page_about_consent_is_read(names: str) -> None:
    assert differences("", f"<div {names}><p>A victim must agree.</p></div>") != ()


def test_a_helpline_in_a_box_inside_the_text_is_read() -> None:
    box = '<aside><p>Call <a href="tel:{0}">{0}</a>.</p></aside>'
    (found,) = differences(box.format("0800 0121 700"), box.format("0800 0121 701"))
    assert (found.significance, found.flags) == ("substantive", ("contact",))
    assert differences("<aside><a href='/a'>A page</a></aside>", "<aside><a href='/b'>B page</a></aside>") == ()


RELATED = [
    ("Related content", "<li>A page</li>", "<li>B page of 2015</li>"),
    ("Related links", "", "<li>Modern Slavery Act 2015</li>"),
    ("You may also be interested in", "<li>A</li>", "<li>B</li>"),
    ("Contents", "<li>Referral</li>", "<li>Referral</li><li>Support</li>"),
    ("Cynnwys cysylltiedig", "<li>A</li>", "<li>B</li>"),
    ("Sur le m\xeame sujet", "<li>A</li>", "<li>B</li>"),
    ("Verwandte Themen", "<li>A</li>", "<li>B</li>"),
]


@pytest.mark.parametrize(("heading", "before", "after"), RELATED)
def test_links_beside_the_text_are_editorial(heading: str, before: str, after: str) -> None:
    block = f"<h2>{heading}</h2><ul>{{}}</ul>"
    for one, two in ((block.format(before), block.format(after)), ("", block.format(after))):
        assert {each.significance for each in (*differences(one, two), *differences(two, one))} <= {"editorial"}


@pytest.mark.parametrize(
    "fact", ["Call 0800 0121 701", "Form MS2", "https://b.sample.invalid/nrm", "Fee \xa330", "Version 4", "in 5 days"]
)
def test_a_fact_beside_the_text_is_never_editorial(fact: str) -> None:
    block = "<h2>Related content</h2><ul><li>A page</li>{}</ul>"
    for one, two in ((block.format(""), block.format(f"<li>{fact}</li>")), ("", block.format(f"<li>{fact}</li>"))):
        for found in (*differences(one, two), *differences(two, one)):
            assert found.significance == "substantive", found.path


def test_another_heading_for_the_same_is_a_label() -> None:
    for one, two in (("Contact us", "Contact"), ("Documents", "Downloads"), ("More information", "Find out more")):
        block = "<h2>{}</h2><p>Call 101.</p>"
        (found,) = differences(block.format(one), block.format(two))
        assert found.significance == "editorial"
    (found,) = differences("<h2>Who must refer</h2><p>Police.</p>", "<h2>Who may refer</h2><p>Police.</p>")
    assert found.significance == "substantive"


def test_words_of_a_link_are_looked_at_in_little_time() -> None:
    for words in ("a" * 1_000_000, "form " * 200_000, "-" * 1_000_000):
        page = f'<p><a href="https://b.sample.invalid/nrm">{words}</a></p>'
        started = process_time()
        version(page)
        assert process_time() - started < 2
