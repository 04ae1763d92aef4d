"""The law on a day, from the crawl to the question: an Act and a directive of our own over five moments each."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.public import at_day, documents, versions
from crawler.public.database import Connection
from tests.fold.samples import ACT, LAW, LEGISLATION, act, sources
from tests.fold.test_fold_acts import WORDS, enacted
from tests.fold.test_fold_application_dates import effects, noted
from tests.fold.test_fold_consolidated import TWO, consolidated, produce_again, published, read_on_two_days
from tests.fold.test_fold_laws import live
from tests.fold.world import START, Site, crawl, same
from tests.protocols.test_cellar_crawl import ACT as DIRECTIVE
from tests.protocols.test_cellar_crawl import TEXT, Office
from tests.public.exported import exported

pytestmark = pytest.mark.slow

REGISTRY = sources(
    LEGISLATION.replace("feed: items,", "feed: items, versions: true,").replace("topics:", "audit: 1\n    topics:")
).replace("jurisdiction: United Kingdom}", "jurisdiction: United Kingdom, licence: OGL v3.0, copy: public}")
DAYS = ("2015-07-06", "2016-04-01", "2018-06-01", "2020-01-15", "2023-09-01")
"""When the five wordings of the Act begin; the first is the enacted one."""

ONE, TWICE, THREE, FOUR = WORDS
SUBSTITUTED = (ONE[0], ONE[1], ONE[2].replace("each of its areas", "each district"))
INSERTED = ("2A", "Service", "A sample notice under section 2 is served by post.")
DOTS = (FOUR[0], FOUR[1], ". . . . . . . . . .")
RENUMBERED = ("5", THREE[1], THREE[2])


def scheduled(text: str, words: str) -> str:
    """An Act with a schedule of one paragraph."""
    schedule = (
        '<Schedules><Schedule id="schedule"><Number>SCHEDULE</Number><TitleBlock><Title>Forms</Title></TitleBlock>'
        '<ScheduleBody><P1 id="schedule-paragraph-1"><Pnumber>1</Pnumber><P1para>'
        f"<Text>{words}</Text></P1para></P1></ScheduleBody></Schedule></Schedules>"
    )
    return text.replace("</Primary>", f"{schedule}</Primary>")


def dated(text: str, day: str) -> str:
    """The page of one day: its own identifier names it, and it says nothing of now."""
    return text.replace(
        f"<dc:identifier>http://www.legislation.gov.uk/{ACT}<",
        f"<dc:identifier>http://www.legislation.gov.uk/{ACT}/{day}<",
    )


FORM, FEWER = "The sample form has ten boxes.", "The sample form has eight boxes."
TEXTS = {
    DAYS[0]: scheduled(enacted(ONE, TWICE, ("3", THREE[1], f"*{THREE[2]}"), FOUR), FORM),
    DAYS[1]: scheduled(act(SUBSTITUTED, TWICE, THREE, FOUR, valid=DAYS[1]), FORM),
    DAYS[2]: scheduled(act(SUBSTITUTED, TWICE, INSERTED, THREE, DOTS, valid=DAYS[2]), FORM),
    DAYS[3]: scheduled(act(SUBSTITUTED, TWICE, INSERTED, THREE, DOTS, valid=DAYS[3]), FEWER),
    DAYS[4]: scheduled(act(SUBSTITUTED, TWICE, INSERTED, DOTS, RENUMBERED, valid=DAYS[4]), FEWER),
}
FIXED = TEXTS[DAYS[2]].replace("served by post", "served by recorded post")
"""A late editorial fix to a wording that ended long ago."""


def words_of(text: str) -> dict[str, str]:
    """What each provision of a text says, read by eye of a regular expression."""
    found = re.findall(r'<P1 id="([\w-]+)">.*?<Text>\*?(.*?)</Text>', text)
    return {path: "…" if words.startswith(".") else words for path, words in found}


def listing(text: str, *days: str) -> str:
    """The Act as it is now, with the versions that its publisher lists."""
    links = "".join(
        '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="http://purl.org/dc/terms/hasVersion"'
        f' href="http://www.legislation.gov.uk/{ACT}/{day}" title="{day}"/>'
        for day in days
    )
    return text.replace("</ukm:Metadata>", f"{links}</ukm:Metadata>")


def page_of(day: str) -> str:
    return LAW.replace("/data.xml", f"/{day}/data.xml")


def act_world(data: Path, fixed: bool) -> None:
    site, number = Site(), 0
    names = ("enacted", *DAYS[1:])
    for name, text in zip(names, TEXTS.values(), strict=True):
        site.put(page_of(name), text if name == "enacted" else dated(text, name), media="application/xml")
    moved = noted(effects(TEXTS[DAYS[2]], ("words substituted", "s. 1", "2019-05-01")), n1="S. 1 in force at 1.2.2016")
    later, last = (effects(TEXTS[day], ("words substituted", "s. 1", "2019-10-01")) for day in DAYS[3:])
    moments = ((moved, names[:2]), (later, names[:3]), (last, names[:4]))
    for text, listed in moments:
        site.put(LAW, listing(text, *listed), media="application/xml")
        for _ in range(2):
            crawl(data, site, START + timedelta(days=number), text=REGISTRY)
            number += 1
    if fixed:
        site.put(page_of(DAYS[2]), dated(FIXED, DAYS[2]), media="application/xml")
        for _ in range(2):  # The audit asks again.
            crawl(data, site, START + timedelta(days=number), text=REGISTRY)
            number += 1
    same(data)


@contextmanager
def public(data: Path) -> Iterator[Connection]:
    with live(data) as store, exported(store) as connection:
        yield connection


def said(connection: Connection, document: str, day: str) -> dict[str, str]:
    return {
        row["path"]: row["text"]
        for row in at_day.sections_at(connection, document, day)
        if row["text"] and row["path"] != "introduction"
    }


def around(day: str) -> Iterator[str]:
    for count in (-1, 0, 1):
        yield (date.fromisoformat(day) + timedelta(days=count)).isoformat()


def test_the_act_on_every_day_around_each_boundary(tmp_path: Path) -> None:
    act_world(tmp_path, fixed=False)
    with public(tmp_path) as connection:
        for boundary in DAYS:
            for day in around(boundary):
                begun = [each for each in DAYS if each <= day]
                expected = words_of(TEXTS[begun[-1]]) if begun else {}
                assert said(connection, ACT, day) == expected, day
        rows = {row["path"]: row for row in at_day.sections_at(connection, ACT, "2020-01-15")}
        days = {
            path: (rows[path]["since"], rows[path]["until"])
            for path in rows
            if rows[path]["text"] and path != "introduction"
        }
        assert days == {
            "section-1": (DAYS[1], ""), "section-2": (DAYS[0], ""), "section-2A": (DAYS[2], ""),
            "section-3": (DAYS[1], DAYS[4]), "section-4": (DAYS[2], ""), "schedule-paragraph-1": (DAYS[3], ""),
        }  # fmt: skip
        cited = at_day.sections_at(connection, ACT, "2020-01-15", "section-2A")
        assert [row["path"] for row in cited] == ["section-2", "section-2A"]
        held = documents.document(connection, ACT)
        assert held is not None and held["versions"] == 5
        for day, moved in (("2019-09-30", 0), ("2019-10-01", 1)):
            version = versions.version(connection, ACT, at_day.stream(connection, _current(connection, ACT))[2].id)
            assert version is not None
            found = at_day.beside(connection, held, version, day)
            assert found["unapplied"]["total"] == moved, "the day that the effect has now, not the one before"  # type: ignore[index]


def test_what_the_backfill_reads_is_no_news(tmp_path: Path) -> None:
    act_world(tmp_path, fixed=True)
    with live(tmp_path) as store:
        told = store.all("select kind, path, occurred from announcements where silent='' and kind<>'new' order by seq")
        assert [(each["kind"], each["path"], each["occurred"]) for each in told] == [
            ("changed", "schedule-paragraph-1", DAYS[3]),
            ("renumbered", "section-5", DAYS[4]),
        ]
    with public(tmp_path) as connection:
        words = said(connection, ACT, "2019-12-31")["section-2A"]
        assert words == "A sample notice under section 2 is served by recorded post."
        version = versions.version(connection, ACT, at_day.stream(connection, _current(connection, ACT))[2].id)
        held = documents.document(connection, ACT)
        assert version is not None and held is not None
        assert len(at_day.beside(connection, held, version, "2019-12-31")["productions"]) == 1  # type: ignore[arg-type]


def _current(connection: Connection, document: str) -> dict[str, object]:
    row = connection.execute(
        "select v.* from documents d join versions v on v.id = d.current where d.id = ?", [document]
    )
    return dict(row.fetchone())


LATE = "2024-07-14"
FIVE, SIX = "Samples shall be kept for five years.", "Samples shall be kept for six years."


def label_on(connection: Connection, day: str) -> str | None:
    found = at_day.wording_on(at_day.stream(connection, _current(connection, DIRECTIVE)), day)
    version = versions.version(connection, DIRECTIVE, found.id) if found else None
    return str(version["label"]) if version else None


def test_the_directive_as_published_consolidated_and_corrected(tmp_path: Path) -> None:
    office = read_on_two_days(tmp_path, published(*TWO), consolidated(TWO[0], FIVE, production="001.001.0"))
    with public(tmp_path) as connection:
        assert [label_on(connection, day) for day in ("2001-04-04", "2024-07-13", "2024-07-14")] == [
            None, "as published", "02001L9001-20240714 (001.001)",
        ]  # fmt: skip
    produce_again(office, consolidated(TWO[0], SIX, production="001.002.0"))
    crawl(tmp_path, office.site, START + timedelta(days=2), text=TEXT)
    with public(tmp_path) as connection:
        assert label_on(connection, "2024-07-13") == "as published"
        assert label_on(connection, "2024-07-14") == "02001L9001-20240714 (001.002)"
        current, held = _current(connection, DIRECTIVE), documents.document(connection, DIRECTIVE)
        assert held is not None
        found = at_day.beside(connection, held, current, "2024-07-14")
        assert [row["label"] for row in found["productions"]] == ["02001L9001-20240714 (001.001)"]  # type: ignore[attr-defined]


def test_an_amendment_is_pending_until_the_consolidation_that_lags_has_it(tmp_path: Path) -> None:
    """The notice names the acts that amend, long before any text holds what they change; they are not held."""
    office = Office()
    crawl(tmp_path, office.site, START, text=TEXT)
    seen = []
    for day in (1, 2):
        with public(tmp_path) as connection:
            current = _current(connection, DIRECTIVE)
            pending = at_day.pending(connection, DIRECTIVE, current)
            corrected = [each["title"] for each in versions.corrected_since(connection, DIRECTIVE, "", LATE)]
            assert corrected == ["corrigendum CELEX 32001L9001R(01)"]
            assert versions.corrected_since(connection, DIRECTIVE, "article-2", LATE) == []
            on: dict[str, Any] = {
                each: at_day.beside(connection, {"id": DIRECTIVE}, current, each) for each in ("2024-07-13", LATE)
            }
            seen.append(([(act["title"], act["in_force"]) for act in pending], on["2024-07-13"]["unapplied"]["total"],
                         on[LATE]["unapplied"]["total"]))  # fmt: skip
        office.amend()
        crawl(tmp_path, office.site, START + timedelta(days=day), text=TEXT)
    same(tmp_path)
    ahead = ("Directive (EU) 2026/9800", "2026-11-30")
    assert seen == [([("Directive (EU) 2024/9712", LATE), ahead], 0, 2), ([ahead], 0, 0)]


def test_a_further_version_adds_little(tmp_path: Path) -> None:
    """One small amendment of an Act of 1.5 MB adds at most 5 % of its size to the public file."""
    many = [(str(n), f"Heading {n}", f"Section {n} says: " + f"words of section {n}, " * 80) for n in range(1, 1001)]
    site, sizes = Site(), []
    for number, day in enumerate(DAYS[1:4]):
        many[500 + number] = (many[500 + number][0], "Amended", f"Amended by order {number}.")
        text = act(*many, valid=day)
        site.put(LAW, text, media="application/xml")
        crawl(tmp_path, site, START + timedelta(days=number), text=REGISTRY)
        with live(tmp_path) as store, exported(store) as connection:
            file = connection.execute("pragma database_list").fetchone()[2]
            sizes.append(Path(file).stat().st_size)
    assert len(text) > 1_500_000
    assert sizes[2] - sizes[1] <= 0.05 * len(text), sizes
