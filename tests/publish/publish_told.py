"""What the world tells: changes, entries of every state, and issues open and mended."""

from tests.publish import publish_rows as the
from tests.publish.publish_rows import World, told, words


def changes(world: World) -> None:
    change, guidance = world.change, the.GUIDANCE
    step = {"version": "g2", "previous": "g1"}
    change(
        "ch1", guidance, "changed", "2", **step, before="may", after="must", position=1, flags='["duty"]',
        words=words("=First responders ", "-may ", "+must ", "=refer within ", "-45", "+30", "= days."),
    )  # fmt: skip
    change("ch2", guidance, "added", "4", **step, after="New part", position=2)
    change("ch3", guidance, "removed", "3", **step, before="This part goes away.")
    change("ch4", guidance, "changed", "1", version="g1", cause="parser", seen=the.EARLIER)
    secret, removed = the.SECRET, the.REMOVED
    change(
        "ch5", the.NEWS, "changed", "body", version="n2", previous="n1", before=secret, after=secret, note=secret,
        words=words(f"={secret}", "+ and charged"),
    )  # fmt: skip
    change("ch6", the.TAKEN, "retitled", before=f"About {removed}", after=f"Release about {removed}")
    change(
        "ch7", the.SHUT_REPORT, "changed", "1", version="s2", previous="s1", before=the.KEPT, after=the.KEPT,
        words=words(f"={the.KEPT}", "-12", "+15", f"={the.KEPT}"),
    )  # fmt: skip
    change("ch8", f"{guidance}/annex-a", "added", "b", after="A new box.", fetch=3)
    kinds = ("renumbered", "moved", "new", "status", "withdrawn", "gone", "returned", "relocated", "note", "unheard-of")
    for number, kind in enumerate(kinds):
        silent = "first walk" if kind == "new" else ""
        change(f"k{number}", "url:https://example.org/withdrawn", kind, before="old", after="new", silent=silent)


def entries(world: World) -> None:
    entry, early = world.entry, {"at": the.EARLIER}
    guidance, report = the.GUIDANCE, {"document_kind": "report"}
    entry(
        "aa01", guidance, "Sample guidance: duty to refer",
        told("changed", guidance, "2", "2 Who acts", "=First responders ", "-may ", "+must ", "=refer."),
        told("added", f"{guidance}/annex-a", "b", "", "+A new box."),
        note="Duty to refer added", updated_by_publisher="2026-11-23T09:00:00Z",
    )  # fmt: skip
    family = [guidance, f"{guidance}/annex-a"]
    told_in = "select id from changes where document in (?, ?) and cause = 'source'"
    world.db.execute(f"update outbox set entry = 'aa01', state = 'announced' where change in ({told_in})", family)
    entry(
        "aa02", the.ACT, "Sample Exploitation Act 2001: section 45 amended",
        told("changed", the.ACT, "section-45", "45 Defence", "=" + "long " * 200, "+new ", "=" + "long " * 200),
        document_kind="act", publisher="parliament", source="law", jurisdiction="England and Wales",
        significance="legal effect", occurred="2026-11-01", in_force="in parts",
    )  # fmt: skip
    odd = "url:https://example.org/{}".format
    entry(
        "aa03", odd("script"), the.SCRIPT, kind="new", **report, **early, summary=the.SCRIPT, note=the.SCRIPT,
        url="javascript:alert(1)",
    )  # fmt: skip
    entry("aa04", odd("rtl"), the.RTL, kind="new", **report, **early, jurisdiction="International", publisher=None)
    late = "Its source could not be read from 2 to 19 November."
    entry("aa05", odd("long"), the.LONG.strip(), kind="new", **report, **early, late=late)
    entry("aa06", odd("odd"), "Odd \x0b\ufffe title", kind="returned", document_kind="", **early)
    later = {"announced": the.EARLIER, "updated": the.CLOCK}
    entry("aa07", odd("gone"), "Gone page is no longer found", kind="gone", **later, state="corrected")
    entry("aa08", odd("withdrawn"), "Withdrawn guidance withdrawn", kind="withdrawn", **later, state="withdrawn")
    entry(
        "aa09", None, "Started watching 4 sources, 1 could not be read", kind="watching", at=the.FIRST, url="",
        document_kind="", publisher=None, source=None, jurisdiction="", capture_time=None, capture_digest="",
        fetch=None,
    )  # fmt: skip
    entry("aa10", the.ADDRESS, "Silent entry", kind="relocated", **report, announced=None, updated=None, state="silent")
    _of_people(world)
    shut = f"{the.SHUT} " * 300
    entry(
        "bb04", the.SHUT_REPORT, "Charity report: findings changed",
        told("changed", the.SHUT_REPORT, "1", "Findings", f"={shut}", "+15", f"={shut}"),
        **report, source="ngo", publisher="ngo",
    )  # fmt: skip


def _of_people(world: World) -> None:
    """Entries about documents that name people."""
    secret, removed = the.SECRET, the.REMOVED
    private = told("changed", the.NEWS, "body", secret, f"+{secret}")
    news = {"document_kind": "news", "source": "news", "summary": secret}
    world.entry("bb01", the.NEWS, "Two charged in sample case", private, kind="new", **news, note=secret)
    url = f"https://news.example/{removed}"
    world.entry("bb02", the.TAKEN, f"Release about {removed}", private, kind="gone", **news, url=url)
    world.entry("bb03", the.CASE, "R v Sample", private, kind="new", **{**news, "document_kind": "case_law"})


def issues(world: World) -> None:
    def issue(name: str, source: str | None, kind: str, detail: str, since: str, **values: str) -> None:
        world.add("issues", id=name, source=source, kind=kind, detail=detail, since=since, **values)

    issue("i1", "ngo", "challenge", "a robot check instead of the feed", the.EARLIER)
    issue("i2", "guidance", "gap", "page cap of 5 reached", the.EARLIER, severity="note")
    issue("i3", "law", "zero", "no documents", the.FIRST, resolved=the.EARLIER)
    issue("i4", None, "unheard-of", "something <b>odd</b>", the.EARLIER)
