"""Staleness travels: guidance that cites a section is marked when that section changes, until it changes itself."""

from datetime import timedelta
from pathlib import Path

import pytest

from crawler.feeds import Feed, Filter
from crawler.feeds.digest import FORMS, Period
from crawler.public import stale
from crawler.public.digest import CITED, digest
from crawler.publish.stale import told
from tests.fold.samples import CONTENT, GOVUK, LAW, LEGISLATION, act, guidance, sources
from tests.fold.test_fold_acts import WORDS
from tests.fold.test_fold_laws import live
from tests.fold.world import START, Site, crawl, same
from tests.public.exported import exported

pytestmark = pytest.mark.slow

REGISTRY = sources(GOVUK, LEGISLATION).replace(
    "jurisdiction: United Kingdom}", "jurisdiction: United Kingdom, licence: OGL v3.0, copy: public}"
)
CITES = "<h2>Referral</h2><p>Under section 2 of the Sample Planning Act 2015 a notice is given.{}</p>"
AMENDED = ("2", "Notices", f"{WORDS[1][2]} It is given within 14 days.")


def in_digest(data: Path, query: Filter) -> list[str]:
    """What the digest of the days of this world lists as to be checked."""
    period = Period(since="2026-03-01T00:00:00Z", until="2026-03-31T00:00:00Z")
    with live(data) as store, exported(store) as connection:
        made = digest(connection, Feed(authority="sample.invalid", filter=query), period)
        for form in FORMS.values():
            assert all(words[:40] in form(made) for _, rows in made.lists for words, _ in rows)
        (entry,) = connection.execute("select entry from changes where entry is not null and path = 'section-2'")
        assert len(stale.of_entry(connection, entry[0])) == stale.number(connection)
        return [words for heading, rows in made.lists for words, _ in rows if heading == CITED]


def marked(data: Path) -> list[tuple[str, str, str, str]]:
    with live(data) as store, exported(store) as connection:
        found = [told(row) for row in stale.waiting(connection, 9)]
        assert stale.number(connection) == len(found)
        return [(one["where"], one["said"], one["cites"], one["became"]) for one in found]


def test_a_passage_is_marked_until_it_changes(tmp_path: Path) -> None:
    site = Site()
    site.put(CONTENT, guidance(CITES.format("")), media="application/json")
    site.put(LAW, act(*WORDS[:3]), media="application/xml")
    seen = []
    for day in range(4):
        if day == 1:
            site.put(LAW, act(WORDS[0], AMENDED, WORDS[2], valid="2026-02-20"), media="application/xml")
        if day == 2:
            other = f"{CITES.format('')}<h2>Contact</h2><p>Ask the sample office.</p>"
            site.put(CONTENT, guidance(other, updated="2026-03-04T09:00:00Z"), media="application/json")
        if day == 3:
            last = CITES.format(" It is given within 14 days.")
            site.put(CONTENT, guidance(last, updated="2026-03-05T05:00:00Z"), media="application/json")
        crawl(tmp_path, site, START + timedelta(days=day), text=REGISTRY)
        seen.append(marked(tmp_path))
        if day in (1, 2):
            listed = [in_digest(tmp_path, Filter(pairs=(("kind", kind),))) for kind in ("act", "guidance", "report")]
            said = "Referral, Sample guidance cites section 2 of Sample Planning Act 2015. Section 2: Notices: words"
            again = "; re-issued since, passage unchanged" if day == 2 else ""
            assert listed == [[f"{said} inserted, since 20 February 2026{again}"]] * 2 + [[]]
    same(tmp_path)
    what = ("section 2", "Section 2: Notices: words inserted")
    assert seen == [
        [],
        [("Referral", "The cited text changed later: check", *what)],
        [("Referral", "Re-issued since, passage unchanged: check", *what)],
        [],
    ]
