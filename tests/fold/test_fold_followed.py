"""Links of a watched page: what changes on it, what a source kept in part takes, what other protocols read."""

from datetime import timedelta
from pathlib import Path

from tests.fold.samples import CONTENT, guidance, sources
from tests.fold.test_fold_laws import live
from tests.fold.test_fold_redirects import told
from tests.fold.world import START, Site, crawl, same

HOST = "https://a.sample.invalid"
TEXT = "Invented words about modern slavery and forced labour, of which this page has some."


def watched(index: str = "list", more: str = "topics: [offences_law]", hosts: str = "[]") -> str:
    return sources(f"""  - id: pages
    publisher: sample
    kind: guidance
    protocol: page
    url: {HOST}/list
    follow: {{index: {index}, hosts: {hosts}}}
    {more}
    expect: {{min: 1}}
""")


def page(title: str, *links: tuple[str, str], text: str = TEXT) -> str:
    listed = "".join(f'<li><a href="{path}">{words}</a></li>' for path, words in links)
    return f"<html><body><main><h1>{title}</h1><p>{text}</p><ul>{listed}</ul></main></body></html>"


def crawled(data: Path, text: str, *visits: dict[str, str]) -> list[list[str]]:
    """Crawl a site once for each visit, a day apart; return what was asked each time, without its host."""
    asked = []
    for day, pages in enumerate(visits):
        site = Site()
        for path, body in pages.items():
            url = path if "://" in path else HOST + path
            site.put(url, body, media="application/json" if "/api/" in path else "text/html")
        crawl(data, site, START + timedelta(days=day), text=text)
        asked.append([url.removeprefix(HOST) for url in site.asked])
    return asked


def test_a_new_link_is_told_and_one_with_other_words_is_asked_again(tmp_path: Path) -> None:
    leaves = {f"/{n}": page(f"Guide {n}", text=f"{TEXT} {n}") for n in "abc"}
    first = leaves | {"/list": page("Guides", ("/a", "Guide a"), ("/b", "Guide b"))}
    then = leaves | {"/list": page("Guides", ("/a", "Guide a"), ("/b", "Guide b, revised"), ("/c", "Guide c"))}
    asked = crawled(tmp_path, watched(), first, first, then, then)
    assert asked == [["/list", "/a", "/b"], ["/list"], ["/list", "/b", "/c"], ["/list"]]
    with live(tmp_path) as store:
        assert told(store) == [("new", f"url:{HOST}/c")]
        assert store.value("select documents from runs order by crawl desc limit 1") == 3
        placed = store.all("select title, document, owner from placements order by position")
        assert [(row["title"], row["owner"]) for row in placed] == [
            ("Guide a", 1), ("Guide b, revised", 1), ("Guide c", 1),
        ]  # fmt: skip
    same(tmp_path)


def test_a_source_kept_in_part_takes_what_fits_from_a_page_that_does_not(tmp_path: Path) -> None:
    links = ("/a", "Modern slavery: a guide for councils"), ("/b", "Parking permits")
    pages = {"/list": page("All publications", *links, text="What this council has published."), "/a": page("Slavery")}
    asked = crawled(tmp_path, watched("document", "keep: relevant"), pages)
    assert asked == [["/list", "/a"]]
    with live(tmp_path) as store:
        read = store.all("select distinct document from versions order by document")
        assert [row["document"] for row in read] == [f"url:{HOST}/a"]
        assert store.value("select documents from runs") == 3


def test_what_has_a_protocol_of_its_own_is_read_by_that_and_an_act_by_its_source(tmp_path: Path) -> None:
    links = (
        ("https://www.gov.uk/government/publications/sample-guidance", "Guidance of the office"),
        ("http://www.legislation.gov.uk/ukpga/2015/30/contents/enacted", "The Act"),
        ("https://other.invalid/a", "Elsewhere"),
    )
    pages = {"/list": page("Links", *links), CONTENT: guidance()}
    asked = crawled(tmp_path, watched(hosts="[www.gov.uk, legislation.gov.uk]"), pages)
    assert asked == [["/list", CONTENT]]
    with live(tmp_path) as store:
        found = {row["id"] for row in store.all("select id from documents")}
        assert found == {"ukpga/2015/30", "govuk:00000000-0000-4000-8000-000000000001"}


def test_a_page_that_is_a_document_counts_what_it_leads_to_also_where_it_is_as_before(tmp_path: Path) -> None:
    pages = {"/list": page("Guides", ("/a", "Guide a")), "/a": page("Guide a")}
    crawled(tmp_path, watched("document"), pages, pages)
    with live(tmp_path) as store:
        assert [row["documents"] for row in store.all("select documents from runs order by crawl")] == [2, 2]
    same(tmp_path)


def test_a_redirect_to_what_the_rules_leave_out_brings_no_document(tmp_path: Path) -> None:
    text = watched().replace("index: list", "index: list, include: [^/guides/], exclude: [/old]")
    site, names = Site(), ("kept", "privacy", "past", "file")
    site.put(f"{HOST}/list", page("Guides", *((f"/guides/{name}", f"Guide {name}") for name in names)))
    for name, to in zip(names, ("/guides/new", "/privacy", "/guides/old-ones", "/store/file.csv"), strict=True):
        site.moves[f"{HOST}/guides/{name}"] = (302, HOST + to)
        site.put(HOST + to, page(f"Page {name}"))
    site.put(f"{HOST}/store/file.csv", "name,use\nguide,on paper\n", media="text/csv")
    crawl(tmp_path, site, START, text=text)
    with live(tmp_path) as store:
        read = {row["document"] for row in store.all("select document from versions")}
        assert read == {f"url:{HOST}/guides/kept", f"url:{HOST}/guides/file"}
        issues = store.all("select subject, detail from issues where kind='no document' order by subject")
        assert [row["subject"].rpartition("/")[2] for row in issues] == ["past", "privacy"]
        assert issues[1]["detail"] == f"leads to {HOST}/privacy, which is left out as a link to it would be"
    same(tmp_path)
