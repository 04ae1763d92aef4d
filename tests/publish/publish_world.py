"""A small world in the database, with everything a page may meet: all of it invented."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import publish_told
import publish_works
from publish_rows import (
    CLOCK,
    EARLIER,
    FIRST,
    SECRET,
    World,
)


def build(path: Path, *, sample: bool = False) -> Path:
    """Fill a new database with the world, and give its path."""
    world = World(path)
    _registry(world, sample)
    publish_works.documents(world)
    publish_works.law(world)
    publish_told.entries(world)
    publish_told.issues(world)
    for facet, column in (("jurisdiction", "jurisdiction"), ("kind", "document_kind"), ("source", "source")):
        world.db.execute(
            f"insert into entry_counts select ?, {column}, count(*) from entries where announced is not null and"
            f" {column} is not null and {column} <> '' group by 2",
            [facet],
        )
    world.db.conn.commit()
    world.db.execute("analyze")
    world.db.conn.commit()
    world.db.close()
    return path


def _registry(world: World, sample: bool) -> None:
    add = world.add
    add("publishers", id="home-office", name="Sample Home Office", licence="OGL v3.0", attribution="Contains samples.")
    add("publishers", id="parliament", name="Sample Parliament", licence="OGL v3.0")
    add("publishers", id="ngo", name="Sample Charity", copy="hash-only", jurisdiction="International")
    add(
        "sources",
        id="guidance",
        name="Sample guidance",
        publisher="home-office",
        url="https://www.example.org/feed",
        position=0,
    )
    add(
        "sources",
        id="law",
        name="Sample statute book",
        publisher="parliament",
        url="https://law.example/feed",
        position=1,
        kind="legislation",
    )
    add(
        "sources",
        id="news",
        name="Sample newsroom",
        publisher="home-office",
        url="https://news.example/feed",
        position=2,
        kind="news",
    )
    add(
        "sources",
        id="ngo",
        name="Sample charity reports",
        publisher="ngo",
        url="https://ngo.example/feed",
        position=3,
        kind="report",
    )
    add(
        "sources",
        id="never",
        name="Sample never read",
        publisher="ngo",
        url="https://never.example/",
        position=4,
        last_success=None,
        last_walk=None,
        last_entries=None,
        evidence="assumed",
    )
    add(
        "sources",
        id="off",
        name="Sample switched off",
        publisher="ngo",
        url="https://off.example/",
        position=5,
        enabled=0,
        reason="forbids robots",
        last_success=None,
    )
    for number, clock in enumerate((FIRST, EARLIER, CLOCK), 1):
        add("crawls", id=f"c{number}", clock=clock, started=clock, ended=clock, sample=int(sample))
        for source in ("guidance", "law", "news", "ngo"):
            outcome = "unhealthy" if (source, number) == ("ngo", 3) else "healthy"
            add("runs", crawl=f"c{number}", source=source, outcome=outcome)
    add("topics", id="identification_nrm", label="Identification")
    for number, clock in ((1, CLOCK), (2, EARLIER)):
        add(
            "fetches",
            id=number,
            crawl="c3",
            exchange=f"x{number}",
            url="https://www.example.org/official",
            time=clock,
            source="guidance",
            digest=sha256(b"x").hexdigest(),
            asked=json.dumps([{"source": "guidance", "facts": {"summary": SECRET}}]),
        )
    add(
        "frontier",
        id=1,
        key="GET https://www.example.org/official",
        url="https://www.example.org/official",
        host="www.example.org",
        accept="",
        rank=0,
        state="done",
        tries=0,
        crawl="c3",
        walk="",
    )
    add(
        "frontier_askers",
        frontier=1,
        source="guidance",
        role="document",
        parent="",
        facts=json.dumps({"summary": SECRET}),
        token="t",
        wanted=0,
    )
