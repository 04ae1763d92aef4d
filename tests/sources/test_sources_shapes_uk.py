"""Sources of the United Kingdom read what others describe of their pages and answers, with the options they have.

The markup is ours: the selectors, addresses and names of fields are those that were described; nothing is a recording.
"""

import json
from urllib.parse import urljoin

import pytest

from crawler import protocols
from crawler.model import Capture, Walk
from crawler.protocols import govuk
from crawler.sources import Source
from tests.sources.test_sources_shapes import LINKS as ELSEWHERE
from tests.sources.test_sources_shapes import NOW, SOURCES, read, shown

UNITED_KINGDOM = [each for each in SOURCES.values() if each.enabled]
SEARCHES = [each.id for each in UNITED_KINGDOM if each.protocol == "govuk" and each.url.endswith("/search.json")]
APIS = [each.id for each in UNITED_KINGDOM if each.protocol == "parliament"]
LISTS = {
    "scotland-publications": (
        '<ul><li class="ds_search-result"><a class="ds_search-result__link" href="{}">Sample</a>'
        "<dl><dd>17 March 2026</dd></dl></li></ul>",
        "https://www.gov.scot/publications/sample-report/",
    ),
    "wales-publications": (
        '<li class="index-list__item"><div class="index-list__title"><a href="{}">Sample</a></div>'
        '<div class="index-list__date"><time datetime="2026-03-17">17 March 2026</time></div></li>',
        "https://www.gov.wales/sample-guidance",
    ),
    **{
        name: (
            '<div class="view-mode-search_result"><h3><a href="{}">Sample</a></h3>'
            '<div class="field-summary">On it.</div><span class="date-display-single">26 November 2019</span></div>',
            f"{SOURCES[name].url.partition('?')[0]}/sample-strategy",
        )
        for name in SOURCES
        if name.startswith("ni-") and SOURCES[name].protocol == "listing"
    },
}
LINKS = {
    "copfs-publications": "https://www.copfs.gov.uk/publications/sample-policy/",
    "action-for-children": "https://media.actionforchildren.org.uk/documents/Sample_Review.pdf",
    "antislavery-legislation": "https://antislaverylaw.ac.uk/resources/sample-findings/",
    "us-forced-labour": "https://www.cbp.gov/trade/forced-labor/sample-statistics",
    "pps-ni-policy": "https://www.ppsni.gov.uk/files/ppsni/publications/Sample.pdf",
    "pps-ni-publications": "https://www.ppsni.gov.uk/publications/sample-policy",
    "sentencing-council": "https://sentencingcouncil.org.uk/publications/item/sample-definitive-guideline",
    "nhs-england-safeguarding": "https://www.england.nhs.uk/ourwork/safeguarding/sample-slavery/",
    "nhs-elearning": "https://www.e-lfh.org.uk/programmes/sample-modern-slavery/",
    "skills-for-care-framework": "https://www.skillsforcare.org.uk/resources/sample-framework.pdf",
    "nursing-resources": "https://www.rcn.org.uk/Professional-Development/publications/sample-guide",
    "modern-slavery-helpline": "https://www.modernslaveryhelpline.org/uploads/20200401sample.pdf",
    "salvation-army": "https://www.salvationarmy.org.uk/modern-slavery/sample-reports",
    "british-red-cross": f"{SOURCES['british-red-cross'].url}/sample-support",
    "cosla-migration": "https://migrationscotland.org.uk/policyarea/sample-trafficking/",
    "unseen-uk": "https://www.unseenuk.org/uploads/20190411sample.pdf",
    "passage-toolkit": "https://passage.org.uk/how-we-help/sample-modern-slavery-service/",
    "hestia": "https://www.hestia.org/Handlers/Download.ashx?IDMF=sample",
    "stop-the-traffik": "https://stopthetraffik.org/report/2017-18-report",
    "sentencing-guidelines": "https://sentencingcouncil.org.uk/guidelines/slavery-sample",
    "wales-supply-chains": "https://www.gov.wales/sites/default/files/publications/2019-09/sample-ethical-code.pdf",
    "scotland-policy": "https://www.gov.scot/publications/sample-strategy/",
    "iasc-site": "https://www.antislaverycommissioner.co.uk/media/1069/sample_handbook.pdf",
    "labour-abuse-authority-site": "https://www.gla.gov.uk/media/3537/sample-report.pdf",
    "modern-slavery-pec": "https://www.modernslaverypec.org/resources/sample-report",
    "htf-local-authorities": "https://static1.squarespace.com/static/599abfb4e6f2e19ff048494f/t/5b/15/Sample.pdf",
    "helen-bamber": "https://www.helenbamber.org/resources/best-practiseguidelines/sample-code",
    "ecpat-uk-reports": "https://www.ecpat.org.uk/sample-recommendations-for-protecting-children",
    "flex-papers": "https://labourexploitation.org/publications/sample-paper/",
    "atleu-news": "https://www.atleu.org.uk/cases-news/sample",
    "kalayaan": "http://www.kalayaan.org.uk/wp-content/uploads/2014/09/sample.pdf",
    "anti-slavery-international": "https://www.antislavery.org/reports/sample-report",
    "afruca-papers": "https://afruca.org/wp-content/uploads/2020/09/sample.pdf",
    "ethical-trading-guidance": "https://www.ethicaltrade.org/resources/guidance-and-reports/sample-guide",
    "crown-court-compendium": "https://www.judiciary.uk/wp-content/uploads/2024/07/Sample-Compendium.pdf",
    "cjini-modern-slavery": "https://cjini.org/getattachment/abc/Sample.pdf",
    "plymouth-toolkit": "https://www.plymouth.gov.uk/sites/default/files/sample-toolkit.pdf",
    "wales-safeguarding": "https://www.safeguarding.wales/en/chi-i/chi-i-c6/c6-p4",
    "rights-lab-projects": "https://www.nottingham.ac.uk/research/beacons-of-excellence/rights-lab/sample-project.aspx",
    "hertfordshire-partnership": "https://www.stopexploitationherts.org.uk/wp-content/uploads/sample.docx",
    # What names the subject is followed on every page that has patterns.
    **{
        name: urljoin(SOURCES[name].url, "/sample-on-forced-labour")
        for name in (
            "barnardos-slavery", "childrens-society-slavery", "ciob-slavery", "cqc-modern-slavery", "fatf-slavery",
            "heuni-publications", "icai-slavery", "icmpd-anti-trafficking", "iom-publications", "nspcc-learning",
            "pace-slavery", "scottish-refugee-council-slavery", "stronger-together-slavery", "tuc-slavery",
            "uk-finance-slavery", "unison-slavery", "wales-guidance", "west-midlands-network-slavery",
        )
    },
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_a_list_finds_its_documents_with_their_dates(name: str) -> None:
    markup, url = LISTS[name]
    page, _ = read(SOURCES[name], shown(markup.format(url)))
    assert [(each.url, bool(each.published)) for each in page.documents] == [(url, True)]
    assert [link.role for link in page.links if link.role == "next"] == ["next"]


@pytest.mark.parametrize("name", LINKS)
def test_a_page_leads_to_what_is_known_of_its_body_and_to_nothing_else(name: str) -> None:
    others = '<a href="https://elsewhere.example/x.pdf">Else</a>'
    page, link = read(SOURCES[name], shown(f'<p><a href="{LINKS[name]}">Sample report of a body</a></p>{others}'))
    found = [each.url for each in page.documents if each.url.rstrip("/") != link.url.rstrip("/")]
    assert [each.rstrip("/") for each in found] == [LINKS[name].rstrip("/")]


@pytest.mark.parametrize("name", SEARCHES)
def test_every_search_of_gov_uk_reads_an_answer_and_cuts_it_into_years(name: str) -> None:
    result = {
        "title": "Sample", "link": "/guidance/sample", "content_id": "7ea5d5f4-0000-4000-8000-000000000001",
        "public_timestamp": "2026-01-02T09:30:00Z", "content_store_document_type": _type(SOURCES[name]),
    }  # fmt: skip
    page, link = read(SOURCES[name], json.dumps({"results": [result], "start": 0, "total": 1}), "application/json")
    assert page.entries == page.total == 1 and [each.role for each in page.links] == ["document"]
    assert ("debug=include_withdrawn" in link.url) == bool(SOURCES[name].options.get("withdrawn"))


def _type(source: Source) -> str:
    kinds = dict(govuk.Options.of(source).searched)
    return kinds.get("filter_content_store_document_type", "guidance")


@pytest.mark.parametrize("name", APIS)
def test_every_api_of_parliament_reads_an_empty_answer_of_each_of_its_lists(name: str) -> None:
    source = SOURCES[name]
    for link in protocols.start(source, Walk(clock=NOW)):
        body = json.dumps({"items": [], "results": [], "totalResults": 0}).encode()
        headers = (("Content-Type", "application/json"),)
        taken = Capture(url=link.url, time=NOW, link=link, headers=headers, body=body)
        if link.role == "listing":
            assert protocols.read(taken, source).problems == ()


def test_every_source_that_follows_links_by_pattern_is_tried_here_or_with_recordings() -> None:
    following = {each.id for each in UNITED_KINGDOM if each.followed is not None and each.followed.include}
    assert following - {*LINKS, *ELSEWHERE} == set()
