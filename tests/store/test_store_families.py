"""What entries ask the database."""

import pytest

from crawler.store import Store, families
from tests.store.documents import put


@pytest.mark.parametrize(("others", "is_of_site"), [(1, False), (2, True)])
def test_a_summary_that_three_pages_of_a_source_have_is_one_of_the_site(
    store: Store, others: int, is_of_site: bool
) -> None:
    for number in range(others + 1):
        put(store, f"url:https://a.invalid/{number}")
    store.do("update documents set summary='A site about samples.'")
    row = families.family(store, "url:https://a.invalid/0")[0]
    assert families.is_summary_of_site(store, row) is is_of_site
