"""A library, training and reports with what is learned from them, of which some can name people."""

import json
from functools import partial
from pathlib import Path
from typing import cast

from crawler.archive import Archive
from crawler.derive import toolkit
from crawler.export import export
from crawler.ingest import State
from crawler.store import Store, relevance
from crawler.store import toolkit as toolkit_store
from tests.publish import publish_rows as rows
from tests.publish.publish_rows import (
    CASE,
    CLOCK,
    EARLIER,
    FIRST,
    LONG,
    NEWS,
    RTL,
    SCRIPT,
    SECRET,
    SHUT_REPORT,
    TAKEN,
)  # fmt: skip

COURSE = "url:https://training.example/course"
BOOKLET = f"{COURSE}/booklet"
MSA = "ukpga/2015/30"
REPORT = "url:https://reports.example/hidden"
ANSWER = "url:https://reports.example/answer"
FORMULA = "=HYPERLINK(1)"
QUOTE = "url:https://training.example/quote"
SUSPECTS = f"{COURSE}/suspects"
SUSPECTS_PATH = "the-suspects-are"
PRIVATE_COURSE = "url:https://news.example/course"


def part_of(world: rows.World, document: str, *parts: str, band: str = "in") -> None:
    judged = {"band": band, "score": 1.0, "decided_by": "words", "why": "[]", "since": FIRST, "rules": "r"}
    world.add("relevance", document=document, **judged)
    for part in parts:
        why = '[{"place": "source", "start": 0, "end": 0, "words": "Sample guidance", "weight": 0, "rule": "guidance"}]'
        world.add("document_facets", document=document, facet="toolkit", value=part, why=why)


def library(world: rows.World) -> None:
    world.document(
        COURSE, "Modern slavery training for police officers", kind="training", published="2026-10-01",
        author="home-office",
        summary="A free e-learning course that takes 45 minutes.",
    )  # fmt: skip
    world.version(
        "tc", COURSE, [("about", "", "About", "It was written against the Modern Slavery Act 2015.")], captured=EARLIER
    )
    part_of(world, COURSE, "training")
    world.document(
        BOOKLET, "Sample booklet", kind="training", parent=COURSE, summary="You receive a certificate of attendance."
    )
    part_of(world, BOOKLET)
    world.document(QUOTE, "Modern slavery: a course for drivers", kind="training", published="2026-01-01")
    asked = [("cost", "", "Cost", "Contact us for a quote."), ("level", "", "Level", f"Any {SCRIPT}")]
    world.version("tq", QUOTE, asked, captured=EARLIER)
    part_of(world, QUOTE)
    for kind, top, ending in (("news", COURSE, "docx"), ("case_law", "url:https://governance.example/0", "odt")):
        # What can name people hangs on a page that cannot.
        file = f"{SUSPECTS}/{kind}"
        world.document(
            file, "Level 3 course", kind=kind, parent=top, url=f"https://g.example/{SUSPECTS_PATH}.{ending}",
            summary=f"Cost: \u00a390. {SECRET}",
        )  # fmt: skip
        world.version(f"ts-{kind}", file, [(SUSPECTS_PATH, "", "Length", "Nine days")], captured=EARLIER)
        part_of(world, file)
    world.document(MSA, "Modern Slavery Act 2015", kind="act", source="law", publisher="parliament")
    changes: tuple[tuple[str, dict[str, str]], ...] = (
        ("s1", {"occurred": "2026-11-02"}),
        ("s2", {"occurred": "2026-11-02"}),
        ("s3", {"occurred": "2020-01-01"}),  # before the course was published
        ("s4", {"occurred": "2030-01-01"}),  # has not happened yet
        ("s5", {"significance": "editorial"}),
        ("s6", {"cause": "parser"}),
    )
    for name, values in changes:
        world.change(f"msa{name}", MSA, "changed", "section-52", **values)
    many = [("Terms of reference of the Sampleshire Anti-Slavery Partnership", "yes"), (SCRIPT, ""), (RTL, ""),
            (LONG.strip(), ""), (FORMULA, ""), ("Odd \x0b\ufffe title", "")]  # fmt: skip
    for number, (title, _) in enumerate(many):
        name = f"url:https://governance.example/{number}"
        url = "javascript:alert(1)" if number == 5 else f"https://g.example/{number}"
        world.document(name, title, kind="governance", published=f"2026-0{number + 1}-01", url=url)
        part_of(world, name, "governance")
    world.document(
        "url:https://g.example/form",
        "Form",
        parent="url:https://governance.example/0",
        url="https://g.example/terms.docx",
    )
    part_of(world, "url:https://g.example/form")
    for number in range(53):
        name = f"url:https://resources.example/{number:02}"
        day = f"2025-01-{number % 28 + 1:02}"
        world.document(name, f"Supply chain guide {number:02}", kind="manual", published=day)
        part_of(world, name)
    world.document(
        PRIVATE_COURSE, "Training course in the news", kind="news", source="news", summary=f"{SECRET} takes 3 days."
    )
    for name, kind in ((NEWS, "news"), (TAKEN, "news"), (CASE, "case_law"), (PRIVATE_COURSE, "news")):
        part_of(world, name)
        place = SUSPECTS_PATH if name == PRIVATE_COURSE else "title"
        why = f'[{{"place": "{place}", "start": 0, "end": 1, "words": "{kind}", "weight": 1, "rule": "x"}}]'
        world.add("document_facets", document=name, facet="toolkit", value="training", why=why)
    part_of(world, SHUT_REPORT, "resources")


def reports(world: rows.World) -> None:
    world.document(REPORT, "The hidden crime of labour exploitation", kind="report", published="2026-09-01")
    sections = [
        ("recommendation-1", "Recommendation 1", "", "The Home Office should publish figures."),
        ("recommendation-2", "Recommendation 2", "", "The  Home Office must train responders."),
        ("recommendation-3", "Recommendation 3", "", "Police forces should act."),
        ("finding-1", "Finding 1", SCRIPT, "Data were poor."),
    ]
    world.version("r1", REPORT, sections, captured=EARLIER)
    part_of(world, REPORT)
    for name in ("html", "pdf"):  # One report as two files of one page.
        file = f"{REPORT}/{name}"
        world.document(file, "Annex of the report", parent=REPORT, kind="report")
        world.version(f"r-{name}", file, [("finding-9", "Finding 9", "", "Twice the same.")], captured=EARLIER)
        part_of(world, file)
    world.document(ANSWER, "Government response to the hidden crime of labour exploitation", kind="policy_paper")
    accepted = [("recommendation-1", "Recommendation 1", "", "Accepted; see also recommendation 3.")]
    world.version("r2", ANSWER, accepted, captured=EARLIER)
    part_of(world, ANSWER)
    judgment = f"{ANSWER}/judgment"
    world.document(judgment, "Annex", kind="case_law", parent=ANSWER)
    world.version("r3", judgment, [(SUSPECTS_PATH, "Recommendation 2", "", SECRET)], captured=EARLIER)
    part_of(world, judgment)
    shut = [("recommendation-7", "Recommendation 7", "", f"The council should read {rows.KEPT}")]
    world.version("s3", SHUT_REPORT, shut, captured=CLOCK, source="ngo")
    named = [("recommendation-1", "Recommendation 1", "", f"The court should tell {SECRET}.")]
    world.version("n3", NEWS, named, captured=CLOCK, source="news")


def noted(path: Path) -> None:
    """Let the fold's own code note what each document states that was judged, and export it."""
    with Store.open(path) as store:
        state = State(store=store, archive=cast(Archive, None), parsers={})
        with store.transaction():
            for row in store.all("select document from relevance order by document"):
                if (known := toolkit_store.get(store, row["document"])) is not None:
                    sql = "select value, why from document_facets where document=? and facet='toolkit'"
                    given = {each["value"]: json.loads(each["why"]) for each in store.all(sql, row["document"])}
                    toolkit.note(state, known, partial(relevance.text, store), given, is_new=False)
    export(path)
