"""The command coverage: what of a list is held, which rule takes the rest, and what is said of a list that is wrong."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from crawler import protocols
from crawler.cli.coverage import coverage, read
from crawler.errors import ConfigError
from crawler.protocols.reaching import LINKED, rule
from crawler.protocols.wanted import Wanted
from crawler.public.database import connect, rows
from crawler.sources import Registry, loads
from tests.publish import publish_world

HEAD = "title,publisher,url\n"
PUBLICATIONS = "https://www.gov.uk/government/publications"

GOVUK, SPARQL = "https://www.gov.uk/", "https://publications.europa.eu/webapi/rdf/sparql"
LAW, SEARCH = "https://www.legislation.gov.uk/", f"{GOVUK}api/search.json"
EURLEX = "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:"
RM = "https://rm.coe.int/"
FEED = "https://hudoc.reports.example/app/transform/rss?library=x&query=contentsitename%3AGRETA&sort=&start=1"
ALL = {"filter_content_store_document_type": "guide"}
SOURCES: tuple[tuple[str, str, str, dict[str, object]], ...] = (
    ("law", "legislation", LAW, {"feed": "items", "items": ["ukpga/2015/30"]}),
    ("titles", "legislation", f"{LAW}uksi+ssi/data.feed?title=slavery%20OR%20gangmasters", {}),
    ("log", "legislation", f"{LAW}new/data.feed", {}),
    ("pages", "govuk", GOVUK, {"items": ["/government/publications/duty"]}),
    ("search", "govuk", SEARCH, {"search": {"q": '"county lines" toolkit', "count": 100}, "pages": 5}),
    ("types", "govuk", SEARCH, {"search": {"q": "lines", **ALL}}),
    ("office-all", "govuk", SEARCH, {"organisation": "home-office"}),
    ("cut", "govuk", SEARCH, {"organisation": "home-office", "pages": 3}),
    ("acts", "cellar", SPARQL, {"feed": "items", "items": ["32011L0036"]}),
    ("around", "cellar", SPARQL, {"feed": "items", "items": ["consil:ST_1_2021_INIT", "32003F0777", "32016R0794"]}),
    ("bodies", "cellar", SPARQL, {"feed": "search", "bodies": ["Sample Agency"]}),
    ("works", "cellar", SPARQL, {"feed": "search", "titles": ["forced labour"], "since": "2010-01-01"}),
    ("reports", "parliament", "https://committees-api.parliament.uk/api/Publications",
     {"api": "committees", "terms": ["slavery"], "days": 365}),
    ("bills", "parliament", "https://bills-api.parliament.uk/api/v1/Bills", {"api": "bills", "terms": ["slavery"]}),
    ("adopted", "europarl", "https://data.europarl.europa.eu/api/v2/adopted-texts", {"words": ["human trafficking"]}),
    ("map", "sitemap", "https://www.prosecutors.example/sitemap.xml",
     {"include": ["/guidance/"], "exclude": ["/guidance/cy/"]}),
    ("list", "listing", "https://list.example/news", {"entry": "article", "include": "/news/2"}),
    ("whole", "listing", "https://whole.example/trafficking", {"entry": "article", "page_parameter": "page"}),
    ("page", "page", "https://page.example/a", {"items": ["https://www.page.example/b/"]}),
    ("followed", "page", "https://followed.example/lists", {}),
    ("feed", "feed", "https://feed.example/feed", {}),
    ("posts", "wordpress", "https://posts.example/wp-json/wp/v2/report", {"terms": ["slavery"]}),
    ("greta", "hudoc", FEED, {}),
    ("symbols", "numbered", "https://documents.un.org/api/symbol/access?s={number}",
     {"items": {"A/RES/1": "Sample resolution on slavery"}, "also": {"A/RES/1": ["https://closed.example/?id=1"]}}),
    ("records", "oai", "https://digitallibrary.un.org/oai2d", {"words": ["slavery"]}),
    ("cases", "hudoc", "https://hudoc.court.example/app/query/results?query=a%20AND%20(itemid%3D%22001-1%22)", {}),
    ("police", "europol", "https://police.example/publications", {}),
    ("guessed", "page", "https://guessed.example/", {}),
)  # fmt: skip
FOLLOW = {
    "include": ["^/reports/", r"\.pdf$"],
    "exclude": ["privacy"],
    "hosts": ["files.example"],
    "types": ["html", "pdf"],
}
REGISTRY = json.dumps({
    "publishers": {"home-office": {"name": "Sample Home Office", "jurisdiction": "United Kingdom"}},
    "sources": [
        {
            "id": id, "publisher": "home-office", "kind": "report", "protocol": protocol, "url": url,
            "options": options, "expect": {"min": 1}, "evidence": "recorded",
            **({"follow": FOLLOW} if id == "followed" else {}),
            **({"topics": ["offences_law"]} if id == "whole" else {}),
            **({"evidence": "assumed", "enabled": False, "reason": "nobody asked"} if id == "guessed" else {}),
        }
        for id, protocol, url, options in SOURCES
    ],
    "hosts": {"www.closed.example": {"closed": "403 to programs, 2026"}},
    "by_hand": {
        "reviewed": "2026-11-24",
        "list": [
            {"title": title, "publisher": publisher, "date": date, "url": url, "reason": "closed", "identifier": number}
            for title, publisher, date, url, number in (
                ("Global sample of slavery", "Labour Office and Walk Far", "2017-09", "https://lab.example/list", ""),
                ("Global sample of slavery", "Labour Office", "2022", "https://lab.example/list", ""),
                ("An inspection", "Sample National Agency", "2019", "https://www.closed.example/inspection/", "HC 7"),
            )
        ],
    },
    "judgments": {
        "reviewed": "2026-11-24",
        "list": [{"citation": "[2018] EWCA Crim 667", "court": "Court of Appeal", "date": "2018-03-28",
                  "url": "https://caselaw.nationalarchives.gov.uk/ewca/crim/2018/667", "provisions": ["section 45"]}],
    },
})  # fmt: skip


@pytest.fixture(scope="module")
def registry() -> Registry:
    return loads(REGISTRY, "sources.yaml", protocols.OPTIONS)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("coverage")
    publish_world.build(folder / "roundup.db")
    (folder / "sources.yaml").write_text(REGISTRY, "utf-8")
    return folder


def _asked(data: Path, *arguments: str) -> dict[str, Any]:
    paths = ["--data", str(data), "--sources", str(data / "sources.yaml"), "--json"]
    result = CliRunner().invoke(coverage, [*paths, *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize(
    ("title", "url", "expected"),
    [
        ("Act", "http://legislation.data.gov.uk/ukpga/2015/30/section/45", "law: item ukpga/2015/30"),
        ("Act: Explanatory Notes", "https://www.legislation.gov.uk/ukpga/2015/30/notes", ""),
        ("The Slavery Order", "https://www.legislation.gov.uk/uksi/2015/1", "titles: search title slavery"),
        ("The Gangmasters Rules", "https://www.legislation.gov.uk/ssi/2015/1", "titles: search title gangmasters"),
        ("The Slavery Act", "https://www.legislation.gov.uk/ukpga/2016/1", ""),
        ("Duty", f"{PUBLICATIONS}/duty", "pages: item /government/publications/duty"),
        ("Duty", "https://www.gov.uk/government/publications/duty/html", "pages: item /government/publications/duty"),
        ("Duty, again", f"{PUBLICATIONS}/duty-again", "office-all: search of home-office"),
        ("County Lines: a toolkit", f"{PUBLICATIONS}/x", "office-all: search of home-office"),
        ("Directive", "https://eur-lex.europa.eu/eli/dir/2011/36/oj", "acts: item 32011L0036"),
        ("On forced labour", "https://eur-lex.europa.eu/eli/reg/2024/3015/oj", "works: search title forced labour"),
        ("On forced labour", "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32002F0629", ""),
        (
            "On forced labour",
            "https://elsewhere.example/report",
            "whole: list of its publications on the subject, which the title names, by author and title",
        ),
        (
            "Modern slavery",
            "https://committees.parliament.uk/publications/12/documents/34/default/",
            "reports: search slavery, the last 365 days",
        ),
        (
            "Slavery today",
            "https://committees.parliament.uk/work/1234/slavery-today/",
            "reports: search slavery, the last 365 days",
        ),
        ("Modern Slavery Bill", "https://bills.parliament.uk/bills/3660", "bills: search slavery"),
        (
            "Resolution on human trafficking",
            "https://www.europarl.europa.eu/doceo/document/TA-9-2021-0041_EN.html",
            "adopted: search human trafficking, the last 2 years",
        ),
        ("Guidance", "https://prosecutors.example/guidance/slavery", "map: sitemap, /guidance/"),
        ("Canllawiau", "https://www.prosecutors.example/guidance/cy/slavery", ""),
        ("News", "https://list.example/news/2026/1", "list: list, /news/2, its first page"),
        ("News", "https://list.example/about", ""),
        ("Page", "http://page.example/b", "page: item https://www.page.example/b/"),
        ("Report", "https://www.followed.example/reports/1", f"followed: links, ^/reports/, {LINKED}"),
        ("Report", "https://followed.example/reports", f"followed: links, ^/reports/, {LINKED}"),
        ("Report", "https://files.example/a/Report.PDF", rf"followed: links, \.pdf$, {LINKED}"),
        ("Report", "https://elsewhere.example/a/report.pdf", ""),
        ("Form", "https://followed.example/reports/form.docx", ""),
        ("Privacy", "https://followed.example/reports/privacy", ""),
        (
            "Sample Home Office",
            "https://www.followed.example/en/",
            f"followed: site whose list is read: https://followed.example/lists, {LINKED}",
        ),
        ("Sample Home Office", "https://page.example/", ""),
        (
            "A report",
            "https://www.police.example/publications/a",
            f"police: list https://police.example/publications, {LINKED}",
        ),
        ("Publications", "https://police.example/publications/", "police: list https://police.example/publications"),
        ("Entry", "https://feed.example/entry", ""),
        ("Report", "https://hudoc.reports.example/eng?i=1", "greta: all of hudoc.reports.example, its first page"),
        ("Reducing slavery", "https://www.posts.example/reports/slavery/", "posts: search slavery"),
        ("Guess", "https://guessed.example/", ""),
        ("Report on Decision 2003/777/JHA", f"{EURLEX}52005DC0001", "around: around 32003F0777, which the title names"),
        ("Report on 2016/794", "https://elsewhere.example/report", ""),
        (
            "Conclusions",
            "https://data.consilium.europa.eu/doc/document/ST-1-2021-INIT/en/pdf",
            "around: item consil:ST_1_2021_INIT",
        ),
        ("Resolution 1", "https://undocs.org/en/A/RES/1", "symbols: item A/RES/1"),
        ("Resolution 1", "http://www.closed.example/?id=1", "symbols: item A/RES/1"),
        ("On slavery", "https://undocs.org/A/2", "records: search title slavery, records changed in the last 14 days"),
        ("A v. B", "https://hudoc.court.example/eng?i=001-1", "cases: item 001-1"),
        ("A v. C", "https://hudoc.court.example/eng?i=001-2", ""),
        ("A handbook", "", ""),
    ],
)
def test_a_rule_takes_what_its_address_and_title_tell(registry: Registry, title: str, url: str, expected: str) -> None:
    found = rule(registry, Wanted(title=title, publisher="Home Office", url=url))
    told = f"{found.source}: {', '.join(filter(None, (found.words, found.newest)))}" if found else ""
    assert told == expected


@pytest.mark.parametrize(
    ("publisher", "title", "url", "expected"),
    [
        ("Sample Agency", "Any report", "", "search of Sample Agency"),
        ("Sample Agency", "Any report", "https://agency.europa.eu/publications/any", "search of Sample Agency"),
        ("Sample Agency", "A release", "https://agency.europa.eu/media-press/newsroom/a", ""),
        ("Sample Agency", "A catalogue of courses", "https://agency.europa.eu/training/catalogue", ""),
        ("Agency", "Any report", "", ""),
        ("home-office", "Evaluation report: Ireland", f"{RM}16800d3812", "all of hudoc.reports.example"),
        ("home-office", "A guide", f"{RM}16800d3812", ""),
        ("Council", "Ireland", f"{RM}home-office-2022-11-irl/1680a84b84", "all of hudoc.reports.example"),
        ("Council", "Home Office country report: Ireland", f"{RM}16800d3812", "all of hudoc.reports.example"),
        ("Council", "Country report: Ireland", f"{RM}16800d3812", ""),
        ("home-office", "Trafficking: a study", "", "list of its publications on the subject, which the title names"),
        ("Office", "Trafficking: a study", "", ""),
        ("Office", "Sample resolution on slavery", "", "item A/RES/1"),
    ],
)
def test_of_a_catalogue_author_and_title_are_enough(
    registry: Registry, publisher: str, title: str, url: str, expected: str
) -> None:
    found = rule(registry, Wanted(title=title, publisher=publisher, url=url))
    assert (found.words if found else "") == expected


UK = json.dumps({
    "publishers": {
        "legislation": {"name": "legislation.gov.uk", "jurisdiction": "United Kingdom"},
        "office": {"name": "Sample Office", "jurisdiction": "United Kingdom"},
        "police": {"name": "Sample Police", "jurisdiction": "United Kingdom"},
        "court": {"name": "Sample Court", "jurisdiction": "United Kingdom"},
        "council": {"name": "Sample Council", "jurisdiction": "United Kingdom"},
        "charity": {"name": "Sample Charity", "jurisdiction": "United Kingdom"},
    },
    "sources": [
        {"id": id, "publisher": publisher, "kind": "report", "protocol": protocol, "url": url, "options": options,
         "expect": {"min": 1}, "evidence": "recorded", **more}
        for id, publisher, protocol, url, options, more in (
            ("law", "legislation", "legislation", LAW,
             {"feed": "items", "items": ["ukpga/2015/30"], "associated": True}, {}),
            ("titles", "legislation", "legislation", f"{LAW}all/data.feed?title=%22Border%20Act%202022%22", {}, {}),
            ("search", "office", "govuk", SEARCH, {"phrases": ["slavery", "trafficked"]}, {}),
            ("police", "police", "govuk", SEARCH, {"organisation": "sample-police"}, {}),
            ("site", "police", "page", "https://police.example/", {}, {"enabled": False, "reason": "closed"}),
            ("reports", "office", "parliament", "https://committees-api.parliament.uk/api/Publications",
             {"api": "committees", "terms": ["slavery"]}, {"backfill": {"by": "page"}}),
            ("list", "court", "listing", "https://court.example/search?q=human%20trafficking&page=1",
             {"entry": "li", "page_parameter": "page"}, {}),
            ("links", "council", "page", "https://council.example/papers", {},
             {"follow": {"include": ["^/papers/"], "index": "list"}}),
            ("all-links", "charity", "page", "https://charity.example/papers", {}, {"follow": {"index": "list"}}),
            ("bills", "office", "parliament", "https://bills-api.parliament.uk/api/v1/Bills",
             {"api": "bills", "terms": ["slavery"]}, {}),
        )
    ],
})  # fmt: skip


@pytest.mark.parametrize(
    ("title", "publisher", "url", "expected"),
    [
        ("Notes", "", f"{LAW}ukpga/2015/30/notes/contents", "law: beside ukpga/2015/30"),
        ("Notes", "", f"{LAW}ukpga/2016/30/notes", ""),
        ("The Border Act 2022 (No. 1) Order", "legislation.gov.uk", "", 'titles: search title "Border Act 2022"'),
        ("The Border Act 2022", "Another", "", ""),
        ("Children who were trafficked", "Sample Office", "", 'search: search "trafficked"'),
        ("Children who were trafficked", "Sample Office and Sample Court", "", 'search: search "trafficked"'),
        ("Slavery and the police", "Sample Police", "", ""),
        ("Human trafficking in court", "Sample Court", "", "list: list, search human trafficking"),
        ("Trafficking in court", "Sample Court", "", ""),
        ("Any paper", "Sample Council", "", "links: links of https://council.example/papers"),
        ("On slavery", "", "https://charity.example/a",
         f"all-links: links of https://charity.example/papers, {LINKED}"),
        ("On gardens", "", "https://charity.example/a", ""),
        ("Slavery: a report", "Home Affairs Committee", "", "reports: search slavery"),
        ("Slavery: a report", "House of Commons Library", "", ""),
        ("Slavery: a report", "Committee of the Parties", "", ""),
        ("Slavery: a report", "Business and Human Rights Resource Centre", "", ""),
        ("It was hard", "Sample Office", f"{PUBLICATIONS}/slavery-in-homes", 'search: search "slavery"'),
        ("Modern Slavery (Sample) Bill [HL]", "UK Parliament", "", "bills: search slavery"),
        ("Modern Slavery Bill (of June)", "UK Parliament", "https://bills.parliament.uk/",
         "bills: search slavery, by author and title"),
        ("On slavery", "Sample Office", "https://copies.example/1", 'search: search "slavery", by author and title'),
        ("On slavery", "Sample Office", "https://www.old-office.gov.uk/doc/1", ""),
        ("On slavery", "Sample Office", "http://www.homeoffice.gov.uk/doc/1",
         'search: search "slavery", by author and title'),
        ("On slavery", "Sample Office", "https://council.example/1", ""),
        ("Slavery", "", "https://committees.parliament.uk/publications/1/documents/2/default/",
         "reports: search slavery"),
        ("Slavery", "", "https://publications.parliament.uk/pa/cm201719/cmselect/cmpubacc/886/886.pdf",
         "reports: search slavery, as far back as the API goes, which nobody has written down"),
        ("Slavery", "", "https://publications.parliament.uk/pa/cm200809/cmselect/cmhaff/23/23i.pdf", ""),
    ],
)  # fmt: skip
def test_papers_of_the_kingdom_are_told_by_author_and_title_too(
    title: str, publisher: str, url: str, expected: str
) -> None:
    """Where a body has a site that is closed to us, its name and a title tell nothing."""
    found = rule(loads(UK, "sources.yaml", protocols.OPTIONS), Wanted(title=title, publisher=publisher, url=url))
    assert (f"{found.source}: {', '.join(filter(None, (found.words, found.newest)))}" if found else "") == expected


def test_a_list_that_is_read_backwards_is_read_to_its_end() -> None:
    told = json.loads(REGISTRY)
    (own,) = (each for each in told["sources"] if each["id"] == "list")
    own["backfill"] = {"by": "page"}
    backwards = loads(json.dumps(told), "sources.yaml", protocols.OPTIONS)
    found = rule(backwards, Wanted(title="News", publisher="", url="https://list.example/news/2026/1"))
    assert found is not None and not found.newest


def test_a_search_that_is_cut_says_so_and_another_body_is_not_searched(registry: Registry) -> None:
    url = f"{PUBLICATIONS}/x"
    found = rule(registry, Wanted(title="County lines: toolkit", publisher="Ministry", url=url))
    assert found is not None
    assert (found.source, found.newest) == ("search", "the newest 500")
    assert rule(registry, Wanted(title="County lines", publisher="Ministry", url=url)) is None


def test_held_is_what_has_the_address_an_alias_the_identity_or_publisher_and_title(data: Path) -> None:
    wanted = data / "wanted.csv"
    lines = (
        "By its identity,Anybody,https://www.legislation.gov.uk/ukpga/2001/9001/section/2",
        "By an alias,,http://example.org/old-address/",
        "By an item,Anybody,https://page.example/a",
        "Its notes,Anybody,https://www.legislation.gov.uk/ukpga/2001/9001/notes",
        "Nowhere,Anybody,",
    )
    wanted.write_text("\ufeff" + HEAD + "\n".join(lines), "utf-8")
    found = _asked(data, str(wanted))
    assert [row["state"] for row in found["rows"]] == ["held", "held", "reached", "not reached", "not reached"]
    assert [found[state] for state in ("documents", "held", "reached", "not_reached")] == [5, 2, 1, 2]
    title, document = _titled(data)
    for publisher, state in (("Home Office", "held"), ("Sample Charity", "not reached")):
        wanted.write_text(f'{HEAD}"{title.upper()}!",{publisher},\n', "utf-8")
        (row,) = _asked(data, str(wanted))["rows"]
        assert row["state"] == state
        assert row["document"] == (document if state == "held" else None)


@pytest.mark.parametrize(
    ("line", "state", "told"),
    [
        ("The global sample of slavery (2017),Labour Office,", "by hand", "https://lab.example/list"),
        ("Global sample of slavery (2022),Labour Office,https://elsewhere.example/x", "by hand", "https://lab.example/list"),
        ("Global sample of slavery (2012),Labour Office,", "not reached", ""),
        ("Global sample of slavery,Another Body,", "not reached", ""),
        ("Something else,Labour Office,https://lab.example/list", "not reached", ""),
        ("An inspection (HC 7),SNA,", "by hand", "https://www.closed.example/inspection/"),
        ("An inspection (HC 8),SNA,", "not reached", ""),
        ("Named otherwise,Anybody,http://closed.example/inspection", "by hand", "closed"),
        ("Global sample of slavery \u2013 2nd edition,LO,", "by hand", "https://lab.example/list"),
        ("Global sample of slavery 2022: a sample country,LO,", "by hand", "https://lab.example/list"),
        ("Global sample of slavery 2021: a sample country,LO,", "not reached", ""),
        ("Unknown,Anybody,https://closed.example/other", "closed", "403 to programs"),
        ("The global sample of slavery (2017),Somebody,https://lab.example/2017", "by hand", "https://lab.example/list"),
        ("The global sample of slavery (2017),Somebody,https://elsewhere.example/2017", "not reached", ""),
        ("SNA: An inspection (HC 7),Parliament,", "by hand", "https://www.closed.example/inspection/"),
        ("SNA: Another inspection (HC 8),Parliament,", "not reached", ""),
        ("Labour Office,Anybody,https://lab.example/", "by hand", "https://lab.example/list"),
        ("Another Office,Anybody,https://lab.example/", "not reached", ""),
        ("R v Somebody [2018] EWCA Crim 667,Court,", "by hand", "ewca/crim/2018/667"),
        ("A judgment,Court,https://caselaw.nationalarchives.gov.uk/ewca/crim/2018/667", "by hand", "[2018]"),
    ],
)  # fmt: skip
def test_by_hand_and_closed_are_states_of_their_own(data: Path, line: str, state: str, told: str) -> None:
    wanted = data / "by-hand.csv"
    wanted.write_text(HEAD + line, "utf-8")
    found = _asked(data, str(wanted))
    (row,) = found["rows"]
    assert row["state"] == state and found[state.replace(" ", "_")] == 1
    assert told in (row["by_hand"] or row["closed"] or "")


def test_what_a_source_keeps_by_its_words_alone_is_counted(data: Path, tmp_path: Path) -> None:
    told = json.loads(REGISTRY)
    for each in told["sources"]:
        each["keep"] = "relevant" if each["id"] == "acts" else "all"
    sources, wanted = tmp_path / "sources.yaml", tmp_path / "wanted.csv"
    sources.write_text(json.dumps(told), "utf-8")
    titles = ("Directive on compensation", "Directive on human trafficking")
    wanted.write_text(HEAD + "".join(f"{title},EU,{EURLEX}32011L0036\n" for title in titles), "utf-8")
    paths = ["--data", str(data), "--sources", str(sources)]
    found = json.loads(CliRunner().invoke(coverage, [*paths, "--json", str(wanted)]).stdout)
    assert [row["said"] for row in found["rows"]] == ["out", "in"]
    assert (found["reached"], found["unsaid_only"]) == (2, 1)
    first, *_ = CliRunner().invoke(coverage, [*paths, str(wanted)]).stdout.splitlines()
    assert "1 of them only if their summary or text names the subject, as their title does not" in first


def test_titles_stay_in_their_line_without_what_is_not_printed_and_long_ones_are_cut(data: Path) -> None:
    wanted = data / "hostile.csv"
    forged = "A\x1b[2J\x07\u202e\x9bguide\nheld         Forged"
    wanted.write_text(f'{HEAD}"{forged}","Nob\x1bo\rdy",\n"{"long " * 20_000}",Nobody,\n', "utf-8")
    paths = ["--data", str(data), "--sources", str(data / "sources.yaml")]
    result = CliRunner().invoke(coverage, [*paths, str(wanted)], catch_exceptions=False)
    *_, first, second = result.stdout.splitlines()
    assert first.startswith("not reached  A [2J guide held Forged (Nob o dy)")
    assert second.startswith("not reached  long") and "…" in second and len(second) < 400
    assert all(line.isprintable() for line in result.stdout.splitlines())
    assert "title: longer than 1,000 characters: the first of them are looked at" in result.stderr
    assert len(_asked(data, str(wanted))["rows"][1]["title"]) == 1000


def _titled(data: Path) -> tuple[str, str]:
    """Return title and id of a document that its publisher alone has under that title."""
    with closing(connect(data / "public.db")) as connection:
        (found, *_) = rows(
            connection,
            "select title, min(id) as id from documents where publisher = 'home-office' and title glob '[A-Z]*'"
            " and title not glob '*\"*' group by title having count(*) = 1 order by title",
        )
    return found["title"], found["id"]


def test_without_a_list_each_body_has_its_sources_and_what_is_held(data: Path, tmp_path: Path) -> None:
    body, others = _asked(data)["bodies"]
    assert (others["publisher"], others["by_hand"], body["by_hand"]) == (None, 3, 0)
    assert (body["publisher"], body["switched_off"], body["listed"]) == ("home-office", 1, 24)
    assert body["held"] > 0
    (tmp_path / "sources.yaml").write_text(REGISTRY, "utf-8")
    empty, _ = _asked(tmp_path)["bodies"]
    assert (empty["listed"], empty["held"]) == (None, 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title,url\nA,\n", ":1: no column publisher"),
        ("", ":1: no column title, publisher, url"),
        (f"{HEAD}A,B\nC,D,\n", ":2: fewer fields"),
        (f"{HEAD}A, too,B,\n", ":2: more fields"),
        (f"{HEAD}A,B,\n,C,\n", ":3: no title"),
        (f"{HEAD}A,,\n", ":2: neither publisher nor url"),
        (f"{HEAD}A,B,www.example.org\n", ":2: url: 'www.example.org' is no address"),
        (f'{HEAD}"A"b,B,\n', ":2: not CSV"),
        (HEAD.encode() + b"\xff,B,\n", ": not UTF-8"),
        (None, ": No such file"),
    ],
)
def test_a_list_that_is_wrong_is_refused_with_line_and_cause(
    tmp_path: Path, text: str | bytes | None, expected: str
) -> None:
    file = tmp_path / "list.csv"
    if text is not None:
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigError) as raised:
        read(file)
    assert str(raised.value).startswith(f"{file}{expected}")
