"""A small world in the database, with everything a page may meet: all of it invented."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from crawler.export import export
from crawler.sources.areas import areas
from tests.publish import publish_rows as the
from tests.publish import publish_told
from tests.publish.publish_rows import World, lettered

OFFICIAL = "https://www.example.org/official"


def build(path: Path, *, sample: bool = False) -> Path:
    """Fill a new database with the world, and return its path."""
    world = World(path)
    _registry(world)
    _crawls(world, sample)
    _guidance(world)
    _odd(world)
    _people(world)
    _shut(world)
    _law(world)
    publish_told.changes(world)
    publish_told.entries(world)
    publish_told.issues(world)
    _found_by(world)
    world.db.conn.commit()
    world.db.execute("analyze")
    world.db.conn.commit()
    world.db.close()
    export(path)
    return path


def _registry(world: World) -> None:
    add = world.add
    add("publishers", id="home-office", name="Sample Home Office", licence="OGL v3.0", attribution="Contains samples.")
    add("publishers", id="parliament", name="Sample Parliament", licence="OGL v3.0")
    add("publishers", id="ngo", name="Sample Charity", copy="hash-only", jurisdiction="International")
    never = {"last_success": None, "last_walk": None, "last_entries": None, "evidence": "assumed"}
    sources: tuple[tuple[str, str, str, str, dict[str, Any]], ...] = (
        ("guidance", "Sample guidance", "home-office", "https://www.example.org/feed", {}),
        ("law", "Sample statute book", "parliament", "https://law.example/feed", {"kind": "legislation"}),
        ("news", "Sample newsroom", "home-office", "https://news.example/feed", {"kind": "news"}),
        ("ngo", "Sample charity reports", "ngo", "https://ngo.example/feed", {"kind": "report"}),
        ("never", "Sample never read", "ngo", "https://never.example/", never),
        ("off", "Sample switched off", "ngo", "https://off.example/",
         {"enabled": 0, "reason": "forbids robots", "last_success": None}),
    )  # fmt: skip
    for position, (name, title, publisher, url, values) in enumerate(sources):
        add("sources", id=name, name=title, publisher=publisher, url=url, position=position, **values)
    add("topics", id="identification_nrm", label="Identification")


def _crawls(world: World, sample: bool) -> None:
    for number, clock in enumerate((the.FIRST, the.EARLIER, the.CLOCK), 1):
        world.add("crawls", id=f"c{number}", clock=clock, started=clock, ended=clock, sample=int(sample))
        for source in ("guidance", "law", "news", "ngo"):
            outcome = "unhealthy" if (source, number) == ("ngo", 3) else "healthy"
            world.add("runs", crawl=f"c{number}", source=source, outcome=outcome)
    fetches = ((1, the.CLOCK, OFFICIAL, b"x"), (2, the.EARLIER, OFFICIAL, b"x"), (3, the.CLOCK, f"{OFFICIAL}/a", b"a"))
    for number, clock, url, body in fetches:
        world.add(
            "fetches", id=number, crawl="c3", exchange=f"x{number}", url=url, time=clock, source="guidance",
            digest=sha256(body).hexdigest(), file=f"{number}.warc.gz", offset=1000 + number,
            asked=json.dumps([{"source": "guidance", "facts": {"summary": the.SECRET}}]),
        )  # fmt: skip
    world.add("frontier", id=1, key=f"GET {OFFICIAL}", url=OFFICIAL, host="www.example.org", state="done", crawl="c3")
    world.add(
        "frontier_askers", frontier=1, source="guidance", role="document", token="t", wanted=0,
        facts=json.dumps({"summary": the.SECRET}),
    )  # fmt: skip


def _guidance(world: World) -> None:
    guidance = the.GUIDANCE
    world.document(
        guidance, "Sample guidance on identification", summary="How to identify potential victims (sample).",
        updated="2026-11-23T09:00:00Z", changed=the.CLOCK,
        url="https://www.gov.uk/guidance/sample",
    )  # fmt: skip
    world.document(f"{guidance}/annex-a", "Annex A: sample form", parent=guidance, kind="form")
    world.document(f"{guidance}/manual", "Sample manual", parent=guidance)
    world.add("aliases", alias="https://www.example.org/old-address", document=guidance)
    world.add("document_topics", document=guidance, topic="identification_nrm", band="in", score=9.5, why="[]")
    first = ("1", "1", "Purpose", "This sample says how to identify people.")
    old = [
        first,
        ("2", "2", "Who acts", "First responders may refer within 45 days of a person's consent."),
        ("3", "3", "Old part", "This part goes away."),
    ]
    new = [
        first,
        ("2", "2", "Who acts", "First responders must refer within 30 days of a person's consent."),
        ("4", "4", "New part", "l'esclavage and anti-slavery work under 2024/1712, section 54(2)."),
    ]
    titled = {"title": "Sample guidance on identification"}
    world.version("g1", guidance, old, captured=the.EARLIER, label="3.7", fetch=2, **titled)
    world.version("g2", guidance, new, captured=the.CLOCK, label="3.8", note="Duty to refer", **titled)
    world.version("g0", guidance, new, captured=the.FIRST, representation="pdf", **titled)
    world.db.execute("update documents set current = 'g2' where id = ?", [guidance])
    manual = [
        ("reconsideration", "14.5", "Reconsideration", "Ask again within 30 days; this is a sample."),
        ("annex-e-forms", "Annex E", "Forms", "The sample forms of the national referral mechanism."),
    ]
    world.version("m1", f"{guidance}/manual", manual, captured=the.EARLIER)


def _odd(world: World) -> None:
    """Documents with awkward addresses and titles, and those whose page is not found."""
    doc, place = world.document, "url:https://example.org/{}".format
    doc(the.ADDRESS, "Report with an awkward address", kind="report", published="2026-09-30")
    world.change("awkward", the.ADDRESS, "new", silent="first walk", seen=the.FIRST)
    doc(place("script"), the.SCRIPT, kind="report", published="2026-11-02", summary=the.SCRIPT)
    doc(place("rtl"), the.RTL, kind="report", jurisdiction="International", published="2026-11")
    doc(place("long"), the.LONG.strip(), kind="report", published="2026-11-10")
    doc(place("odd"), "Odd \x0b\ufffe title", url="javascript:alert(1)", published="sometime", kind="")
    since = {"availability_since": the.EARLIER}
    doc(place("suspect"), "Suspect page", availability="suspect", **since)
    doc(place("gone"), "Gone page", availability="gone", **since)
    doc(place("withdrawn"), "Withdrawn guidance", availability="withdrawn", **since)


def _people(world: World) -> None:
    """Documents that name people."""
    doc, secret, removed = world.document, the.SECRET, the.REMOVED
    news = {"kind": "news", "source": "news"}
    doc(the.NEWS, "Two charged in sample case", **news, summary=f"{secret} of Sampletown", published="2026-11-22")
    doc(
        the.TAKEN, f"Release about {removed}", **news, summary=secret, availability="gone",
        availability_since=the.EARLIER, url=f"https://news.example/{removed}",
    )  # fmt: skip
    doc(the.CASE, "R v Sample", kind="case_law", source="news", summary=secret)
    doc(f"{the.CASE}/judgment", "Judgment", parent=the.CASE, kind="resource", source="news", summary=secret)
    world.add("aliases", alias=f"https://news.example/{removed}-old", document=the.TAKEN)

    def version(name: str, document: str, heading: str, text: str, captured: str, **values: str) -> None:
        world.version(name, document, [("body", "", heading, text)], captured=captured, source="news", **values)

    version("n1", the.NEWS, secret, f"{secret} was arrested.", the.EARLIER, note=secret)
    version("n2", the.NEWS, secret, f"{secret} was arrested and charged.", the.CLOCK)
    version("t1", the.TAKEN, secret, secret, the.EARLIER, title=f"Release about {removed}")
    judgment = [("body", "", "", secret), ("paragraph-3", "3", secret, f"{secret} (1) was sentenced.")]
    world.version("k1", f"{the.CASE}/judgment", judgment, captured=the.EARLIER, source="news")


def _shut(world: World) -> None:
    """A document whose licence does not let us show our copy."""
    world.document(
        the.SHUT_REPORT, "Charity report", kind="report", source="ngo", publisher="ngo", summary=f"{the.SHUT} summary"
    )
    for name, cases, captured in (("s1", 12, the.EARLIER), ("s2", 15, the.CLOCK)):
        text = f"{the.KEPT}There were {cases} cases. {the.KEPT}"
        world.version(name, the.SHUT_REPORT, [("1", "1", "Findings", text)], captured=captured, source="ngo")


def _law(world: World) -> None:
    law = {"source": "law", "publisher": "parliament"}
    world.document(
        the.ACT, "Sample Exploitation Act 2001", kind="act", **law, status="in force", extent="E+W",
        in_force="in parts", published="2001-07-01", jurisdiction="England and Wales",
        url=f"https://www.legislation.gov.uk/{the.ACT}",
    )  # fmt: skip
    order = "uksi/2002/9002"
    world.document(
        order, "Sample Exploitation (Commencement) Order 2002", kind="si", **law, in_force="2002-04-06",
        published="2002-03-01",
    )  # fmt: skip
    world.document("asp/2002/9003", "Sample Grants (Scotland) Act 2002", kind="act", **law, published="2002-05-01")
    world.document(
        the.CONVENTION, "Sample Convention on Action against Trafficking in Human Beings", kind="convention", **law
    )
    texts = [(number, f"Offence {number}", f"(1) A person commits offence {number}. This is a sample.")
             for number in range(1, 320)]  # fmt: skip
    many = [(f"section-{n}", str(n), heading, text, lettered(f"section-{n}", text)) for n, heading, text in texts]
    many.append(("schedule-2-paragraph-3", "3", "", "A sample form is filled in.", []))
    defence = "(1) A person is not guilty if— (a) compelled, and (b) a sample victim. (2) This is a sample."
    amended = [*many[:44], ("section-45", "45", "Defence", defence, lettered("section-45", defence)), *many[45:]]
    text = {"representation": "structured", "source": "law"}
    world.version("a1", the.ACT, many, captured=the.EARLIER, valid_from="2001-07-01", label="enacted", **text)
    world.version("a2", the.ACT, amended, captured=the.CLOCK, valid_from="2026-11-01", **text)
    grants = [("section-45", "45", "Grants", "(1) Grants may be paid.")]
    world.version("b1", "asp/2002/9003", grants, captured=the.EARLIER, **text)
    articles = [("article-26", "26", "Non-punishment", "Victims need not be punished for what they were made to do.")]
    world.version("e1", the.CONVENTION, articles, captured=the.EARLIER, **text)
    world.add(
        "dates", document=the.ACT, event="in force", provision="section 1", date="2001-09-01",
        qualification="for certain purposes",
    )  # fmt: skip
    world.add("relations", document=the.ACT, relation="commenced by", target=order)
    world.add("relations", document=the.ACT, relation="cites", target="javascript:alert(1)")
    world.add(
        "effects", id="e1", affected=the.ACT, affected_provision="s. 45", affecting=order, applied=0,
        affecting_provision="art. 2", type="words substituted", in_force="2027-01-01",
    )  # fmt: skip


def _found_by(world: World) -> None:
    """What entries can be found by, and what waits for a person."""
    uk, act = areas("United Kingdom"), areas("England and Wales")
    world.facets(
        "aa01", topic=["identification_nrm", "victim_support"], role=["first_responder", "police"],
        aimed_at=["ngo_support", "police"], exploitation=["labour"], toolkit=["round-up", "resources"], jurisdiction=uk,
    )  # fmt: skip
    world.places("aa01", the.GUIDANCE, "2")
    world.places("aa01", f"{the.GUIDANCE}/annex-a", "b")
    law = {"topic": ["offences_law"], "toolkit": ["round-up"], "jurisdiction": act}
    world.facets("aa02", role=["prosecutor", "police"], aimed_at=["prosecutors"], **law)
    world.places("aa02", the.ACT, "section-45")
    world.entry(
        "ed01", the.ACT, "Sample Exploitation Act 2001: wording of section 4", document_kind="act",
        publisher="parliament", source="law", jurisdiction="England and Wales", significance="editorial",
    )  # fmt: skip
    world.facets("ed01", role=["prosecutor"], **law)
    world.places("ed01", the.ACT, "section-4-1")
    for name in ("aa03", "bb04"):
        world.facets(name, topic=["labour_exploitation"], role=["researcher"], toolkit=["round-up"], jurisdiction=uk)
    world.facets("aa04", topic=["children"], toolkit=["round-up"], jurisdiction=["International"])
    odd = "url:https://example.org/odd"
    world.add(
        "relevance", document=odd, band="review", score=2.5, decided_by="words", why="[]", since=the.EARLIER, rules="1"
    )
