"""What sources.yaml covers: every body that practitioners look at is read, or is listed with the reason why not."""

import re
from pathlib import Path

import pytest

from crawler.sources import Source, load, vocabulary

ROOT = Path(__file__).parents[2]
REGISTRY = load(ROOT / "sources.yaml")
SOURCES = REGISTRY.sources
DOCS = (ROOT / "docs" / "sources.md").read_text("utf-8")
ENABLED = {name: source for name, source in SOURCES.items() if source.enabled}

# Bodies that must be read by at least one enabled source.
READ = {
    "legislation.gov.uk": (
        "legislation-tracked",
        "legislation-new",
        "legislation-publication-log",
        "legislation-drafts",
    ),
    "explanatory notes and impact assessments": ("legislation-associated-documents", "legislation-impact-assessments"),
    "Home Office": ("govuk-home-office",),
    "Independent Anti-Slavery Commissioner": ("govuk-iasc", "iasc-site"),
    "GLAA": ("govuk-glaa",),
    "Fair Work Agency": ("govuk-fair-work-agency",),
    "NCA": ("govuk-nca",),
    "Border Force": ("govuk-border-force",),
    "Ministry of Justice": ("govuk-ministry-of-justice",),
    "CPS": ("govuk-cps", "cps-guidance"),
    "ICIBI": ("govuk-icibi",),
    "DBT": ("govuk-dbt",),
    "DHSC": ("govuk-dhsc",),
    "Cabinet Office": ("govuk-cabinet-office",),
    "statistics and announcements": ("govuk-statistics", "govuk-statistics-announcements"),
    "consultations": ("govuk-consultations",),
    "Parliament": ("uk-bills", "uk-committee-publications", "uk-written-questions", "uk-treaties"),
    "NRM forms": ("nrm-forms",),
    "statement registry": ("statement-registry",),
    "COPFS": ("copfs-instructions",),
    "PPS NI": ("pps-ni-policy",),
    "Sentencing Council": ("sentencing-council",),
    "HMICFRS": ("govuk-hmicfrs",),
    "NAO": ("nao-reports",),
    "LGA": ("lga-council-guide",),
    "Modern Slavery PEC": ("modern-slavery-pec",),
    "Human Trafficking Foundation": ("htf-local-authorities",),
    "IASC toolkit": ("iasc-toolkit", "iasc-site", "govuk-iasc"),
    "Scottish Government": ("scotland-strategy",),
    "Welsh Government": ("wales-announcements", "wales-newsroom"),
    "NI Department of Justice": ("ni-justice-strategy",),
    "NHS England and health training": ("nhs-england-news", "nhs-elearning"),
    "Skills for Care": ("skills-for-care-framework",),
    "CELLAR": ("cellar-trafficking-acts", "cellar-search-trafficking", "cellar-notifications"),
    "Council": ("council-press", "cellar-council-documents"),
    "Commission": ("commission-press", "commission-home-affairs"),
    "EU Anti-Trafficking Coordinator": ("eu-anti-trafficking-coordinator",),
    "European Parliament": ("ep-adopted-texts",),
    "Europol": ("europol-news", "europol-publications", "cellar-agencies-acts"),
    "Eurojust": ("eurojust-press", "cellar-agencies-acts"),
    "CEPOL": ("cellar-agencies-publications", "cellar-agencies-acts"),
    "Frontex": ("frontex-empact", "frontex-news", "cellar-agencies-acts", "cellar-agencies-publications"),
    "Interpol": ("interpol-trafficking",),
    "EMPACT": ("commission-empact", "cellar-empact"),
    "EUAA": ("euaa-press",),
    "FRA": ("fra-news",),
    "EIGE": ("eige-news",),
    "ELA": ("cellar-agencies-acts",),
    "Eurostat": ("eurostat-trafficking",),
    "GRETA": ("greta-reports",),
    "OSCE": ("osce-cthb", "osce-trafficking"),
    "Special Rapporteurs": ("un-rapporteur-trafficking", "un-rapporteur-slavery"),
    "UNODC": ("unodc-glotip", "sherloc-laws"),
    "ILO": ("ilo-forced-labour",),
    "Walk Free": ("walk-free-index",),
    "TEAMWORK!": ("teamwork-manual",),
    "Government of the Netherlands": ("netherlands-trafficking",),
    "Dutch National Rapporteur": ("dutch-rapporteur",),
    "CBSS": ("cbss-task-force",),
    "ICMPD": ("icmpd-anti-trafficking",),
    "UK-EU co-operation": ("legislation-uk-eu", "cellar-uk-eu-agreement", "cellar-specialised-committee"),
    "Lords European Affairs Committee": ("uk-european-affairs-committee",),
    "working arrangements": ("govuk-uk-eu-cooperation",),
    "Article 4 of the Convention": ("echr-article-4", "echr-guides"),
    "Court of Justice": ("cellar-case-law",),
}
# Bodies and sites that are not read, and say why.
NOT_READ = {
    "College of Policing": "college-of-policing-app",
    "HMICFRS, own site": "hmicfrs-own-site",
    "CEPOL, own site": "cepol-news",
    "IOM": "iom-news",
    "US TIP report": "us-tip-report",
    "EUR-Lex": "eur-lex-html",
    "OEIL": "ep-legislative-observatory",
    "coe.int": "coe-anti-trafficking",
    "ILO NORMLEX": "ilo-normlex",
    "UK judgments": "find-case-law",
}
CHALLENGED = ("eur-lex-html", "ep-legislative-observatory", "coe-anti-trafficking", "ilo-normlex")
FOUNDING = {"32016R0794", "32018R1727", "32015R2219", "32019R1896"}


def _items(*names: str) -> set[str]:
    found: set[str] = set()
    for name in names:
        stated = SOURCES[name].options["items"]
        assert isinstance(stated, list)
        found |= {str(each) for each in stated}
    return found


def test_at_least_sixty_sources_are_read() -> None:
    assert len(ENABLED) >= 60


@pytest.mark.parametrize("body", READ)
def test_every_body_is_read(body: str) -> None:
    """Trap UK-2.6: an organisation is followed by another.

    Trap EU-2.3: EMPACT has no site.
    """
    for name in READ[body]:
        assert name in ENABLED, name


@pytest.mark.parametrize("body", NOT_READ)
def test_what_is_not_read_says_why(body: str) -> None:
    """Trap UK-4.10: addresses by analogy or from a plan.

    Trap EU-2.5: CEPOL, Frontex, EUAA, EIGE, ELA: addresses that contradict each other.
    Trap EU-4.9: ILO, IOM, Interpol, the TIP report: refusals, or addresses nobody proved.
    """
    source = SOURCES[NOT_READ[body]]
    assert not source.enabled
    assert source.reason


@pytest.mark.parametrize("source", [each for each in SOURCES.values() if not each.enabled], ids=lambda each: each.id)
def test_every_reason_names_what_would_confirm_it(source: Source) -> None:
    """Trap UK-4.1: of the Commissioner's toolkit no answer was ever seen.

    Trap EU-4.4: OSCE: the feed is gone, the list has filters in its address.
    """
    assert "would confirm" in source.reason, source.id
    for named in re.findall(r"\(([a-z0-9, -]+)\)", source.reason):
        for route in named.split(", "):
            assert route in ENABLED, f"{source.id}: the other route {route} is not read"


@pytest.mark.parametrize("name", CHALLENGED)
def test_sites_with_a_robot_check_are_left_alone(name: str) -> None:
    """Trap UK-0.22: NCA, HMICFRS and the College of Policing refuse programs.

    Trap EU-4.2: coe.int refuses programs.
    """
    assert not SOURCES[name].enabled
    assert SOURCES[name].reason.startswith("cannot be checked")
    hosts = ("eur-lex.europa.eu", "oeil.europarl.europa.eu", "www.coe.int", "normlex.ilo.org", "www.europarl.europa.eu")
    for source in ENABLED.values():
        assert not any(f"//{host}/" in source.url for host in hosts), source.id


@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda each: each.id)
def test_what_is_known_well_has_a_fixture_of_its_protocol(source: Source) -> None:
    """Trap UK-2.15: names of organisations in addresses were guesses."""
    if source.evidence not in ("recorded", "documented"):
        return
    found = list((ROOT / "tests" / "fixtures" / source.protocol).glob("*/page.json"))
    assert found, f"{source.id} is {source.evidence}, and {source.protocol} has no fixture"


@pytest.mark.parametrize("name", SOURCES)
def test_every_source_is_described(name: str) -> None:
    assert f"`{name}`" in DOCS


def test_every_source_that_is_described_exists() -> None:
    named = {each for each in re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+)+)`", DOCS) if "." not in each}
    assert named <= set(SOURCES), named - set(SOURCES)


def test_every_part_of_the_toolkit_has_sources() -> None:
    for part in vocabulary.TOOLKIT:
        assert sum(part in source.toolkit for source in ENABLED.values()) >= 5, part


def test_founding_regulations_of_the_agencies_are_tracked() -> None:
    assert _items("cellar-agencies-acts") >= FOUNDING


def test_instruments_of_the_taxonomy_are_tracked() -> None:
    uk = _items("legislation-tracked", "legislation-tracked-wider", "legislation-uk-eu")
    assert uk >= {"ukpga/2015/30", "asp/2015/12", "nia/2015/2", "ukpga/2004/11", "ukpga/2026/20", "uksi/2025/1212"}
    assert uk >= {"uksi/2015/1472", "uksi/2015/1476", "uksi/2016/740", "uksi/2016/823", "uksi/2022/877", "uksi/2023/33"}
    assert uk >= {"ukpga/2020/29", "eudr/2011/36"}
    eu = _items("cellar-trafficking-acts", "cellar-reports", "cellar-uk-eu-agreement")
    assert eu >= {"32011L0036", "32024L1712", "32004L0081", "32009L0052", "32012L0029", "32024R3015", "32024L1760"}
    assert eu >= {"52025DC0008", "22021A0430(01)"}


def test_releases_and_cases_are_of_a_kind_whose_text_is_never_shown() -> None:
    for name in ("europol-news", "eurojust-press", "council-press", "commission-press", "wales-newsroom", "cepol-news"):
        assert SOURCES[name].kind == "news", name
    for name in ("echr-article-4", "cellar-case-law", "sherloc-cases", "find-case-law"):
        assert SOURCES[name].kind == "case_law", name


def test_copies_are_shown_under_a_licence_with_a_page() -> None:
    """Trap UK-1.1: law that comes from the EU has two licences, old instruments a third.

    Trap EU-1.25: only the Official Journal is authentic.
    """
    for publisher in REGISTRY.publishers.values():
        if publisher.copy == "public":
            assert publisher.licence and publisher.licence_url, publisher.id


def test_every_host_that_is_asked_has_a_delay() -> None:
    hosts = {re.sub(r"^https?://([^/]+).*", r"\1", source.url) for source in ENABLED.values()}
    assert hosts <= set(REGISTRY.hosts), hosts - set(REGISTRY.hosts)


def test_edits_of_gov_uk_that_no_list_shows_are_found_within_five_weeks() -> None:
    """Minor edits move no date, and the text of a publication is in its attachments: only asking again finds them."""
    rare = {name for name, source in ENABLED.items() if source.protocol == "govuk" and source.audit < 0.03}
    assert rare == set()
    tracked = [source.audit for source in ENABLED.values() if source.protocol == "govuk" and "items" in source.options]
    assert tracked and min(tracked) >= 0.2, "pages that are tracked one by one within a week"
