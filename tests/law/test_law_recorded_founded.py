"""No changed provision of any law of the recordings names an instrument that nothing stated of it names."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

import pytest

from crawler.changes import compare
from crawler.changes.law import names_law
from crawler.changes.reasons import Effect, with_reasons
from crawler.ingest.reasons import difference_of, effect_of
from crawler.model import Difference, Version
from crawler.store import Store, changes, statements, versions
from tests.law import effects, texts
from tests.recordings import build, library

pytestmark = pytest.mark.recorded


def pairs(store: Store) -> Iterator[tuple[Version, Version, list[Effect]]]:
    """Yield every two versions of a law that are held, the earlier one first, with the effects on it."""
    rows = store.all("select id, document, language from versions where representation='structured' order by id")
    alike: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if names_law(row["document"]):
            alike.setdefault((row["document"], row["language"]), []).append(row["id"])
    for (document, _), ids in alike.items():
        of_law = [(versions.row(store, name), versions.load(store, versions.row(store, name))) for name in ids]
        of_law.sort(key=lambda each: (each[1].valid_from or "", each[0]["captured"]))
        for (_, old), (row, new) in combinations(of_law, 2):
            yield old, new, [effect_of(each, row["fetch"]) for each in statements.effects_about(store, document)]


def stored(store: Store) -> Iterator[tuple[Version, Version, list[Effect], list[Difference]]]:
    """Yield what was told of each two versions of a law, with the effects on it."""
    rows = [row for crawl in store.all("select id from crawls") for row in changes.explainable(store, crawl["id"], [])]
    of_pair: dict[tuple[str, str, str], list[Difference]] = {}
    for row in rows:
        if names_law(row["document"]):
            of_pair.setdefault((row["document"], row["previous"], row["version"]), []).append(difference_of(row))
    for (document, *two), told in of_pair.items():
        old, new = (versions.load(store, versions.row(store, name)) for name in two)
        yield old, new, [effect_of(each, 0) for each in statements.effects_about(store, document)], told


def test_no_provision_of_the_recordings_names_what_is_not_stated_of_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    if not library.is_there():
        pytest.skip("no recordings beside this checkout (../shared)")
    compared, unnamed = Counter[str](), list[str]()
    with Store.open(build.once(tmp_path_factory) / "data" / "roundup.db") as store:
        for old, new, known in pairs(store):
            found = with_reasons(compare(old, new), old, new, known)
            compared[new.document] += sum(bool(each.reasons) for each in found)
            unnamed += [f"{new.document} {line}" for line in effects.unnamed(old, new, found, known)]
        for old, new, known, told in stored(store):
            unnamed += [f"stored {new.document} {line}" for line in effects.unnamed(old, new, told, known)]
    assert unnamed == []
    assert len(compared) >= 8 and compared.total() >= 1000, compared


@pytest.mark.skipif(not texts.is_there(), reason="no texts of laws beside this checkout (../shared)")
def test_no_provision_of_any_two_recorded_texts_names_what_is_not_stated_of_it() -> None:
    of_law: dict[tuple[str, str], list[Version]] = {}
    for text in texts.recordings():
        for version in text.page().versions:
            of_law.setdefault((version.document, version.language), []).append(version)
    compared, unnamed = 0, list[str]()
    for (document, _), alike in of_law.items():
        alike.sort(key=lambda version: version.valid_from or "")
        known = effects.effects() if document == texts.ACT else ()
        for old, new in combinations(alike, 2):
            found = with_reasons(compare(old, new), old, new, known)
            compared += 1
            unnamed += [f"{document} {line}" for line in effects.unnamed(old, new, found, known)]
    assert unnamed == [] and compared >= 5
