"""Lists kept by hand: mirrored from sources.yaml, the same when rebuilt; an issue where nobody went through them."""

from datetime import timedelta
from pathlib import Path

from crawler.store import Store
from tests.fold.tables import differences
from tests.fold.test_fold_laws import live
from tests.fold.test_fold_sources import world
from tests.fold.world import SOURCES, START, crawl, rebuilt

KEPT = (
    SOURCES
    + f"""
by_hand:
  reviewed: {START.date()}
  list:
    - {{title: A closed report, publisher: sample, date: 2019, url: "https://closed.example/a", reason: closed}}
    - title: Another
      publisher: A university
      date: 2020-05
      url: https://u.example/b
      reason: no-list
      checked: 2026-01-05
collections:
  - id: together
    name: Together
    about: What belongs together.
    documents: [ukpga/2015/30]
    instruments:
      reviewed: {START.date()}
      list:
        - function: Surrender
          title: An Act
          document: ukpga/2003/41
          provisions: Part 1
          url: https://www.legislation.gov.uk/ukpga/2003/41
          holds: [UK]
judgments:
  reviewed: {START.date()}
  list:
    - citation: "[2018] EWCA Crim 667"
      court: Court of Appeal
      date: 2018-03-28
      url: https://caselaw.nationalarchives.gov.uk/ewca/crim/2018/667
      provisions: ["Modern Slavery Act 2015, section 45"]
"""
)


def issues(store: Store) -> list[tuple[str | None, str, str]]:
    rows = store.all("select * from issues where kind='unreviewed' and resolved is null order by subject")
    return [(row["source"], row["severity"], row["subject"]) for row in rows]


def test_a_review_that_is_old_is_an_issue_until_it_is_done_again(tmp_path: Path) -> None:
    site = world("words")
    for days, text, expected in (
        (0, KEPT, []),
        (31, KEPT, ["judgments"]),
        (91, KEPT, ["by_hand", "collections", "judgments"]),
        (92, KEPT.replace(str(START.date()), str((START + timedelta(days=92)).date())), []),
    ):
        crawl(tmp_path, site, START + timedelta(days=days), text=text)
        with live(tmp_path) as store:
            assert issues(store) == [(None, "note", block) for block in expected]
    with live(tmp_path) as store, rebuilt(tmp_path) as other:
        rows = store.all("select publisher, checked, reviewed from by_hand order by position")
        reviewed = (START + timedelta(days=92)).date().isoformat()
        assert [(row["checked"], row["reviewed"]) for row in rows] == [("", reviewed), ("2026-01-05", reviewed)]
        assert rows[0]["publisher"] != "sample", "the name of the publisher, where it has a block"
        assert rows[1]["publisher"] == "A university"
        assert differences(store, other) == []
