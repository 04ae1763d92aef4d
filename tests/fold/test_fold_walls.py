"""Walls that stand for days where documents were, or were there first: nobody is told that a document says them."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.fold.test_fold_laws import Publisher, address, live
from tests.fold.test_fold_redirects import AUDITED, told
from tests.fold.world import START, crawl, same

pytestmark = pytest.mark.slow

LONG = " ".join(f"We and our {n} partners store what you read on a device." for n in range(30))
WALLS = {
    "short": "<title>We value your privacy</title><h1>We value your privacy</h1><p>Accept or manage your choices.</p>",
    "long": f"<title>Before you continue</title><main><h1>Before you continue</h1><p>{LONG}</p></main>",
    "shell": "<title>Sample document 1 on exploitation</title><div id=app>One of many views</div>",
    "no title": "<p>Have you tried to switch it off and on?</p>",
}


def document(number: int) -> str:
    said = " ".join(f"Office {number} tells council {n} of exploitation within {n} days." for n in range(40))
    title = f"Sample document {number} on exploitation"
    return f"<title>{title}</title><main><h1>{title}</h1><p>{said}</p></main>"


def published() -> Publisher:
    publisher = Publisher()
    for number in range(3):
        publisher.do(("publish", number))
        publisher.site.put(address(number), document(number))
    return publisher


def read(data: Path, publisher: Publisher, day: int, *, wall: str = "", walled: range = range(3)) -> None:
    for number in range(3):
        # What differs between two answers, and no reader sees.
        body = f"{WALLS[wall]}<!-- {day} {number} -->" if wall and number in walled else document(number)
        publisher.site.put(address(number), body)
    crawl(data, publisher.site, START + timedelta(days=day), text=AUDITED)


@pytest.mark.parametrize("walled", [range(3), range(1)], ids=["all", "one"])
@pytest.mark.parametrize("wall", WALLS)
def test_a_wall_that_stands_for_days_is_no_text_of_a_document(tmp_path: Path, wall: str, walled: range) -> None:
    publisher = published()
    for day in range(8):
        stands = wall if 2 <= day < (4 if wall == "long" and len(walled) == 1 else 6) else ""
        read(tmp_path, publisher, day, wall=stands, walled=walled)
        with live(tmp_path) as store:
            assert told(store) == [], day
            held = store.all("select kind, detail from issues where kind in ('shrunk','parse') and resolved is null")
            assert len(held) == (len(walled) if stands else 0), day
    same(tmp_path)


def test_what_all_pages_said_first_was_their_wall(tmp_path: Path) -> None:
    publisher = published()
    for number in range(3):
        publisher.site.put(address(number), WALLS["long"])
    crawl(tmp_path, publisher.site, START, text=AUDITED)
    for day in (1, 2):
        read(tmp_path, publisher, day)
    with live(tmp_path) as store:
        assert told(store) == []
        titles = {row["title"] for row in store.all("select title from documents")}
        assert titles == {f"Sample document {number} on exploitation" for number in range(3)}
    same(tmp_path)
