"""What is never editorial, however little changed: every kind of fact in the ways of writing that pages have."""

import pytest

from tests.changes.test_changes_significance import changed

NEVER = [
    ("contact", "Call 08000 121 700 now", "Call 08000 121 701 now"),
    ("contact", "Call 0121 496 0000 now", "Call 0121 496 0001 now"),
    ("contact", "Call +44 20 7946 0000 now", "Call +44 20 7946 0001 now"),
    ("contact", "Call (020) 7946 0000 now", "Call (020) 7946 0001 now"),
    ("contact", "Call +31 (0)70 448 5000 now", "Call +31 (0)70 448 5001 now"),
    ("contact", "Call 01 666 9180 now", "Call 01 666 9181 now"),
    ("contact", "Call +33 1 23 45 67 89 now", "Call +33 1 23 45 67 80 now"),
    ("contact", "Call 01.23.45.67.89 now", "Call 01.23.45.67.80 now"),
    ("contact", "Call 030/12345678 now", "Call 030/12345679 now"),
    ("contact", "Call 0049-30-123456 now", "Call 0049-30-123457 now"),
    ("contact", "Call 800 290 290 now", "Call 800 290 291 now"),
    ("contact", "Call 900 10 10 90 now", "Call 900 10 10 91 now"),
    ("contact", "Call 22 628 01 20 now", "Call 22 628 01 21 now"),
    ("contact", "Call 1-888-373-7888 now", "Call 1-888-373-7889 now"),
    ("contact", "Call 888 373 7888 now", "Call 888 373 7880 now"),
    ("contact", "Call 101 if it is not urgent", "Call 111 if it is not urgent"),
    ("contact", "Dial 999 now", "Dial 112 now"),
    ("contact", "In an emergency call 999.", "In an emergency call 112."),
    ("contact", "Call 116 000 now", "Call 116 006 now"),
    ("contact", "Text 61016 now", "Text 61017 now"),
    ("contact", "Telephone: 999", "Telephone: 112"),
    ("contact", "phone number 1 12", "phone number 1 16"),
    ("contact", "call 0300 123 2040 ext 12", "call 0300 123 2040 ext 13"),
    ("contact", "help@unseen.example.org", "help@unseen.example.net"),
    ("contact", "Modern.Slavery@police.invalid", "nrm@police.invalid"),
    ("contact", "at London SW1A 2AA", "at London SW1P 4DF"),
    ("contact", "Dublin D02 X285", "Dublin D02 X286"),
    ("contact", "2595 AM Den Haag", "2595 AN Den Haag"),
    ("contact", "PO Box 12345", "PO Box 12346"),
    ("contact", "Eisenhowerlaan 73, 2517 KK The Hague", "Eisenhowerlaan 75, 2517 KK The Hague"),
    ("contact", "Rue de la Loi 200", "Rue de la Loi 201"),
    ("form", "Use form MS1", "Use form MS1A"),
    ("form", "the NRM form (MS1)", "the NRM form (MS2)"),
    ("form", "Complete the MS1 form", "Complete the MS2 form"),
    ("form", "nrm-form.pdf", "nrm-form.docx"),
    ("form", "NRM form .pdf", "NRM form .docx"),
    ("form", "nrm form v3.pdf", "nrm form v4.pdf"),
    ("form", "download the form (PDF)", "download the form (Word)"),
    ("form", "the PDF form", "the online form"),
    ("form", "form SAR 2", "form SAR 3"),
    ("link", "www.modernslavery.gov.uk/start", "www.modernslavery.gov.uk/begin"),
    ("link", "https://www.modernslavery.gov.uk", "https://www.report-slavery.gov.uk"),
    ("link", "modernslavery.gov.uk", "modern-slavery.gov.uk"),
    ("link", "on anti-slavery.sample.charity/help", "on anti-slavery.sample.charity/helps"),
    ("link", "portal.sample.eu/NRM", "portal.sample.eu/nrm"),
    ("money", "fee of \xa31,500", "fee of \xa31,600"),
    ("money", "a fee of 25.50 euros", "a fee of 25.60 euros"),
    ("money", "\u20ac 1.500", "\u20ac 1.600"),
    ("money", "fee of 50p", "fee of 60p"),
    ("money", "free of charge", "\xa35"),
    ("money", "a fee of ten pounds", "a fee of twelve pounds"),
    ("money", "15%", "20%"),
    ("version number", "Version 3.8", "Version 3.9"),
    ("version number", "v3.8", "v 3.9"),
    ("version number", "version 14", "version 14.1"),
    ("version number", "Issue 2", "Issue 3"),
    ("version number", "Version 3.8 (PDF)", "Version 3.9 (PDF)"),
    ("version number", "Second edition", "Third edition"),
    ("version number", "rev. 2", "rev. 3"),
    ("time limit", "within 5 days", "within 14 days"),
    ("time limit", "within five days", "within seven days"),
    ("time limit", "within 45 calendar days", "within 30 calendar days"),
    ("time limit", "within 24 hours", "within 48 hours"),
    ("time limit", "within 30 days", "within a month"),
    ("time limit", "a day later", "two days later"),
    ("time limit", "half an hour", "an hour"),
    ("time limit", "two (2) working days", "three (3) working days"),
    ("time limit", "by 5pm", "by 4pm"),
    ("time limit", "within one working day", "within one day"),
    ("time limit", "immediately", "within 24 hours"),
    ("time limit", "before 17:00", "before 16:00"),
    ("time limit", "a fortnight", "a month"),
    ("time limit", "90 days", "90 weeks"),
    ("duty word", "they may refer", "they must refer"),
    ("duty word", "May refer", "Must refer"),
    ("duty word", "should refer", "shall refer"),
    ("duty word", "is required to refer", "may refer"),
    ("duty word", "must refer", "can refer"),
    ("negation", "is liable", "is not liable"),
    ("negation", "isn't liable", "is liable"),
    ("negation", "unless she consents", "if she consents"),
    ("negation", "without consent", "with consent"),
    ("list", "(a) one; (b) two", "(a) one; (b) two; (c) three"),
    ("list", "one\n\u2022 two\n\u2022 three", "one\n\u2022 two"),
]
"""Flag, words before, words after: telephone numbers of several countries, short codes, addresses, forms, portals,
fees, versions, time limits, duties, negations, lists."""

EDITORIAL = [
    ("Updated 3 May 2024", "Updated 9 June 2025"),
    ("Last updated: 3 May 2024", "Last updated: 2024-06-09"),
    ("Last Updated: 3 rd May 2024", "Last Updated: 27th June 2024"),
    ("This page was last reviewed on 3 May 2024", "This page was last reviewed on 4 May 2024"),
    ("Published 3 May 2024", ""),
    ("Is this page useful?", "Get emails about this page"),
    ("Print this page", "Share this page"),
    ("Report a problem with this page", "Help us improve GOV.UK"),
    ("Call 0800 0121 700", "Call 08000 121700"),
    ("Call 116 000", "Call 116000"),
    ("NRM Form", "NRM form"),
    ("Referral \u2013 what to do", "Referral - what to do:"),
    ("Who acts: police", "Who acts - police."),
]
"""A label, a footer, a date of update, letters and marks."""

AROUND = ("", "If you see this, "), ("", " and wait for an answer from us.")


@pytest.mark.parametrize(("flag", "before", "after"), NEVER)
def test_a_changed_fact_is_never_editorial(flag: str, before: str, after: str) -> None:
    for left, right in zip(*AROUND, strict=True):
        for one, two in ((before, after), (after, before)):
            found = changed(left + one + right, left + two + right)
            assert found.significance == "substantive" and flag in found.flags, found.flags


@pytest.mark.parametrize(("before", "after"), EDITORIAL)
def test_form_alone_is_editorial(before: str, after: str) -> None:
    for one, two in ((before, after), (after, before)):
        found = changed(f"Sample words stay. {one}", f"Sample words stay. {two}")
        assert (found.significance, set(found.flags) - {"list"}) == ("editorial", set())


def test_a_changed_fact_in_a_long_text_is_seen() -> None:
    words = "Sample words that stay as they are. " * 4000
    found = changed(f"{words}Call 116 000.{words}", f"{words}Call 116 006.{words}")
    assert (found.significance, found.flags) == ("substantive", ("contact",))
