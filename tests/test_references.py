"""Numbers of reports: recognised in every spelling, and told apart from mere citations."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.identifiers import editions
from crawler.identifiers.own_identifiers import Reference, Stated, references
from crawler.identifiers.report_numbers import isbn, numbers
from crawler.text import canonical


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("ISBN 978-0-306-40615-7", "isbn", "9780306406157"),
        ("ISBN-10: 0-306-40615-2", "isbn", "9780306406157"),
        ("ISBN 0 8044 2957 X", "isbn", "9780804429573"),
        ("9780306406157", "isbn", "9780306406157"),
        ("doi:10.2813/123456.", "doi", "10.2813/123456"),
        ("https://doi.org/10.2813/AB-12", "doi", "10.2813/ab-12"),
        ("COM(2025) 8 final", "com", "COM(2025)8"),
        ("COM(2025)0008", "com", "COM(2025)8"),
        ("COM (2025) 8", "com", "COM(2025)8"),
        ("COM/2025/8", "com", "COM(2025)8"),
        ("COM(2025) 8 final/2", "com", "COM(2025)8/2"),
        ("SWD(2020) 226 final", "com", "SWD(2020)226"),
        ("JOIN(2021) 30 final", "com", "JOIN(2021)30"),
        ("C(2025) 1234 final", "com", "C(2025)1234"),
        ("ST 12345/24", "council", "ST 12345/24"),
        ("ST-12345-2024-REV-1", "council", "ST 12345/24 REV 1"),
        ("ST 5452 2024 INIT", "council", "ST 5452/24"),
        ("ST 12345/24 ADD 1 COR 2", "council", "ST 12345/24 ADD 1 COR 2"),
        ("PE-CONS 28/24", "council", "PE-CONS 28/24"),
        ("GRETA(2021)12", "coe", "GRETA(2021)12"),
        ("GRETA (2021) 02", "coe", "GRETA(2021)2"),
        ("GREVIO/Inf(2021)12", "coe", "GREVIO/INF(2021)12"),
        ("CM/Rec(2022)21", "coe", "CM/REC(2022)21"),
        ("GRETA(2021)12_Cmnts", "coe", "GRETA(2021)12 cmnts"),
        ("P9_TA(2021)0018", "ep", "P9_TA(2021)0018"),
        ("A9-0123/2021", "ep", "A9-0123/2021"),
        ("OJ L, 2024/1712", "oj", "OJ L 2024/1712"),
        ("OJ L 101, 15.4.2011, p. 1", "oj", "OJ L 101, 2011, p. 1"),
        ("A/RES/55/25", "un", "A/RES/55/25"),
        ("A/HRC/47/34/Add.1", "un", "A/HRC/47/34/Add.1"),
        ("S/RES/2331 (2016)", "un", "S/RES/2331"),
        ("CTOC/COP/WG.4/2013/5", "un", "CTOC/COP/WG.4/2013/5"),
        ("GB.344/INS/5", "ilo", "GB.344/INS/5"),
        ("QL-05-24-123-FR-N", "catalogue", "QL-05-24-123"),
        ("KJ-01-24-123-EN-C", "catalogue", "KJ-01-24-123"),
        ("Cm 9999", "command", "Cm 9999"),
        ("CP 123", "command", "CP 123"),
        ("HC 630, Session 2017-19", "paper", "HC 630 (2017-19)"),
        ("HC 630", "paper", "HC 630"),
        ("HL Paper 12", "paper", "HL Paper 12"),
        ("[2023] UKSC 12", "case", "[2023] UKSC 12"),
        ("[2020] EWHC 123 (Admin)", "case", "[2020] EWHC 123 (Admin)"),
        ("ECLI:EU:C:2021:123", "ecli", "ECLI:EU:C:2021:123"),
    ],
)
def test_a_number_has_one_spelling(text: str, kind: str, value: str) -> None:
    assert [(number.kind, number.value) for number in numbers(canonical(text))] == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "", "2022/0426(COD)", "ISSN 1234-5679", "978-0-306-40615-8", "ISBN 0-306-40615-3", "0306406152", "HC Bill 12",
        "HL 1234", "CP(abc)", "1/2", "24/7", "A/5", "in 2021-2025", "+44 20 7946 0958", "C(12)", "GRETA(21)3",
        "ST 5", "EWCA Crim 12", "9" * 5_000, "978-" * 2_000, "\u0663\u0664\u0665",
        "COM(\uff12\uff10\uff12\uff15) \uff18",
    ],
)  # fmt: skip
def test_what_is_no_number_is_none(text: str) -> None:
    assert numbers(canonical(text)) == ()


def test_a_session_lasts_a_year_or_two_and_is_the_only_one_near() -> None:
    assert [each.value for each in numbers("the EU strategy 2021-2025 (HC 12)")] == ["HC 12"]
    assert [each.value for each in numbers("Sessions 2021-22 and 2022-23 (HC 12)")] == ["HC 12"]
    assert [each.value for each in numbers("Session 2019-21 (HC 12)")] == ["HC 12 (2019-21)"]


@given(st.text(max_size=300))
def test_any_text_is_read_and_places_are_those_of_the_numbers(text: str) -> None:
    plain = canonical(text)
    found = numbers(plain)
    assert all(0 <= one.start < one.end <= len(plain) for one in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert references(Stated(title=text, summary=text, front=text, names=(text, f"url:{text}"))) is not None


@given(st.integers(min_value=10**8, max_value=10**9 - 1))
def test_an_isbn_is_known_in_both_its_lengths_and_by_no_wrong_digit(digits: int) -> None:
    long = next(found for check in range(10) if (found := isbn(f"978{digits}{check}")))
    short = next(found for check in "0123456789X" if (found := isbn(f"{digits}{check}")))
    assert short == long
    assert sum(isbn(f"978{digits}{check}") is not None for check in range(10)) == 1


def _stated(stated: dict[str, str], names: tuple[str, ...] = ()) -> Stated:
    return Stated(
        title=stated.get("title", ""), summary=stated.get("summary", ""), front=stated.get("front", ""), names=names
    )


def own(**stated: str) -> list[str]:
    return [each.value for each in references(_stated(stated))]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Reducing modern slavery (HC 630)", ["HC 630"]),
        ("Human trafficking: First Report of Session 2023-24 (HC 124)", ["HC 124 (2023-24)"]),
        ("GRETA(2021)12 - Report on Sampleland", ["GRETA(2021)12"]),
        ("Report on Sampleland \u2013 GRETA(2021)12", ["GRETA(2021)12"]),
        ("Sample v Sample [2023] UKSC 12", []),
        ("Sample v Sample: [2023] UKSC 12", ["[2023] UKSC 12"]),
        ("Joint report, HL Paper 12 / HC 345", []),
        ("Government response to HC 630", []),
        ("Response to the report (HC 630)", []),
        ("Oral evidence: the Commissioner, HC 503", []),
        ("Explanatory Memorandum to COM(2021)171 - EU Strategy", []),
        ("Opinion on COM(2021) 171 final", []),
        ("What COM(2021) 171 means for us", []),
        ("Report in the light of COM(2021) 171 and SWD(2021) 172", []),
        ("Briefing: COM(2021) 171", []),
    ],
)
def test_a_title_states_its_own_number_apart(title: str, found: list[str]) -> None:
    assert own(title=title) == found


@pytest.mark.parametrize(
    ("summary", "found"),
    [
        ("COM(2021) 171 final. Trafficking destroys lives.", ["COM(2021)171"]),
        ("Our report. ISBN: 978-0-306-40615-7.", ["9780306406157"]),
        ("We answer COM(2021) 171 final and thank its authors.", []),
        ("Read more in GRETA(2021)12.", []),
        ("Replaces COM(2021) 171.", []),
    ],
)
def test_a_summary_states_a_number_that_is_a_sentence(summary: str, found: list[str]) -> None:
    assert own(summary=summary) == found


@pytest.mark.parametrize(
    ("front", "found"),
    [
        ("EUROPEAN COMMISSION\nBrussels, 20.1.2025\nCOM(2025) 8 final\n2025/0002 (COD)", ["COM(2025)8"]),
        ("EUROPEAN COMMISSION Brussels, 20.1.2025 COM(2025) 8 final REPORT FROM THE COMMISSION", ["COM(2025)8"]),
        ("GRETA(2021)12\nReport\nPublished on 20 October 2021", ["GRETA(2021)12"]),
        ("Presented to Parliament by Command of His Majesty\nMarch 2025\nCP 123", ["CP 123"]),
        ("HC 630\nSession 2017-19", ["HC 630"]),
        ("HC 630 Session 2017-19", ["HC 630 (2017-19)"]),
        ("ISBN 978-0-306-40615-7 (PDF)\nISBN 0-8044-2957-X (print)", ["9780306406157", "9780804429573"]),
        ("A report on samples, ISBN 978-0-306-40615-7, was printed in London for everybody.", ["9780306406157"]),
        ("No. prev. doc.: ST 6543/24\nST 7123/24", ["ST 7123/24"]),
        ("No. Cion doc.: COM(2022) 732 final", []),
        ("COM(2021) 171 final\nCOM(2022) 732 final", []),
        ("We have read COM(2021) 171 final with interest.", []),
        ("COM(2021) 171 final was adopted in April by a body that is not ours.", []),
        ("A/HRC/47/34\nGeneral Assembly\nDistr.: General", ["A/HRC/47/34"]),
        ("x\n" * 2_000 + "COM(2021) 171 final", []),
    ],
)
def test_the_first_lines_state_a_number_by_itself(front: str, found: list[str]) -> None:
    assert own(front=front) == found


def test_a_response_has_its_own_book_number_but_none_of_the_paper_it_answers() -> None:
    found = own(title="Government response to a report", front="HC 630\nISBN 978-0-306-40615-7\nCM/Rec(2022)21")
    assert found == ["9780306406157"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("celex:52020DC0661", {"celex:52020DC0661", "COM(2020)661"}),
        ("celex:52011SC0660", {"celex:52011SC0660", "SEC(2011)660"}),
        ("celex:52020SC0226", {"celex:52020SC0226", "SWD(2020)226"}),
        ("celex:52025PC0008(01)", {"celex:52025PC0008(01)"}),
        ("eli:dir/2011/36/oj", {"celex:32011L0036"}),
        ("uksi/2015/1833", {"uksi/2015/1833"}),
        ("isbn:9780306406157", {"9780306406157"}),
        ("isbn:9780306406158", set()),
        ("greta:GBR-REP-3-2021-12", {"GRETA(2021)12"}),
        ("greta:LIE-REP-3-2025-", set()),
        ("ep:TA-9-2021-0018", {"P9_TA(2021)0018"}),
        ("ep:A-9-2021-0123", {"A9-0123/2021"}),
        ("A9-0123/2021", {"A9-0123/2021"}),
        ("procedure:2022/0426", set()),
        ("govuk:00000000-0000-4000-8000-000000000001", set()),
        ("url:https://eur-lex.europa.eu/eli/dir/2011/36/oj", {"celex:32011L0036"}),
        ("url:https://data.sample.invalid/doc/document/ST-5452-2024-INIT/en/pdf", {"ST 5452/24"}),
        ("url:https://a.sample.invalid/files/CP_123.pdf", {"CP 123"}),
        ("url:https://a.sample.invalid/files/9780306406157-en-web.pdf", {"9780306406157"}),
        ("url:https://a.sample.invalid/files/response-to-CP_123.pdf", set()),
        ("url:https://[broken/CP_123.pdf", set()),
    ],
)  # fmt: skip
def test_a_name_says_what_it_is(name: str, found: set[str]) -> None:
    assert {each.value for each in references(Stated(title="", names=(name,)))} == found


def strength(**stated: str) -> dict[str, bool]:
    names = tuple(filter(None, (stated.pop("name", ""),)))
    return {each.value: each.strong for each in references(_stated(stated, names))}


def test_what_comes_again_is_weak() -> None:
    assert strength(title="A report (HC 630)") == {"HC 630": False}
    assert strength(title="A report, Session 2017-19 (HC 630)") == {"HC 630 (2017-19)": True}
    assert strength(title="A paper (CP 123)") == {"CP 123": False}
    assert strength(title="A paper (CP 123)", front="Presented by Command of His Majesty") == {"CP 123": True}
    assert strength(title="The Regulations (S.I. 2015/1833)") == {"uksi/2015/1833": False}
    assert strength(title="The Regulations", name="uksi/2015/1833") == {"uksi/2015/1833": True}
    assert strength(name="url:https://a.sample.invalid/COM_2025_8.pdf") == {"COM(2025)8": False}


def test_a_number_stated_twice_is_as_strong_as_it_is_anywhere() -> None:
    stated = Stated(title="The Regulations (S.I. 2015/1833)", names=("uksi/2015/1833",))
    assert references(stated) == (Reference(kind="law", value="uksi/2015/1833", strong=True, place="identifier"),)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Annual report 2024", "Annual report 2025"),
        ("Second report", "Third report"),
        ("Premier rapport", "Deuxième rapport"),
        ("Report, Part I", "Report, Part II"),
        ("Guidance (version 3.8)", "Guidance (version 3.9)"),
        ("Report", "Report: annex"),
        ("Report", "Corrigendum to the report"),
        ("Report", "Rapport: résumé"),
        ("Report", "Reply to the report"),
        ("Report", "Easy read: report"),
    ],
)
def test_titles_speak_against_one_work(one: str, other: str) -> None:
    assert editions.apart(one, other) and editions.apart(other, one)
    assert not editions.same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Third evaluation report", "Troisième rapport d\u2019évaluation"),
        ("Executive summary", "Zusammenfassung"),
        ("Report", "Report 2024"),
        ("Report COM(2025) 8 final", "Report COM(2025)0008"),
    ],
)
def test_titles_that_may_be_of_one_work(one: str, other: str) -> None:
    assert not editions.apart(one, other)


@given(st.text(max_size=80), st.text(max_size=80))
def test_titles_are_compared_the_same_way_round(one: str, other: str) -> None:
    assert editions.apart(one, other) == editions.apart(other, one)
    assert editions.alike(one, other) == editions.alike(other, one)
    assert not editions.apart(one, one)
