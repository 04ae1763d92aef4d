"""Wherever files go, and whenever a crawl is killed: the laws hold."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from tests.fold.office import AUDITED, NEW, OLD, THIRD, WORDS, Office, pdf
from tests.fold.tables import differences
from tests.fold.test_fold_laws import live
from tests.fold.world import START, Killed, crawl, rebuilt
from tests.tiers import examples

pytestmark = pytest.mark.slow

FORMS = (OLD, NEW, THIRD)
TEXTS = tuple(pdf(f"{WORDS} {more}", writer) for more, writer in (("", "One"), ("", "Two"), ("More.", "One")))
ACTS = st.one_of(
    st.tuples(st.just("serve"), st.integers(0, 2), st.integers(0, 2)),
    st.tuples(st.just("stop"), st.integers(0, 2), st.just(0)),
    st.tuples(st.just("list"), st.integers(0, 2), st.integers(0, 1)),
    st.tuples(st.just("lead"), st.integers(0, 2), st.integers(0, 2)),
    st.tuples(st.just("outage"), st.integers(0, 2), st.just(0)),
)
DAYS = st.lists(st.tuples(st.lists(ACTS, max_size=4), st.integers(0, 9)), min_size=2, max_size=6)


def act(office: Office, listed: list[str], what: tuple[str, int, int]) -> None:
    kind, one, other = what
    url = FORMS[one]
    match kind:
        case "serve":
            office.site.moves.pop(url, None)
            office.serve(url, TEXTS[other])
        case "stop":
            office.site.pages.pop(url, None)
            office.site.moves.pop(url, None)
        case "list":
            listed[:] = [each for each in listed if each != url]
            listed.insert(0 if other else len(listed), url) if other or one else None
        case "lead" if one != other:
            office.site.moves.pop(FORMS[other], None)
            office.site.moves[url] = (301 if one else 302, FORMS[other])
        case "outage":
            office.site.down ^= {url}
    office.list(*listed)


@examples(25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=DAYS)
def test_the_laws_hold_wherever_files_go(
    tmp_path_factory: pytest.TempPathFactory,
    days: list[tuple[list[tuple[str, int, int]], int]],
) -> None:
    data = tmp_path_factory.mktemp("copies")
    office, listed = Office(OLD), [OLD]
    for acts, kill in days:
        for what in acts:
            act(office, listed, what)
        clock = START + timedelta(days=office.day)
        try:
            crawl(data, office.site, clock, text=AUDITED, kill=lambda n, at=kill: n == at)  # type: ignore[misc]
        except Killed:
            crawl(data, office.site, clock + timedelta(minutes=5), text=AUDITED)
        office.day += 1
    with live(data) as one, rebuilt(data) as other:
        assert differences(one, other) == []
        assert one.check() == []
        assert one.value("select count(*) from documents d where d.url like 'url:%'") == 0
    office.crawl(data, 5)
    with live(data) as store:
        before = store.value("select count(*) from changes"), store.value("select count(*) from entries")
    office.crawl(data)
    with live(data) as store:
        assert (store.value("select count(*) from changes"), store.value("select count(*) from entries")) == before
