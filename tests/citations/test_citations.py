"""The reader of citations: shapes, short forms, what it refuses, how it scores, and that its time is linear."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.identifiers import citations
from crawler.identifiers.citations import Reader
from tests.citations import evaluate

OWN = sorted(Path(__file__).parent.glob("*.jsonl"))
SHARED = Path(__file__).parents[2] / "../shared/law/citations.jsonl"


def _told(text: str, subject: str = "") -> list[tuple[str, ...]]:
    return [(found.document, *found.provisions) for found in citations(text, subject=subject)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Under the Modern Slavery Act 2015 (c. 30), s. 54(2)", [
            ("ukpga/2015/30",), ("ukpga/2015/30", "section-54-2")]),
        ("S.I. 2015 No. 1816 (C. 112) (W. 5)", [("wsi/2015/1816",)]),
        ("S.S.I. 2018/90; S.R. 2015/376; S.R. 1970/1; S.I. 1990/1504 (N.I. 9)", [
            ("ssi/2018/90",), ("nisr/2015/376",), ("nisro/1970/1",), ("nisi/1990/1504",)]),
        ("2015 c. 2 (N.I.), 2015 asp 12", [("nia/2015/2",), ("asp/2015/12",)]),
        ("sections 1, 2A and 47 to 49", [("", "section-1", "section-2A", "section-47..section-49")]),
        ("paragraph 3(1)(b) of Schedule 2 to the Gangmasters (Licensing) Act 2004", [
            ("ukpga/2004/11", "schedule-2-paragraph-3-1-b")]),
        ("Sch. 5 of the Theft Act 1968", [("ukpga/1968/60", "schedule-5")]),
        ("Chapter 4 of Part 3 of the Childcare Act 2006", [("ukpga/2006/21", "part-3-chapter-4")]),
        ("sections 40 et seq. of the Theft Act 1968; ss 52ff Theft Act 1968", [
            ("ukpga/1968/60", "section-40"), ("ukpga/1968/60", "section-52")]),
        ("Immigration Act 2016, Pt 1 Ch 1", [("ukpga/2016/19",), ("ukpga/2016/19", "part-1-chapter-1")]),
        ("Dirs 96/9/EC and 2001/29/EC; Dir (EU) 2024/1712", [
            ("celex:31996L0009",), ("celex:32001L0029",), ("celex:32024L1712",)]),
        ("Sample v Greece, app. 1884/15", [("echr-app:1884/15",)]), ("The planning app 12345/20", []),
        ("Directives 96/9/EC and 2001/29/EC", [("celex:31996L0009",), ("celex:32001L0029",)]),
        ("the Sample Fees Regulations 2016 (S.I. 2016/339). Regulation 4 of the Sample Fees Regulations 2016", [
            ("uksi/2016/339",), ("uksi/2016/339", "regulation-4")]),
        ("https://www.gov.uk/government/publications, https://www.gov.uk/guidance/a-sample", [
            ("https://www.gov.uk/guidance/a-sample",)]),
        ("gov.uk/guidance/a-sample, visas.service.gov.uk/guidance/another", [("https://www.gov.uk/guidance/a-sample",)]),
        ("https://www.legislation.gov.uk/ukpga/2015/30/section/45", [("ukpga/2015/30", "section-45")]),
        ("the 2015 Act, before the Modern Slavery Act 2015; the 2015 Act; the 2014 Act", [
            ("ukpga/2015/30",), ("ukpga/2015/30",), ("ukpga/2015/30",)]),
        ("the Modern Slavery Act 2015 and the Serious Crime Act 2015; section 1 of the 2015 Act", [
            ("ukpga/2015/30",), ("ukpga/2015/9",), ("", "section-1")]),
        ("the Human Rights Act 1998 (“the HRA”); section 6 of the HRA", [
            ("ukpga/1998/42",), ("ukpga/1998/42", "section-6")]),
        ("Modern Slavery Act 2015. See section 5 of the guidance", [("ukpga/2015/30",), ("", "section-5")]),
        ("Regulation (EU) 2019/2013, Regulation (EU) No 1026/2012", [("celex:32019R2013",), ("celex:32012R1026",)]),
        ("the Police Act 1996. https://a.example/COM_2022_732_FIN.pdf, COM(2022) 732", [
            ("ukpga/1996/16",), ("com:2022/732",), ("com:2022/732",)]),
        ("paragraph 4 of Article 9; Rule 21 \u2013 paragraph 2; article 5, paragraph 3 of Schedule 2", [
            ("", "article-9-4"), ("", "rule-21-2"), ("", "article-5", "schedule-2-paragraph-3")]),
        ("subsections (3) and (4) of section 2 of the Theft Act 1968; point (a) of Article 4(1)", [
            ("ukpga/1968/60", "section-2-3", "section-2-4"), ("", "article-4-1-a")]),
        ("the Education Act 1997 (c. 44), Sch. 7, para. 30, the Police Act 1996, s. 2", [
            ("ukpga/1997/44",), ("ukpga/1997/44", "schedule-7-paragraph-30"), ("ukpga/1996/16",),
            ("ukpga/1996/16", "section-2")]),
        ("the Modern Slavery Act 2015 (section 54); Article 15 of the Istanbul Convention; TFEU/art 294", [
            ("ukpga/2015/30",), ("ukpga/2015/30", "section-54"), ("cets:210", "article-15"), ("eu:tfeu",),
            ("eu:tfeu", "article-294")]),
        ("articles 7 to 9 of MAR (Regulation (EU) 596/2014), Article 24(2) eIDAS (Regulation (EU) No 910/2014)", [
            ("celex:32014R0596", "article-7..article-9"), ("celex:32014R0596",), ("celex:32014R0910", "article-24-2"),
            ("celex:32014R0910",)]),
        ("the Data Protection Act 2018 (DPA 2018): s 142 DPA, Sch 2, Pt 1, para 2 of the DPA, and annex IV.", [
            ("ukpga/2018/12",), ("ukpga/2018/12",), ("ukpga/2018/12", "section-142"),
            ("ukpga/2018/12", "schedule-2-paragraph-2"), ("", "annex-IV")]),
        ("[2011] OJ L101/1; OJ L, 2024/1712; OJ No. L145, 11.6.88, p. 35; VCL (2021) 73 EHRR 9; train CP 24", [
            ("oj:OJ L 101, 2011, p. 1",), ("oj:OJ L 2024/1712",), ("oj:OJ L 145, 1988, p. 35",),
            ("echr-report:(2021) 73 EHRR 9",)]),
        ("Final Report (CP 100, May 2019); Cm 9595; HC 12 of Session 2017-19; GRETA (2021) 12; TFEU 187", [
            ("command:CP 100",), ("command:Cm 9595",), ("paper:HC 12 (2017-19)",), ("coe:GRETA(2021)12",),
            ("eu:tfeu", "article-187")]),
        ("Theft Act 1968, ss 8 and 10; Sch 1, paras 1-4; section 3 of the report.\n2 ibid, s 15; s 4 Fraud Act 2006", [
            ("ukpga/1968/60",), ("ukpga/1968/60", "section-8", "section-10"),
            ("ukpga/1968/60", "schedule-1-paragraph-1..schedule-1-paragraph-4"), ("", "section-3"),
            ("ukpga/1968/60", "section-15"), ("ukpga/2006/35", "section-4")]),
        ("STATUTORY INSTRUMENTS\n1985 No. 566 (L. 4)\nlegislation.gov.uk/asp/2015/12/section/9", [
            ("uksi/1985/566",), ("asp/2015/12", "section-9")]),
        ("Sch. 1\nart. 7\nTheft Act 1968\nFees Regulations\n4", [
            ("", "schedule-1"), ("", "article-7"), ("ukpga/1968/60",)]),
        ("A/HRC/44/45 (2020), S/RES/2331 (2016), http://www.legislation.gov.uk/ukpga/2015/30/section/54/enacted", [
            ("un:A/HRC/44/45",), ("un:S/RES/2331(2016)",), ("ukpga/2015/30", "section-54")]),
        ("s 52 MSA; POCA s.5(2); the HRA (Home Rights Agency) gave notice under section 4; s 17 PACE-setting", [
            ("ukpga/2015/30", "section-52"), ("ukpga/2002/29",), ("ukpga/2002/29", "section-5-2"), ("", "section-4"),
            ("", "section-17")]),
        ("Theft Act 1968 s 8; s 9(4) and its Sch 1. Section 8 is wide; see section 3; section 3 of our guide; s 4 XA", [
            ("ukpga/1968/60",), ("ukpga/1968/60", "section-8"), ("ukpga/1968/60", "section-9-4"),
            ("ukpga/1968/60", "schedule-1"), ("ukpga/1968/60", "section-8"), ("", "section-3"), ("", "section-3"),
            ("", "section-4")]),
        ("Theft Act 1968. Para 2 of the guidance; section 9(4) is wide; sections 8 and 9 (robbery) came into force.", [
            ("ukpga/1968/60",), ("", "paragraph-2"), ("ukpga/1968/60", "section-9-4"),
            ("ukpga/1968/60", "section-8", "section-9")]),
        ("This Act amends the Theft Act 1968; s 9(4)", [("ukpga/1968/60",), ("", "section-9-4")]),
        ("Art 8 of the Employers Sanction Plan Directive (2009/52/EC); Art 9 Employers Sanction Plan Directive", [
            ("celex:32009L0052", "article-8"), ("celex:32009L0052", "article-9")]),
        ("Art 5 CSDDD; the Forced Labour Regulation (Regulation (EU) 2024/3015); the European convention on bees", [
            ("celex:32024L1760", "article-5"), ("celex:32024R3015",), ("celex:32024R3015",)]),
        ("Theft Act 1968 (n 2) s 8; the Fraud Act 2006. By s 1 of the same Act; r 4 of Care Rules 2012, SI 2012/9", [
            ("ukpga/1968/60",), ("ukpga/1968/60", "section-8"), ("ukpga/2006/35",), ("ukpga/2006/35", "section-1"),
            ("uksi/2012/9", "rule-4")]),
        ("Theft Act 1968 (section 8); subsection (2)(a) and (c); s8 TA = Theft Act 1968; Sch 1 (para 2) to it", [
            ("ukpga/1968/60",), ("ukpga/1968/60", "section-8"), ("ukpga/1968/60", "section-8-2-a", "section-8-2-c"),
            ("ukpga/1968/60", "section-8"), ("ukpga/1968/60",), ("ukpga/1968/60", "schedule-1-paragraph-2")]),
        ("a section 47 enquiry or help under section 17 of the Children's Act (1989); section 47 of the XYZ", [
            ("ukpga/1989/41", "section-47"), ("ukpga/1989/41", "section-17"), ("", "section-47")]),
        ("Gangmasters (Licensing) Act 2004; section 7 of the GLA licensing standards, Part 2 of the GLA's; s 3 GLA", [
            ("ukpga/2004/11",), ("", "section-7"), ("", "part-2"), ("ukpga/2004/11", "section-3")]),
        ("s 1 MCA 2005, MCA 1978; the Theft Act 1968 (the Act); the Act 2015 set out; SIA 2012, ICO 2018, BBC 2014", [
            ("ukpga/2005/9", "section-1"), ("ukpga/1968/60",)]),
        ("Theft Act 1968. Section 65 applies, section 136 suite; Sch 1 to the XB 2000, para 3; the Act of 1968", [
            ("ukpga/1968/60",), ("ukpga/1968/60", "section-65"), ("", "section-136"), ("", "schedule-1"),
            ("", "paragraph-3"), ("ukpga/1968/60",)]),
        ("GRETA\nDemand (Article 6)\nArticle 8(1) in conjunction with Article 9(2) thereof; s 2(1)(a) and (i)", [
            ("cets:197", "article-6"), ("", "article-8-1", "article-9-2"), ("", "section-2-1-a", "section-2-1-i")]),
        ("Sch 4 to the Modern Slavery Act 2015, paragraph 3; sections 5 (inserted by section 3) or 6 of that Act", [
            ("ukpga/2015/30", "schedule-4-paragraph-3"), ("ukpga/2015/30", "section-5", "section-6")]),
        ("Fees Act (Northern Ireland) 2015 (c. 2); in 2015, c. 30 bees; Decision 2020/12; the ECHR (Early Care Home)", [
            ("nia/2015/2",)]),
        ("“The 1998 Act” means the Fees Act 1998; the Human Rights Act 1998; s 3 of the 1998 Act; s 4 of that Act", [
            ("",), ("ukpga/1998/42",), ("", "section-3"), ("ukpga/1998/42", "section-4")]),
        ("section 3 of the 1998 Act, the Human Rights Act 1998. In this Act “the 1998 Act” means the Theft Act 1998", [
            ("", "section-3"), ("ukpga/1998/42",), ("",)]),
        ("the Human Rights Act 1998; the Fees Act 1998; s 3 of the 1998 Act; s 4 of that Act; 1998 c. 32", [
            ("ukpga/1998/42",), ("",), ("", "section-3"), ("", "section-4"), ("ukpga/1998/32",)]),
        ("Sch 1 to the Fees Act 1998; the Human Rights Act 1998, section 4.1; section 4.2 of this guide", [
            ("", "schedule-1"), ("ukpga/1998/42",), ("ukpga/1998/42", "section-4-1"), ("", "section-4-2")]),
        ("the theft act 1968, THEFT ACT 1968, SECTION 9, the ­The­ft Act 1968, sections 8 through 10; form SI 2015/6", [
            ("ukpga/1968/60",), ("ukpga/1968/60",), ("ukpga/1968/60", "section-9"), ("ukpga/1968/60",),
            ("ukpga/1968/60", "section-8..section-10")]),
        ("Fees Act 1873 (36 & 37 Vict. c. 88); 5 Geo. IV c. 113; 3 Geo. 3 c. 1; A v Bee, 8919/80; ILO Convention 29", [
            ("ukpga/Vict/36-37/88",), ("ukpga/Geo4/5/113",), ("echr-app:8919/80",), ("ilo:C029",)]),
        ("section 8 (theft) of the Theft Act 1968; s1/s2 MSA; section 8 (fees) of our plan; Joint Action 97/154/JHA", [
            ("ukpga/1968/60", "section-8"), ("ukpga/2015/30", "section-1", "section-2"), ("", "section-8"),
            ("celex:31997F0154",)]),
        ("Fraud Act 2006. S 1 of the Theft Act 1968 and slavery (section 8); PA(X)A 2000, s 4. But s 9(4) is wide", [
            ("ukpga/2006/35",), ("ukpga/1968/60", "section-1"), ("ukpga/1968/60", "section-8"), ("", "section-4"),
            ("ukpga/1968/60", "section-9-4")]),
        ("the Fraud Act 2006. The Theft Act 1968, s 1 of that Act and the Theft Act 1968.\n\nIt is under section 8.", [
            ("ukpga/2006/35",), ("ukpga/1968/60",), ("ukpga/1968/60", "section-1"), ("ukpga/1968/60",),
            ("ukpga/1968/60", "section-8")]),
        ("section 9A into the Theft Act 1968; Part IVA; Article 6 of the Council of Europe Treaty (CETS No. 197)", [
            ("ukpga/1968/60", "section-9A"), ("", "part-IVA"), ("cets:197", "article-6")]),
        ("section 1 (riot); s. 45; Regulation 5 of the club", [
            ("", "section-1"), ("", "section-45"), ("", "regulation-5")]),
    ],
)  # fmt: skip
def test_citations(text: str, wanted: list[tuple[str, ...]]) -> None:
    """Trap UK-5.7: types of effects: most change no words; "Sch. 5" is not section 5."""
    assert _told(text) == wanted


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Search\nThe Sample Fees Regulations 2031", ["Sample Fees Regulations 2031"]),
        ("Legislation\nSample Fees Act 2031\nOrder\nThe Fees Order 2032", ["Sample Fees Act 2031", "Fees Order 2032"]),
        ("Prevention of\nSample Things Act 2031", ["Prevention of\nSample Things Act 2031"]),
        ("the Ministerial and other Things Act 2031", ["Ministerial and other Things Act 2031"]),
    ],
)
def test_a_title_goes_on_over_a_line_where_that_is_wrapped_and_not_a_list(text: str, names: list[str]) -> None:
    assert [found.name for found in citations(text)] == names


def test_what_a_text_is_about_and_said_before_is_remembered() -> None:
    assert _told("section 32(1) of the Act, and section 5", "asp/2015/12") == [
        ("asp/2015/12", "section-32-1"),
        ("asp/2015/12", "section-5"),
    ]
    reader = Reader()
    reader.read("“the 1997 Act” means the Crime (Sentences) Act 1997")
    assert [found.document for found in reader.read("section 31A of the 1997 Act")] == ["ukpga/1997/43"]


@given(st.text(alphabet="Act 2015(of)s.-/“”§[]the IR\n", max_size=120) | st.text(max_size=60))
def test_places_are_those_of_the_text(text: str) -> None:
    found = citations(text)
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert [each.start for each in found] == sorted(each.start for each in found)


@pytest.mark.parametrize("path", [*OWN, pytest.param(SHARED, marks=pytest.mark.recorded)], ids=lambda path: path.stem)
def test_known_citations(path: Path) -> None:
    """Nearly all are read, none wrongly; what is no citation of a document is resolved to none."""
    if not path.exists():
        pytest.skip("the shared facts are not here")
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    outcomes = [(evaluate.outcome_of(row)[0], row["document"] is None) for row in rows]
    cited = [outcome for outcome, is_negative in outcomes if not is_negative]
    assert cited.count("right") >= 0.97 * len(cited)
    assert cited.count("wrong") <= 0.03 * len(cited)
    assert not [outcome for outcome, is_negative in outcomes if is_negative and outcome == "wrong"]


HOSTILE = [
    "A ", "(A ", "Act ", "section 1, ", "S.I. ", "Regulation (EU) ", "2015 c. ", "s 1(", "Act of Sederunt (", "(a(",
    "the 2015 Act ", "no. 123/45, ", "Schedule 1 to ", "Aa of the ", '"x" means the ', "https://www.gov.uk/a", "1", "(",
    "(“MSA”) Modern Slavery Act 2015 ", "Part I, II, ", "section 1(a)(b)(c)(d), (e) and ", "X Act 2015 of ", "\u00a7",
    "the Care Act ", "Care Act (A) ", "recitals (1), (2), ", "Article 4 \u00a7\u00a7 1, 2, ", "Article 3 thereof ",
    "MSA 2015, ", "s 52 MSA ", "s 45(4), MSA 2015 ", "ECHR (A Convention ", "A B C Directive (", "its s 1 r. 4 ",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("unit", HOSTILE)
def test_time_is_linear(unit: str) -> None:
    def spent(characters: int) -> float:
        text = unit * (characters // len(unit))
        before = time.process_time()
        citations(text)
        return time.process_time() - before

    spent(10_000)
    assert min(spent(200_000) for _ in range(3)) < 10 * spent(40_000) + 0.1


@pytest.mark.slow
def test_a_megabyte_takes_half_a_second() -> None:
    sentence = (
        "In accordance with section 54(2) of the Modern Slavery Act 2015 (c. 30) a statement says what was done in a "
        "year of account, in any part of the business and in its supply chains. The duty lies on the board. "
    )
    text = sentence * (1_000_000 // len(sentence))

    def spent() -> float:
        before = time.process_time()
        citations(text)
        return time.process_time() - before

    assert min(spent() for _ in range(3)) < 1.5  # 0.5 on a core by itself
