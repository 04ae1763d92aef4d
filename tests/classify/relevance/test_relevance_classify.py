"""What is in, in review and out, with the reasons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.classify.relevance import BANDS, Classified, Texts, classify, version
from crawler.classify.relevance.lexicon import lexicon
from tests.classify.relevance.samples import said

FALSE_FRIENDS = {
    "drugs": "Drug Trafficking Act 1994 (Designated Countries and Territories) Order 1996",
    "wildlife": "EU action plan against wildlife trafficking",
    "firearms": "Trafficking in firearms",
    "export controls": "Trade controls: trafficking and brokering of military goods",
    "cultural goods": "Fighting trafficking in cultural property",
    "influence": "Trafficking in influence: peer review",
    "slave trade": "Minister marks the abolition of the slave trade",
    "heritage": "A guide to slavery heritage projects in 2007",
    "history": "The Atlantic world: plantations and slavery, 1700-1807",
    "reparations": "Slavery: Reparations",
    "Scots property law": "Title Conditions (Scotland) Act 2003: Part 7: Servitudes",
    "real burdens": "Real burdens and servitude: registration",
    "penal servitude": "Penal Servitude Act 1891",
    "road traffic": "The Road Traffic (Permitted Parking Area) Order 2004",
    "traffic commissioner": "Letter to the Senior Traffic Commissioner",
    "network traffic": "Network traffic analysis: a guide",
    "another NRM": "Natural resource management (NRM): grants",
    "NRM of a railway": "NRM network route update",
    "food supply chain": "Fairness in the food supply chain",
    "cyber supply chain": "Supply chain cyber security",
    "oil": "Exploration and exploitation of petroleum",
    "baht": "Loan of THB 500 million",
    "other child abuse": "National strategy against child sexual abuse",
    "a sentencing act": "Sentencing Act 2026",
    "another asylum act": "The Nationality, Immigration and Asylum Act 2002 (Commencement No. 2) Order 2003",
    "minimum wage": "The National Minimum Wage (Amendment) Regulations 2024",
    "organ donation": "Organ Donation (Deemed Consent) Bill",
    "other servants": "Civil servants: pay guidance",
    "servants who wait": "Ministers kept civil servants waiting",
    "another section 54": "Reporting under section 54 of the Terrorism Act",
    "drugs alone": "Police work to close cannabis farms",
    "other gangs": "Car dealers took over the house",
    "a walk": "Driver to walk free from court",
    "minerals": "Regulation (EU) 2017/821: supply chain transparency for importers of tin",
    "other child abuse by gangs": "Seven men jailed: child sexual exploitation gang",
    "other begging": "Street begging: public spaces protection order",
    "milk": "La traite laiti\u00e8re en Bretagne",
    "the slave trade in French": "La traite n\u00e9gri\u00e8re et ses abolitions",
}


@pytest.mark.parametrize("title", FALSE_FRIENDS.values(), ids=list(FALSE_FRIENDS))
def test_a_false_friend_is_out(title: str) -> None:
    assert said(title).band == "out"


TITLES = {
    "gangmasters": "The Gangmasters (Licensing Conditions) Rules 2009",
    "gangmasters in Northern Ireland": "Gangmasters (Appeals) Regulations (Northern Ireland) 2006",
    "GLAA": "The Gangmasters and Labour Abuse Authority (Complaints and Misconduct) Regulations 2017",
    "commencement of the 2015 Act": "The Modern Slavery Act 2015 (Commencement No. 4) Regulations 2016",
    "commencement in Scotland": "The Human Trafficking and Exploitation (Scotland) Act 2015 (Commencement No. 2) Order",
    "commencement of NABA": "The Nationality and Borders Act 2022 (Commencement No. 4) Regulations 2023",
    "supply chains": "Transparency in supply chains: a practical guide",
    "NRM": "National Referral Mechanism statistics, Quarter 2 2024",
    "NRM in short": "NRM and DtN statistics: end of year summary",
    "first responders": "Report modern slavery as a first responder",
    "GRETA": "12th General Report on GRETA\u2019s activities",
    "labour exploitation": "51 arrested in crackdown on labour exploitation",
    "severe exploitation": "Severe labour exploitation: workers moving within the European Union",
    "labour market enforcement": "UK Labour Market Enforcement Strategy 2024 to 2025",
    "county lines": "Criminal exploitation of children and vulnerable adults: county lines",
    "cuckooing": "Cuckooing becomes an offence",
    "Article 4": "Guide on Article 4 of the European Convention on Human Rights",
    "Rantsev": "CASE OF RANTSEV v. CYPRUS AND RUSSIA",
    "a citation": "A and others, R. v [2022] EWCA Crim 106",
    "ECAT": "Explanatory report to CETS No. 197 (ECAT)",
    "Palermo": "Legislative guide to the Palermo Protocol",
    "forced labour products": "Proposal for a ban of products made with forced labour",
    "CSDDD": "Directive (EU) 2024/1760 on corporate sustainability due diligence",
    "ILO": "P029 - Protocol of 2014 to the Forced Labour Convention, 1930",
    "domestic workers": "Independent review of the overseas domestic worker visa",
    "non-prosecution": "Lord Advocate\u2019s Instructions: non-prosecution",
    "prevention orders": "Slavery and trafficking prevention orders: guidance",
    "recovery needs": "Recovery needs assessment (RNA)",
    "guardians": "Interim guidance for independent child trafficking guardians",
    "stay": "Temporary permission to stay for victims of human trafficking or slavery",
    "a bill": "Modern Slavery (Victim Support) Bill [HL]",
    "organs": "Trafficking for organ removal",
    "plural, genitive and hyphen": "Human-Trafficking Victims\u2019 rights",
    "capitals": "MODERN SLAVERY IN SCOTLAND",
    "French": "Plan d\u2019action contre la traite des \u00eatres humains",
    "German": "Bundeslagebild Menschenhandel 2023",
    "Dutch": "Nationaal actieplan tegen mensenhandel",
    "Italian": "Piano nazionale contro la tratta",
    "Spanish": "Plan contra la trata de seres humanos",
    "Welsh": "Caethwasiaeth fodern yng Nghymru",
    "Polish": "Krajowy plan przeciw handlowi ludźmi: handel ludźmi",
    "Greek": "\u0395\u03bc\u03c0\u03bf\u03c1\u03af\u03b1 \u03b1\u03bd\u03b8\u03c1\u03ce\u03c0\u03c9\u03bd",
    "Romanian": "Raport privind traficul de persoane",
    "victims in French": "Identification des victimes de la traite",
    "a directive by its number": "Transposition of Directive 2011/36/EU",
    "a regulation by its number": "Implementing rules under Regulation (EU) 2024/3015",
    "a case by its number": "Judgment in application no. 21884/15",
    "labour trafficking": "First convictions for labour trafficking",
    "begging": "Network that used children for street begging taken down",
    "held in servitude": "Family jailed for keeping men in servitude",
    "a convention": "Slavery Convention signed at Geneva on 25 September 1926",
    "children in county lines": "Young people and drug supply: county lines",
    "Bulgarian": "\u0422\u0440\u0430\u0444\u0438\u043a \u043d\u0430 \u0445\u043e\u0440\u0430",
}


@pytest.mark.parametrize("title", TITLES.values(), ids=list(TITLES))
def test_a_title_of_the_field_is_in(title: str) -> None:
    assert said(title).band == "in"


BOTH_WAYS = [
    ("EMPACT 2023 results: fact sheets", "in"),
    ("EMPACT joint action days: human trafficking for forced begging", "in"),
    ("EMPACT: 3 tonnes of cocaine seized in Antwerp", "out"),
    ("EMPACT joint action days against firearms trafficking", "out"),
    ("EMPACT: vehicle crime in the Western Balkans", "out"),
    ("EU Serious and Organised Crime Threat Assessment (EU SOCTA) 2025", "in"),
    ("SOCTA 2021: cocaine trafficking in Europe", "out"),
    ("Internet Organised Crime Threat Assessment (IOCTA) 2024", "out"),
    ("CEPOL online course: trafficking in human beings", "in"),
    ("CEPOL Training Catalogue 2025", "out"),
    ("CEPOL course: drug markets", "out"),
    ("Frontex: victims of trafficking in human beings at the borders", "in"),
    ("Frontex Annual Risk Analysis 2024", "out"),
    ("Frontex: 38 per cent fewer irregular crossings", "out"),
]


@pytest.mark.parametrize(("title", "band"), BOTH_WAYS)
def test_titles_of_agencies_are_judged_both_ways(title: str, band: str) -> None:
    agency = next((name for name in ("CEPOL", "Frontex") if name in title), "Europol")
    assert said(title, agency, "report").band == band


def test_a_statement_of_one_company_is_for_review_and_the_duty_to_make_one_is_in() -> None:
    assert said("Sample plc: Modern Slavery Statement 2023/24").band == "review"
    assert said("Publish an annual modern slavery statement").band == "in"
    assert said("Modern slavery statement registry").band == "in"


def test_a_false_friend_beside_the_right_words_does_not_hide_them() -> None:
    assert said("Drug trafficking and human trafficking: joint report").band == "in"
    assert said("From the abolition of the slave trade to modern slavery").band == "in"


NAMED = [
    "County lines: drug dealers and a drug line",
    "Forced criminality: fraud, cyber crime, firearms and cocaine",
    "Gangmasters, cocaine and an exhibition about fraud",
]


@pytest.mark.parametrize("title", NAMED)
def test_words_that_name_the_subject_are_never_out_for_their_context(title: str) -> None:
    found = said(title)
    assert found.band == "review"
    assert [reason.rule for reason in found.reasons][-1:] == ["core"]
    assert found.score == pytest.approx(sum(reason.weight for reason in found.reasons), abs=0.01)


def test_what_is_as_heavy_as_the_words_may_put_them_out() -> None:
    assert said("Gangmasters: workforce management information").band == "out"
    assert said("SOCTA: cocaine, fraud and firearms").band == "out"


def test_words_within_a_weaker_pattern_count_nevertheless() -> None:
    phrase, pattern = said("Trafficking of human beings"), said("Trafficking of human beings: migrants")
    assert phrase.score == pattern.score


def test_words_of_an_address_never_count_but_an_identifier_does() -> None:
    assert said("Firearms", identifier="url:https://a.invalid/human-trafficking/modern-slavery").band == "out"
    assert said("2015 Chapter 30", identifier="ukpga/2015/30").band == "in"
    assert said("32011L0036", identifier="celex:32011L0036").band == "in"
    assert said("Consolidated text", identifier="celex:02011L0036-20240714").band == "in"


def test_a_publisher_counts_but_not_its_own_administration() -> None:
    assert said("Annual Report 2023-2024", "Independent Anti-Slavery Commissioner", "report").band == "in"
    assert said("Licence revoked", "GLAA", "news").band == "in"
    assert said("GLAA: workforce management information", "Gangmasters and Labour Abuse Authority").band != "in"
    assert said("Expenses of senior officials", "Independent Anti-Slavery Commissioner").band == "out"
    assert said("Guidance on gender in emergencies", "Inter-Agency Standing Committee (IASC)").band == "out"


def test_a_summary_weighs_less_than_a_title() -> None:
    title = said("Modern slavery")
    summary = said("Annual report", summary="Modern slavery")
    assert title.score > summary.score > 0


def test_what_a_title_says_does_not_count_again_in_the_summary() -> None:
    assert said("Modern slavery", summary="Modern slavery").score == said("Modern slavery").score


LONG = "The authority shall lay its accounts before Parliament each year. " * 3000
FULL = (
    "Victims of human trafficking were referred to the National Referral Mechanism. The first responder noted forced "
    "labour and debt bondage; a conclusive grounds decision followed under the Modern Slavery Act 2015. "
)


def _text(*parts: str) -> Classified:
    return classify(Texts(title="A v B", parts=tuple((f"p{number}", part) for number, part in enumerate(parts))))


def test_a_long_text_does_not_become_relevant_by_one_mention() -> None:
    assert _text(LONG + FULL).band == "out"
    assert _text(LONG, "Modern slavery.", LONG).band == "out"


def test_a_text_about_it_is_in_whatever_its_title_and_size() -> None:
    assert _text(FULL).band == "in"
    assert _text(*[FULL] * 200).band == "in"


def test_a_text_of_false_friends_is_out() -> None:
    assert _text("Drug trafficking. The abolition of the slave trade. Positive servitude. " * 50).band == "out"


def test_a_text_about_it_names_its_parts() -> None:
    found = _text("Introduction.", FULL)
    assert {reason.place for reason in found.reasons} == {"p1"}
    assert all(FULL[reason.start : reason.end] == reason.words for reason in found.reasons)


@pytest.mark.parametrize("nothing", ["", " ", "\u00ad", "\U0001f600", "?"])
def test_what_says_nothing_is_out(nothing: str) -> None:
    found = classify(
        Texts(title=nothing, summary=nothing, publisher=nothing, kind=nothing, parts=((nothing, nothing),))
    )
    assert (found.band, found.score, found.reasons, found.topics) == ("out", 0.0, (), ())


WORDS = st.lists(
    st.one_of(
        st.sampled_from(
            ["human", "traffick\u00ading", "modern  slavery", "NRM", "GLAA\u2019s", "of", "drug", "servitude", "THB",
             "traite des e\u0302tres humains", "child", "victims\u2019", "slave\u2013trade",
             "Modern Slavery Statement 2023", "EMPACT"]
        ),
        st.text(max_size=8),
    ),
    max_size=12,
).map(" ".join)  # fmt: skip


@given(title=WORDS, summary=WORDS, publisher=WORDS, body=WORDS)
def test_reasons_point_at_their_words_and_results_repeat(title: str, summary: str, publisher: str, body: str) -> None:
    texts = Texts(
        title=title, summary=summary, publisher=publisher, kind="report", identifiers=("ukpga/2015/30",),
        parts=(("section-1", body), ("section-2", summary)),
    )  # fmt: skip
    places = {
        "title": title, "summary": summary, "publisher": publisher, "kind": "report", "identifier": "ukpga/2015/30",
        "section-1": body, "section-2": summary,
    }  # fmt: skip
    found = classify(texts)
    assert found == classify(texts)
    assert found.band in BANDS
    every = [*found.reasons, *(reason for topic in found.topics for reason in topic.reasons)]
    every += [reason for values in found.facets.values() for value in values for reason in value.reasons]
    for reason in every:
        assert reason.words
        assert places[reason.place][reason.start : reason.end] == reason.words


@given(st.text(max_size=400))
def test_any_text_is_classified(text: str) -> None:
    assert classify(Texts(title=text, summary=text, parts=(("", text),))).band in BANDS


def test_the_score_is_the_sum_of_the_weights() -> None:
    found = said("Modern slavery: first responder training", "Unseen", "training", summary="Labour exploitation.")
    assert found.score == pytest.approx(sum(reason.weight for reason in found.reasons), abs=0.01)


def test_what_names_the_subject_is_in_by_words_that_say_what_it_is_about() -> None:
    alone = said("A few words on trafficking here and there")
    joined = said("Why so few convictions for trafficking?")
    against = said("Why so few convictions for trafficking and cocaine?")
    assert [each.band for each in (alone, joined, against)] == ["review", "in", "out"]
    added = [reason for reason in joined.reasons if reason.rule == "company"]
    assert [(reason.words, reason.place) for reason in added] == [("convictions", "title")]
    assert joined.score == pytest.approx(lexicon().rules.borders.in_)
    assert all(reason.rule != "company" for each in (alone, against) for reason in each.reasons)


@pytest.mark.parametrize(
    "title",
    [
        "Afghanistan: opiate trafficking through the southern route",
        "Trafficking of protected birds: nine arrested",
        "Potential victims of the floods: how to claim",
        "Potential victims: compensation for flooded homes",
        "Histories of slavery and colonialism in our houses",
        "Heavily trafficked roads: surface dressing",
    ],
)
def test_trafficking_in_goods_and_other_victims_are_not_in(title: str) -> None:
    assert said(title).band != "in"


def test_of_what_waits_only_what_is_sure_is_published_unconfirmed() -> None:
    sure = said("Sexual Exploitation (Prevention) Bill", kind="bill")
    law = said("The Sexual Exploitation Order 2025", kind="si")
    less = said("Seasonal worker visa: numbers")
    assert [each.band for each in (sure, law, less)] == ["review"] * 3
    assert [each.unconfirmed for each in (sure, law, less)] == [True, False, False]


def test_a_text_alone_makes_nothing_sure() -> None:
    texts = Texts(
        title="A. v. B.",
        kind="case_law",
        parts=(("section-1", "Forced labour, labour exploitation and recruitment fees. " * 30),),
    )
    found = classify(texts)
    assert (found.band, found.unconfirmed) == ("review", False)
    assert found.score > lexicon().rules.unconfirmed.from_


def test_the_rules_have_a_version() -> None:
    assert len(version()) == 12
