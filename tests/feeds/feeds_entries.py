"""An entry, rows and random entries, for the tests of everything that is made of entries."""

import json
from dataclasses import replace
from datetime import datetime

from hypothesis import strategies as st

from crawler.changes.strength import DutyChange
from crawler.feeds import Entry, EntryChange, Feed
from crawler.feeds.entry import Copy
from crawler.feeds.facets import SHARED
from crawler.model import Word
from crawler.wording import legal

FEED = Feed(authority="sample.invalid", public_url="https://roundup.example.org/")

ENTRY = Entry(
    id="abc123",
    kind="changed",
    title="Sample Act: section 45 amended",
    verb="Changed",
    summary="Section 45: may becomes must.",
    told=(
        EntryChange(
            kind="changed",
            document="ukpga/2001/9001",
            path="section-45-1",
            heading="Defence",
            words=(Word(op="=", text="A person "), Word(op="-", text="may "), Word(op="+", text="must ")),
            duty=(DutyChange(flag="modal", before="may", after="must"),),
        ),
    ),
    url="https://www.example.org/official",
    jurisdiction="England and Wales",
    document="ukpga/2001/9001",
    document_kind="act",
    document_title="Sample Act",
    status="",
    publisher="parliament",
    publisher_name="Sample Parliament",
    source="law",
    source_name="Sample statute book",
    topics=("offences_law",),
    facets={
        "aimed_at": ("police", "prosecutors"),
        "exploitation": ("labour",),
        "jurisdiction": ("England", "England and Wales"),
        "role": ("police",),
        "toolkit": ("round-up",),
        "topic": ("offences_law",),
    },
    why=("Its title has “Exploitation”.",),
    aimed_at=("police", "prosecutors"),
    look_for=("Section 45: Defence",),
    flags=("duty word", "contact"),
    sure=("The date was read from the page.",),
    confirmed=True,
    copies=(),
    published="2001-07-01",
    updated_by_publisher="2026-11-20",
    occurred="2026-11-01",
    day="2026-11-01",
    in_force="in parts",
    note="",
    significance="legal effect",
    late="",
    seen="2026-11-24T10:00:00Z",
    announced="2026-11-24T10:00:00Z",
    updated="2026-11-24T10:00:00Z",
    state="announced",
    capture_time="2026-11-24T09:59:00Z",
    capture_digest="0" * 64,
    private=False,
    removed="",
)

words = st.text(st.characters(codec=None), max_size=60) | st.sampled_from(
    [
        "<script>alert(1)</script>",
        "a & b",
        "]]>",
        "\x00\x0b\ufffe",
        "\ud800",
        "\u202eabc",
        "قانون",
        "x" * 500,
        "&amp;lt;",
    ]
)
hexes = st.text("0123456789abcdef", min_size=1, max_size=40)
times = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)).map(
    lambda t: t.replace(microsecond=0).isoformat() + "Z"
)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """An entry as :func:`read` gives it: without illegal characters, but otherwise with anything in it."""

    def text() -> str:
        return legal(draw(words))

    return replace(
        ENTRY,
        id=draw(hexes),
        title=text(),
        summary=text(),
        told=tuple(
            EntryChange(kind=text(), document=text(), path=text(), heading=text(), words=(Word(op="+", text=text()),))
            for _ in range(draw(st.integers(0, 2)))
        ),
        url=text(),
        jurisdiction=text(),
        document_kind=text(),
        publisher_name=text(),
        topics=(text(),),
        facets={facet: (text(), text()) for facet in draw(st.sets(st.sampled_from(SHARED)))},
        why=(text(),),
        aimed_at=(text(),),
        look_for=(text(), text()),
        flags=(text(),),
        sure=(text(),),
        confirmed=draw(st.booleans()),
        copies=(Copy(document=text(), title=text(), url=text(), publisher=text(), relation=text(), language=text()),),
        published=text(),
        note=text(),
        late=text(),
        announced=draw(times),
        updated=draw(times),
        state=draw(st.sampled_from(["announced", "corrected", "withdrawn"])),
    )


def row(**values: object) -> dict[str, object]:
    names = {name: getattr(ENTRY, name) for name in ENTRY.__slots__ if name not in ("told", "removed")}
    lists = ("topics", "facets", "why", "aimed_at", "look_for", "flags", "sure", "copies")
    names |= {name: json.dumps(names[name]) for name in lists}
    details = [
        {
            "kind": "changed",
            "document": "d",
            "path": "1",
            "heading": "Who",
            "words": [["=", "x" * 900], ["+", "y" * 900]],
        }
    ]
    extra = {
        "details": json.dumps(details), "removed_copies": "[]", "private_parts": "[]", "copy": "public",
        "taken_down": None, "private": 0, "lost": 0, "removed_from_list": 0,
    }  # fmt: skip
    return {**names, **extra, **values}
