"""What waits for a decision, and becomes a part of another document while it waits."""

import json
from pathlib import Path

import pytest

from crawler.derive import relevance
from crawler.run.options import DATABASE
from crawler.store import Store
from tests.fold.office import pdf
from tests.fold.relevance_world import Rules, crawl, doubtful
from tests.fold.samples import CONTENT, GOVUK, GUIDANCE, PATH, guidance, sources
from tests.fold.world import SOURCES, Site, same

FILE = "https://assets.publishing.service.gov.uk/media/aaaa/fees.pdf"
OTHER = "https://assets.publishing.service.gov.uk/media/bbbb/traffic-signs.pdf"
PAGE = f"https://www.gov.uk{PATH}"
NEWS = SOURCES.replace("    topics: [offences_law]\n", "    audit: 1\n")
TRACKED = sources(GOVUK, NEWS[NEWS.index("  - id: news") :])
CHILD = f"{GUIDANCE}/sample-fees"
PARENT = "Sample: modern slavery statutory guidance"


def site(title: str = PARENT) -> Site:
    made = Site()
    publish(made, title)
    feed(made, OTHER)
    made.pages[FILE] = (200, "application/pdf", pdf())
    made.pages[OTHER] = (200, "application/pdf", pdf("Other sample words on signs for traffic."))
    return made


def feed(site: Site, *files: str) -> None:
    titles = {FILE: "Sample: fees", OTHER: "Sample: signs", PAGE: "Sample: fees explained"}
    site.feed([(url, titles[url], "") for url in files])


def publish(site: Site, title: str, *files: str) -> None:
    item = json.loads(guidance(title=title))
    item["details"]["attachments"] = [
        {"attachment_type": "file", "title": "Sample fees", "url": url, "file_size": 1} for url in files
    ]
    site.put(CONTENT, json.dumps(item), media="application/json")


def told(data: Path) -> list[tuple[str, list[str], str]]:
    """Give the documents of all entries, each with the kinds of its changes that are told of the file, and why late."""
    with Store.open(data / DATABASE) as store:
        rows = store.all("select id, document, late from entries where announced is not null and kind<>'watching'")
        found = []
        for row in rows:
            told = store.all("select kind from announcements where entry=? and document=? order by 1", row["id"], CHILD)
            found.append((row["document"], [each["kind"] for each in told], row["late"]))
    return found


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relevance, "words", Rules(doubtful))


@pytest.mark.usefixtures("rules")
def test_what_waits_and_is_attached_to_what_is_in_is_told_with_it(tmp_path: Path) -> None:
    made = site()
    crawl(tmp_path, made, 0, text=TRACKED)
    feed(made, OTHER, FILE)
    crawl(tmp_path, made, 1, text=TRACKED)
    assert told(tmp_path) == []
    publish(made, PARENT, FILE)
    for day in (2, 3):
        crawl(tmp_path, made, day, text=TRACKED)
        found = told(tmp_path)
        assert [each[:2] for each in found] == [(GUIDANCE, ["new"])] and "only now" in found[0][2]
    same(tmp_path)


@pytest.mark.usefixtures("rules")
@pytest.mark.parametrize("decided", [GUIDANCE, CHILD, f"url:{FILE}"])
def test_what_waits_and_is_attached_to_what_waits_is_told_when_either_is_let_in(tmp_path: Path, decided: str) -> None:
    made = site("Sample: fees explained")
    feed(made, OTHER, PAGE)
    crawl(tmp_path, made, 0, text=NEWS)
    feed(made, OTHER, PAGE, FILE)
    crawl(tmp_path, made, 1, text=NEWS)
    publish(made, "Sample: fees explained", FILE)
    crawl(tmp_path, made, 2, text=NEWS)
    assert told(tmp_path) == []
    for day in (3, 4):
        crawl(tmp_path, made, day, text=NEWS, decisions=f'relevance: {{"{decided}": in}}')
        found = told(tmp_path)
        assert [each[:2] for each in found] == [(GUIDANCE, ["new"])] and "decided" in found[0][2]
    same(tmp_path)


@pytest.mark.usefixtures("rules")
def test_what_a_person_lets_in_from_aside_brings_nothing_old_with_it(tmp_path: Path) -> None:
    made = site("Sample: signs explained")
    feed(made, PAGE)
    crawl(tmp_path, made, 0, text=NEWS)
    feed(made, PAGE, OTHER)
    crawl(tmp_path, made, 0.5, text=NEWS)
    publish(made, "Sample: signs explained", OTHER)
    crawl(tmp_path, made, 1, text=NEWS)
    for day in (2, 3):
        crawl(tmp_path, made, day, text=NEWS, decisions=f'relevance: {{"{GUIDANCE}": in}}')
        assert told(tmp_path) == [], "from aside it is our correction, of what is attached to it too"
    with Store.open(tmp_path / DATABASE) as store:
        corrected = store.all("select document, before, after from changes where kind='band'")
    assert corrected == [{"document": GUIDANCE, "before": "out", "after": "in"}]
    same(tmp_path)
