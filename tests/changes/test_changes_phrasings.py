"""Further ways of writing what is never editorial, and what always is: clocks, levels, names of fields."""

from typing import Any

import pytest

from crawler.changes import compare
from crawler.changes.facts import facts
from crawler.changes.number_words import in_figures
from crawler.model import Representation, Section, Version
from tests.changes.test_changes_significance import changed

NEVER = [
    ("time limit", "within 5 working days", "within ten working days"),
    ("time limit", "no later than five days after", "no later than fifteen days after"),
    ("time limit", "at least once a year", "at least twice a year"),
    ("time limit", "once a month", "every two months"),
    ("time limit", "daily", "weekly"),
    ("time limit", "annually", "quarterly"),
    ("time limit", "every year", "every other year"),
    ("time limit", "each month", "each quarter"),
    ("time limit", "a 45 day recovery period", "a 30 day recovery period"),
    ("time limit", "45-calendar-day", "30-calendar-day"),
    ("time limit", "45 (forty-five) days", "30 (thirty) days"),
    ("time limit", "by close of business", "by noon"),
    ("time limit", "by midday", "by midnight"),
    ("time limit", "as soon as reasonably practicable", "within 28 days"),
    ("time limit", "without delay", "as soon as possible"),
    ("time limit", "the same day", "the next working day"),
    ("time limit", "next working day", "second working day"),
    ("time limit", "Monday to Friday", "Monday to Saturday"),
    ("time limit", "9am to 5pm", "8am to 6pm"),
    ("time limit", "09:00-17:00", "08:00-18:00"),
    ("time limit", "24 hours a day, 7 days a week", "12 hours a day, 5 days a week"),
    ("time limit", "24/7", "Monday to Friday"),
    ("time limit", "two-week period", "three-week period"),
    ("time limit", "a period of six months", "a period of 12 months"),
    ("time limit", "72hrs", "48hrs"),
    ("time limit", "48 hrs", "72 hrs"),
    ("time limit", "30 mins", "45 mins"),
    ("time limit", "for at least one week", "for at least one fortnight"),
    ("money", "\xa325", "\xa330"),
    ("money", "\xa325 per application", "\xa330 per application"),
    ("money", "\xa325.00", "\xa325.50"),
    ("money", "GBP 25", "GBP 30"),
    ("money", "25 GBP", "30 GBP"),
    ("money", "EUR 1 200", "EUR 1 300"),
    ("money", "1.200,00 \u20ac", "1.300,00 \u20ac"),
    ("money", "a fee of twenty-five pounds", "a fee of thirty pounds"),
    ("money", "two per cent", "three per cent"),
    ("money", "2.5pc", "3pc"),
    ("money", "free", "\xa320"),
    ("money", "free of charge", "a charge applies"),
    ("money", "no fee", "a fee"),
    ("money", "\xa336m", "\xa340m"),
    ("money", "level 3 on the standard scale", "level 4 on the standard scale"),
    ("contact", "ext. 4512", "ext. 4513"),
    ("contact", "extension 4512", "extension 4513"),
    ("contact", "x4512", "x4513"),
    ("contact", "Tel 020 7946 0000 ext 4", "Tel 020 7946 0000 ext 5"),
    ("contact", "option 2", "option 3"),
    ("contact", "press 1 for help", "press 2 for help"),
    ("contact", "SW1P 4DF", "SW1P 4DG"),
    ("contact", "M60 0AB", "M60 0AC"),
    ("contact", "BT1 1AA", "BT1 1AB"),
    ("contact", "nrm@homeoffice.gov.uk", "nationalreferralmechanism@modernslavery.gov.uk"),
    ("contact", "nrm [at] police.uk", "ref [at] police.uk"),
    ("contact", "0800 0121 700 (UK)", "0800 0121 707 (UK)"),
    ("contact", "08000 121 700", "0300 123 2040"),
    ("contact", "+44 (0)20 7946 0000", "+44 (0)20 7946 0009"),
    ("contact", "Textphone 18001 0800 0121 700", "Textphone 18002 0800 0121 700"),
    ("contact", "2 Marsham Street", "4 Marsham Street"),
    ("contact", "Peel Building, 2 Marsham Street, London", "Fry Building, 2 Marsham Street, London"),
    ("contact", "WhatsApp 07700 900123", "WhatsApp 07700 900124"),
    ("contact", "@UNSEENUK", "@Unseen_UK"),
    ("form", "form MS1 v2", "form MS1 v3"),
    ("form", "Form SLP1", "Form SLP2"),
    ("form", "form N244", "form N245"),
    ("form", "Annex A form", "Annex B form"),
    ("form", "form FLR(DL)", "form FLR(HRO)"),
    ("form", "form FLR(M)", "form FLR(FP)"),
    ("form", "use the NRM referral form", "use the Duty to Notify form"),
    ("form", "nrm-form.docx", "nrm-form.odt"),
    ("form", "the MS1 digital form", "the MS1 paper form"),
    ("link", "modernslavery.gov.uk", "modernslavery.service.gov.uk"),
    ("link", "https://a.example.org/x?id=1", "https://a.example.org/x?id=2"),
    ("link", "www.gov.uk/report", "www.gov.uk/report-it"),
    ("link", "gov.uk/guidance/a", "gov.uk/guidance/b"),
    ("link", "unseen.charity", "unseen.help"),
    ("link", "helpline.example", "helplines.example"),
    ("link", "bit.ly/3abc", "bit.ly/3abd"),
    ("link", "the Modern Slavery Portal", "the Home Office Portal"),
    ("version number", "Version 3.8", "Version 3.9"),
    ("version number", "v3.8", "v3.10"),
    ("version number", "version three", "version four"),
    ("version number", "3rd edition", "4th edition"),
    ("version number", "Edition 3", "Edition 4"),
    ("version number", "Draft 2", "Draft 3"),
    ("version number", "Release 2.1", "Release 2.2"),
    ("version number", "VERSION: 4.0", "VERSION: 5.0"),
    ("version number", "Version no. 4", "Version no. 5"),
    ("date", "by 1 April 2026", "by 1 May 2026"),
    ("date", "by 01/04/26", "by 01/05/26"),
    ("date", "1st of April", "1st of May"),
    ("date", "from April 2026", "from May 2026"),
    ("date", "31 March", "30 March"),
    ("date", "1.4.2026", "1.5.2026"),
    ("date", "Easter 2026", "Easter 2027"),
    ("date", "spring 2026", "autumn 2026"),
    ("date", "in Q1 2026", "in Q2 2026"),
    ("number", "aged 18 or over", "aged 16 or over"),
    ("number", "at least three adults", "at least four adults"),
    ("number", "more than 250 employees", "more than 500 employees"),
    ("number", "Part III", "Part IV"),
    ("number", "Schedule II", "Schedule III"),
    ("number", "section 45", "section 45A"),
    ("number", "one of the following", "two of the following"),
    ("number", "all of the following", "any of the following"),
    ("number", "a third", "a quarter"),
    ("number", "twice", "once"),
    ("duty word", "are required to", "are encouraged to"),
    ("duty word", "need to", "have to"),
    ("duty word", "is expected to", "is required to"),
    ("duty word", "ought to", "must"),
    ("duty word", "can", "cannot"),
    ("duty word", "is prohibited", "is permitted"),
    ("duty word", "is entitled to", "may be entitled to"),
    ("negation", "is eligible", "is ineligible"),
    ("negation", "with consent", "without consent"),
    ("negation", "lawful", "unlawful"),
    ("negation", "only if", "if"),
    ("negation", "excluding children", "including children"),
]
"""Flag, words before, words after."""

EDITORIAL = [
    ("Last updated: 14/03/24", "Last updated: 15/04/24"),
    ("Last updated: Monday 3 May 2024", "Last updated: Tuesday 4 May 2024"),
    ("Page last reviewed: 02 May 2023", "Page last reviewed: 03 May 2024"),
    (
        "Page last reviewed: 02 May 2023 Next review due: 02 May 2026",
        "Page last reviewed: 03 May 2024 Next review due: 03 May 2027",
    ),
    ("Last update: 3 May 2024", "Last update: 4 May 2024"),
    ("Date last modified: 03.05.2024", "Date last modified: 04.05.2024"),
    ("Diweddarwyd ddiwethaf: 3 Mai 2024", "Diweddarwyd ddiwethaf: 4 Mai 2024"),
    ("Derni\xe8re mise \xe0 jour le 3 mai 2024", "Derni\xe8re mise \xe0 jour le 4 juin 2024"),
    ("Mis \xe0 jour le 3 mai 2024", "Mis \xe0 jour le 4 juin 2024"),
    ("Zuletzt aktualisiert am 3. Mai 2024", "Zuletzt aktualisiert am 4. Juni 2024"),
    ("Stand: 03.05.2024", "Stand: 04.06.2024"),
    ("Laatst bijgewerkt op 3 mei 2024", "Laatst bijgewerkt op 4 juni 2024"),
    ("\xdaltima actualizaci\xf3n: 3 de mayo de 2024", "\xdaltima actualizaci\xf3n: 4 de junio de 2024"),
    ("\xa9 Crown copyright 2024", "\xa9 Crown copyright 2025"),
    ("Crown copyright 2024", "Crown copyright 2025"),
    ("\xa9 2019-2024 Unseen", "\xa9 2019-2025 Unseen"),
    ("Copyright \xa9 2024", "Copyright \xa9 2025"),
    ("Page 3 of 12", "Page 3 of 13"),
    ("Share on Twitter", "Share on X"),
    ("Was this page helpful? Yes No", "Is this page useful?"),
    ("Tel: 101", "Telephone: 101"),
    ("Phone number: 0800 0121 700", "Tel.: 0800 0121 700"),
    ("E-mail: a@b.example", "Email address: a@b.example"),
    ("Website: www.unseenuk.org", "Web: www.unseenuk.org"),
    ("Accept all cookies", "Cookie settings"),
    ("within 5 working days", "within five working days"),
    ("thirty-five (35) days", "35 days"),
    ("Call 0800 0121\n700", "Call 0800 0121 700"),
    ("traffick-\ning", "trafficking"),
    ("0800 0121 700", "08000 121700"),
    ("5 min read", "6 min read"),
    ("SECTION 45", "Section 45"),
    ("It starts on 3rd May 2026.", "It starts on 3 May 2026."),
    ("\xa31,000", "\xa31000"),
    ("Last updated 2 days ago", "Last updated today"),
    ("Last updated 3 May 2024 at 9am", "Last updated 4 May 2024 at 10am"),
    ("Wedi'i ddiweddaru: 3 Mai 2024", "Wedi\u2019i ddiweddaru: 4 Mehefin 2024"),
    ("Tudalen wedi'i diweddaru ddiwethaf: 3 Mai 2024", "Tudalen wedi'i diweddaru ddiwethaf: 4 Mai 2024"),
    ("Dyddiad cyhoeddi: 3 Mai 2024", "Dyddiad cyhoeddi: 4 Mai 2024"),
    ("Derni\xe8re modification : 03/05/2024", "Derni\xe8re modification : 04/06/2024"),
    ("Date de mise \xe0 jour : 3 mai 2024", "Date de mise \xe0 jour : 4 juin 2024"),
    ("Letzte \xc4nderung: 3. Mai 2024", "Letzte \xc4nderung: 4. Juni 2024"),
    ("Stand: Mai 2024", "Stand: Juni 2024"),
    ("Zuletzt ge\xe4ndert am 03.05.2024 um 10:00 Uhr", "Zuletzt ge\xe4ndert am 04.06.2024 um 11:30 Uhr"),
    ("Laatste wijziging: 3 mei 2024", "Laatste wijziging: 4 juni 2024"),
    ("Guide", "Guide (opens in new tab)"),
    ("Guide", "Guide (external link)"),
    ("Back to top", "Return to top of page"),
    ("We use cookies to make this site work. Accept all", ""),
    ("Views: 1,204", "Views: 1,305"),
    ("Tel 101", "Telephone 101"),
    ("Police & councils", "Police and councils"),
    ("www.unseen.example", "https://www.unseen.example/"),
    ("http://unseen.example/help/", "https://unseen.example/help"),
    ("Published by: the office", "Publisher: the office"),
]
"""A page's own date in the languages that are read, labels, names of fields, numbers in words, broken lines."""

KINDS: tuple[Representation, ...] = ("html", "pdf", "structured")


@pytest.mark.parametrize(("flag", "before", "after"), NEVER)
def test_a_changed_fact_is_never_editorial(flag: str, before: str, after: str) -> None:
    for left, right in (("", ""), ("If you see this, ", " and wait for an answer.")):
        for one, two in ((before, after), (after, before)):
            for kind in KINDS:
                found = changed(left + one + right, left + two + right, kind)
                assert found.significance == ("legal effect" if kind == "structured" else "substantive")
                assert flag in found.flags, found.flags


def version(text: str, kind: Representation) -> Version:
    section = Section(path="apply", text=text)
    return Version(document="d", title="Sample", sections=(section,), representation=kind)


@pytest.mark.parametrize(("before", "after"), EDITORIAL)
def test_form_alone_is_editorial(before: str, after: str) -> None:
    for one, two in ((before, after), (after, before)):
        for kind in KINDS:
            found = compare(version(f"Sample words stay. {one}", kind), version(f"Sample words stay. {two}", kind))
            assert [(each.significance, set(each.flags) - {"list"}) for each in found] in ([], [("editorial", set())])


def test_a_date_in_a_list_of_a_law_is_no_copyright() -> None:
    assert changed("(b) 2014; (c) 2015", "(b) 2014; (c) 2016").significance == "substantive"
    assert changed("\u00a9 2015 Sample", "\u00a9 2016 Example").significance == "editorial"


def test_a_number_in_words_that_became_another_is_told() -> None:
    assert "time limit" in changed("within five working days", "within 6 working days").flags
    assert changed("within five working days", "within 5 working days").significance == "editorial"
    assert in_figures("twenty-one of ninety (90) and none of ten (12)") == "21 of 90 and none of 10 (12)"


def test_another_number_before_a_heading_is_form_but_in_a_law() -> None:
    base: dict[str, Any] = {"path": "duty", "heading": "Duty", "text": "Refer victims."}
    cases: tuple[tuple[Representation, str], ...] = (
        ("html", "editorial"),
        ("pdf", "editorial"),
        ("structured", "legal effect"),
    )
    for kind, said in cases:
        old, new = (
            Version(document="d", title="Sample", sections=(Section(number=number, **base),), representation=kind)
            for number in ("2", "3")
        )
        (found,) = compare(old, new)
        assert found.significance == said


def test_marks_behind_an_address_are_none_of_it() -> None:
    (found,) = facts("Use the form (b.sample.uk/nrm).")
    assert (found.value, found.end) == ("b.sample.uk/nrm", len("Use the form (b.sample.uk/nrm"))
