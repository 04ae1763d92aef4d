"""What a text cites, checked: whose change it is, when it is told, and what only lies ahead."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crawler.public.database import FILE, connect
from crawler.public.sent.values import Mention, Sent
from crawler.publish.check.answer import Cited, answer
from tests.publish.publish_checklist import GUIDANCE, MSA
from tests.publish.publish_rows import World, copied

pytestmark = pytest.mark.slow
TODAY = "2026-12-20"


def cited(database: Path, document: str, provision: str = "", *, day: str = "2026-12-06") -> tuple[Cited, str]:
    """Return one citation answered, with the name of its group."""
    mention = Mention(
        family="page", document=document, name="", provision=provision, words="it", before="", after="", place=""
    )
    with closing(connect(database.with_name(FILE))) as connection:
        found = answer(connection, Sent(mentions=(mention,)), day, TODAY)
    ((title, _, (one,)),) = [group for group in found.groups if group[2]]
    return one, title


def changed(world: World, id: str, document: str, kind: str, path: str = "", **told: Any) -> None:
    world.change(id, document, kind, path, **{"seen": "2026-12-08T10:00:00Z", **told})


def test_guidance_withdrawn_before_it_was_first_read_has_changed(with_law: Path, tmp_path: Path) -> None:
    with copied(with_law, path := tmp_path / "roundup.db") as world:
        world.db.execute(
            "update documents set availability = 'withdrawn', availability_since = '2021-03-01' where id = ?",
            [GUIDANCE],
        )
        changed(world, "w1", GUIDANCE, "withdrawn", occurred="2021-03-01", silent="first walk")
    one, group = cited(path, GUIDANCE, day="2019-05-01")
    told = [(each.words, each.day) for each in one.changes]
    assert ("Withdrawn", "2021-03-01") in told and group == "To look at"
    one, group = cited(path, GUIDANCE, day="2022-05-01")
    assert one.standing.said == "Withdrawn by its publisher on 1 March 2021." and group == "To look at"


def test_what_hangs_on_an_act_is_no_change_of_it(with_law: Path, tmp_path: Path) -> None:
    with copied(with_law, path := tmp_path / "roundup.db") as world:
        world.document(f"{MSA}/impacts", "Impact assessment", parent=MSA, source="law", publisher="parliament")
        changed(world, "w1", f"{MSA}/impacts", "withdrawn")
        changed(world, "w2", f"{MSA}/impacts", "changed", "section-99")
    before, after = cited(with_law, MSA), cited(path, MSA)
    assert after[0].changes == () and after[0].elsewhere == before[0].elsewhere and after[1] == before[1]
