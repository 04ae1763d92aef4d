"""How an address would be watched: which sites are known by it."""

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import protocols
from crawler.add.detect import address_of, by_address, protocol_by_path
from crawler.errors import IdentifierError
from crawler.sources.diagnostics import keys_of
from tests.protocols.detect_pages import RECORDINGS
from tests.tiers import examples

LAW, GOVUK, PARLIAMENT = "https://www.legislation.gov.uk", "https://www.gov.uk", "parliament.uk"
SPARQL = "https://publications.europa.eu/webapi/rdf/sparql"
EP = "https://data.europarl.europa.eu/api/v2"
PRESS = "https://ec.europa.eu/commission/presscorner/api"
HUDOC = "/app/transform/rss?library={0}eng&query=contentsitename%3A{1}&sort=&start=1"

Known = tuple[str, str, str, Mapping[str, object]]


def items(url: str, protocol: str, base: str, item: str, **more: object) -> Known:
    return url, protocol, base, {**more, "items": [item]}


def act(url: str, item: str = "ukpga/2015/30") -> Known:
    return items(url, "legislation", f"{LAW}/", item, feed="items", effects=True)


def cellar(url: str, number: str = "32011L0036") -> Known:
    return items(url, "cellar", SPARQL, number, feed="items")


KNOWN: tuple[Known, ...] = (
    act(f"{LAW}/ukpga/2015/30"),
    act("http://legislation.gov.uk/id/ukpga/2015/30/section/45/2020-01-01/data.xml"),
    act(f"{LAW}/cy/ukpga/2015/30/contents"),
    act(f"{LAW}/changes/affected/ukpga/2015/30?results-count=50"),
    act(f"{LAW}/changes/unapplied/affecting/ukpga/2015/30/data.feed"),
    act(f"{LAW}/ukpga/Eliz2/4-5/19", "ukpga/Eliz2/4-5/19"),
    (f"{LAW}/new", "legislation", f"{LAW}/new/data.feed", {}),
    (f"{LAW}/new/uksi/2026-11-20", "legislation", f"{LAW}/new/uksi/data.feed", {}),
    (f"{LAW}/update/2026-11-20/legislation?new=true&page=3", "legislation",
     f"{LAW}/update/legislation/data.feed?new=true", {"feed": "log"}),
    (f"{LAW}/update/data.feed", "legislation", f"{LAW}/update/data.feed", {"feed": "log"}),
    # A parameter that no list knows is dropped by the site, and the whole statute book is its answer.
    (f"{LAW}/search?title=slavery&type=ukpga&year=2015&titel=x", "legislation",
     f"{LAW}/ukpga/2015/data.feed?title=slavery", {}),
    (f"{LAW}/all?text=%22forced+labour%22&page=2", "legislation", f"{LAW}/all/data.feed?text=%22forced+labour%22", {}),
    (f"{LAW}/ukdsi+sdsi/data.feed?title=slavery", "legislation", f"{LAW}/ukdsi+sdsi/data.feed?title=slavery", {}),
    (f"{LAW}/title/slavery", "legislation", f"{LAW}/title/slavery/data.feed", {}),
    items(f"{GOVUK}/guidance/a-page?x=y#part", "govuk", f"{GOVUK}/", "/guidance/a-page"),
    items("http://gov.uk/government/publications/a/", "govuk", f"{GOVUK}/", "/government/publications/a"),
    items(f"{GOVUK}/api/content/guidance/a-page", "govuk", f"{GOVUK}/", "/guidance/a-page"),
    items(f"{GOVUK}/government/collections/slavery", "govuk", f"{GOVUK}/", "/government/collections/slavery"),
    (f"{GOVUK}/government/organisations/home-office", "govuk", f"{GOVUK}/api/search.json",
     {"organisation": "home-office", "pages": 3}),
    (f"{GOVUK}/government/organisations/home-office.atom", "govuk",
     f"{GOVUK}/government/organisations/home-office.atom", {}),
    # robots.txt forbids /search/all and its feed; the Search API is open.
    (f"{GOVUK}/search/all?keywords=%22modern+slavery%22&organisations[]=home-office&organisations[]=border-force&order=x",
     "govuk", f"{GOVUK}/api/search.json",
     {"search": {"q": '"modern slavery"', "filter_organisations": ["home-office", "border-force"]}, "pages": 3}),
    (f"{GOVUK}/search/all.atom?keywords=slavery", "govuk", f"{GOVUK}/api/search.json",
     {"search": {"q": "slavery"}, "pages": 3}),
    (f"{GOVUK}/search/guidance-and-regulation?keywords=slavery", "govuk",
     f"{GOVUK}/search/guidance-and-regulation.atom?keywords=slavery", {}),
    (f"{GOVUK}/api/search.json?q=slavery&count=10", "govuk", f"{GOVUK}/api/search.json?q=slavery&count=10", {}),
    items("https://bills.parliament.uk/bills/3749/publications", "parliament",
          "https://bills-api.parliament.uk/api/v1/Bills", "3749", api="bills"),
    items("https://bills-api.parliament.uk/api/v1/Bills/3749/Stages?Take=5", "parliament",
          "https://bills-api.parliament.uk/api/v1/Bills", "3749", api="bills"),
    ("https://bills.parliament.uk/?SearchTerm=slavery", "parliament", "https://bills-api.parliament.uk/api/v1/Bills",
     {"api": "bills", "terms": ["slavery"]}),
    ("https://bills-api.parliament.uk/api/v1/Bills?Session=39", "parliament",
     "https://bills-api.parliament.uk/api/v1/Bills?Session=39", {"api": "bills"}),
    ("https://committees.parliament.uk/committee/516/european-affairs-committee/publications/", "parliament",
     "https://committees-api.parliament.uk/api/Publications", {"api": "committees", "search": {"CommitteeId": "516"}}),
    items("https://committees.parliament.uk/publications/41906/documents/208047/default/", "parliament",
          "https://committees-api.parliament.uk/api/Publications", "41906", api="committees"),
    ("https://questions-statements.parliament.uk/written-questions/detail/2026-01-20/HL123", "parliament",
     "https://questions-statements-api.parliament.uk/api/writtenquestions/questions",
     {"api": "questions", "search": {"uIN": "HL123"}}),
    ("https://questions-statements.parliament.uk/written-statements?SearchTerm=trafficking", "parliament",
     "https://questions-statements-api.parliament.uk/api/writtenstatements/statements",
     {"api": "statements", "terms": ["trafficking"]}),
    ("https://statutoryinstruments.parliament.uk/", "parliament",
     "https://statutoryinstruments-api.parliament.uk/api/v2/StatutoryInstrument", {"api": "instruments"}),
    items("https://treaties.parliament.uk/treaty/aBc123/", "parliament",
          "https://treaties-api.parliament.uk/api/Treaty", "aBc123", api="treaties"),
    ("https://modern-slavery-statement-registry.service.gov.uk/search", "registry",
     "https://downloads.modern-slavery-statement-registry.service.gov.uk/publicdownloads/", {}),
    cellar("https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX%3A02011L0036-20240714"),
    cellar("http://data.europa.eu/eli/dir/2011/36/oj"),
    cellar("https://publications.europa.eu/resource/celex/32011L0036.ENG.fmx4"),
    cellar(f"{LAW}/european/directive/2011/0036"),
    cellar("https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:62017CJ0001", "62017CJ0001"),
    ("https://op.europa.eu/en/publication-detail/-/publication/225ab30f-0a4c-11f0-b1a3-01aa75ed71a1/language-en",
     "cellar", "https://publications.europa.eu/resource/cellar/225ab30f-0a4c-11f0-b1a3-01aa75ed71a1", {}),
    (f"{SPARQL}?query=select", "cellar", f"{SPARQL}?query=select", {}),
    ("https://publications.europa.eu/webapi/notification/ingestion?startDate=1", "cellar", SPARQL,
     {"feed": "notifications"}),
    items("https://www.europarl.europa.eu/doceo/document/TA-9-2019-0018_EN.html", "europarl", f"{EP}/adopted-texts",
          "TA-9-2019-0018"),
    items("https://www.europarl.europa.eu/doceo/document/A-9-2024-0163_EN.html", "europarl", f"{EP}/plenary-documents",
          "A-9-2024-0163"),
    items("https://oeil.europarl.europa.eu/oeil/en/procedure-file?reference=2022/0426(COD)", "europarl",
          f"{EP}/procedures", "2022-0426"),
    (f"{EP}/adopted-texts", "europarl", f"{EP}/adopted-texts", {"subjects": ["http://eurovoc.europa.eu/5933"]}),
    ("https://hudoc.greta.coe.int/eng", "hudoc", "https://hudoc.greta.coe.int" + HUDOC.format("greta", "GRETA"), {}),
    ("https://hudoc.grevio.coe.int" + HUDOC.format("grevio", "GREVIO"), "hudoc",
     "https://hudoc.grevio.coe.int" + HUDOC.format("grevio", "GREVIO"), {}),
    ("https://www.europol.europa.eu/media-press/newsroom?q=x", "europol",
     "https://www.europol.europa.eu/cms/api/rss/news", {}),
    (f"{PRESS.removesuffix('/api')}/detail/en/ip_24_1234", "presscorner", f"{PRESS}/rss?language=en&pageSize=50", {}),
    (f"{PRESS.removesuffix('/api')}/home/en?keywords=forced%20labour", "presscorner",
     f"{PRESS}/search?language=en&text=forced%20labour&pagesize=100&pagenumber=1", {"pages": 5}),
    ("https://sherloc.unodc.org/cld/en/v3/sherloc/cldb/search.html", "sherloc",
     "https://www.unodc.org/cld/v3/sherloc/cldb/data.json", {}),
    ("https://www.unodc.org/cld/v3/sherloc/legdb/", "sherloc",
     "https://www.unodc.org/cld/v3/sherloc/legdb/data.json", {}),
)  # fmt: skip


@pytest.mark.parametrize(("url", "protocol", "address", "options"), KNOWN, ids=[each[0] for each in KNOWN])
def test_sites_with_a_protocol_of_their_own_are_known_by_the_address(
    url: str, protocol: str, address: str, options: Mapping[str, object]
) -> None:
    found = by_address(address_of(url))
    assert found is not None
    assert (found.protocol, found.url, dict(found.options)) == (protocol, address, options)
    assert protocols.problems(found.source) == [] and set(options) <= set(keys_of(protocols.OPTIONS[protocol]))
    assert found.label and found.name and found.evidence in ("documented", "reported")


def test_a_word_is_no_address() -> None:
    with pytest.raises(IdentifierError, match="'guidance': neither a web address nor the number of an act"):
        address_of("guidance")


def test_a_search_of_the_court_is_the_same_search_as_results() -> None:
    found = by_address('https://hudoc.echr.coe.int/eng#{"article":["4"],"sort":["kpdate Descending"],"fancy":["x"]}')
    assert found is not None and found.protocol == "hudoc" and found.kind == "case_law"
    assert "/app/query/results?query=contentsitename%3AECHR%20AND%20((article%3D%224%22))&select=" in found.url
    assert any("fancy" in note for note in found.notes)
    everything = by_address("https://hudoc.echr.coe.int/")
    assert everything is not None and any("all judgments" in note for note in everything.notes)


@pytest.mark.parametrize(
    "url",
    [
        f"{LAW}/", f"{LAW}/help", f"{LAW}/defralex", f"{GOVUK}/", "https://www.parliament.uk/business/news/",
        "https://bills.parliament.uk/rss/allbills.rss", "https://commonslibrary.parliament.uk/feed/", SPARQL,
        "https://www.europarl.europa.eu/news/en/press-room", "https://www.europol.europa.eu/about-europol",
        "https://www.coe.int/en/web/anti-human-trafficking", "https://www.unodc.org/unodc/en/human-trafficking/",
        "https://ec.europa.eu/eurostat/", "https://www.office.example/ukpga/2015/30", "https://evil.example/gov.uk",
        "https://hudoc.greta.coe.int.evil.example/", "https://x.example/sitemap.xml",
    ],
)  # fmt: skip
def test_other_addresses_must_be_looked_at(url: str) -> None:
    assert by_address(url) is None


@given(st.text(max_size=80), st.sampled_from([each[0] for each in KNOWN]))
@examples(150)
def test_no_address_breaks_it(text: str, url: str) -> None:
    for given_text in (text, url + text, url.replace("/", "/" + text, 4)):
        try:
            address = address_of(given_text)
        except IdentifierError:
            continue
        found = by_address(address)
        assert found is None or protocols.problems(found.source) == []
        assert protocol_by_path(address).url == address


def test_what_people_paste_becomes_an_address() -> None:
    assert address_of(" www.office.example/a b?utm_source=x&id=1 ") == "https://www.office.example/a%20b?id=1"
    assert address_of("uksi/2015/1816") == f"{LAW}/uksi/2015/1816"
    assert address_of("32011L0036") == "https://publications.europa.eu/resource/celex/32011L0036"
    for wrong in ("ftp://office.example/", "https://user:secret@office.example/", "", "https://"):
        with pytest.raises(IdentifierError):
            address_of(wrong)


@pytest.mark.parametrize(
    ("url", "protocol"),
    [
        ("https://x.example/feed/", "feed"), ("https://x.example/a/rss.xml", "feed"),
        ("https://x.example/a.atom", "feed"), ("https://x.example/rss/press-releases.xml", "feed"),
        ("https://x.example/sitemap.xml", "sitemap"),
        ("https://x.example/sitemap_index.xml.gz", "sitemap"), ("https://x.example/feedback", "page"),
        ("https://x.example/", "page"), ("https://x.example/guidance/a.pdf", "page"),
    ],
)  # fmt: skip
def test_what_cannot_be_looked_at_is_taken_for_what_its_address_says(url: str, protocol: str) -> None:
    assert protocol_by_path(url).protocol == protocol


@pytest.mark.recorded
def test_recorded_addresses_are_known_by_their_protocol() -> None:
    file = RECORDINGS / "manifest.jsonl"
    if not file.exists():
        pytest.skip("no recordings beside the project")
    hosts = {
        "www.legislation.gov.uk": {"legislation", "cellar"}, "www.gov.uk": {"govuk"},
        "bills-api.parliament.uk": {"parliament"}, "publications.europa.eu": {"cellar"},
        "data.europarl.europa.eu": {"europarl"},
        "hudoc.greta.coe.int": {"hudoc"},
        "hudoc.echr.coe.int": {"hudoc"}, "hudoc.grevio.coe.int": {"hudoc"}, "oeil.europarl.europa.eu": {"europarl"},
    }  # fmt: skip
    for line in file.read_text("utf-8").splitlines():
        url = str(json.loads(line)["url"])
        try:
            found = by_address(address_of(url))
        except IdentifierError:
            continue
        host = url.partition("://")[2].partition("/")[0]
        assert found is None or found.protocol in hosts.get(host, {found.protocol}), url
