"""Lists of paragraphs before what they are of: read in a time that grows with them."""

import pytest

from crawler.changes.duty_words import _REFERENCE
from crawler.law.places import _OF_PROVISION

LISTED = ", ".join(f"({letter})" for letter in "abcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize("behind", ["of the Schedule", "apply within", "of section", "of section 4"])
def test_a_long_list_of_paragraphs_is_read_in_one_way(behind: str) -> None:
    """Read in every way, a dozen took minutes, and these would take years."""
    found = _OF_PROVISION.search(f"paragraphs {LISTED} {behind}")
    assert (found is not None) is (behind == "of section 4")
    assert _REFERENCE.search(f"paragraphs {LISTED[:55]} apply for ") is None
