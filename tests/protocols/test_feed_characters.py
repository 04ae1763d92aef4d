"""Characters that no text may have: a JSON Feed can hold half of a surrogate pair, in words and in markup."""

import json

import pytest

from tests.protocols.test_feed_dates import read

HALF = "\ud800"


@pytest.mark.parametrize("name", ["title", "summary", "content_html", "content_text", "language"])
@pytest.mark.parametrize("text", [f"Sam{HALF}ple", f"<p>Sam{HALF}ple</p>", f"<p>Sample</{HALF}p>"])
def test_half_of_a_pair_is_left_out(name: str, text: str) -> None:
    item = {"id": "https://a.sample.invalid/1", "title": "Sample", name: text}
    page = read(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item]}), "application/feed+json")
    assert len(page.documents) == 1
    assert "Sample" in repr(page)
    repr(page).encode()
    assert "\\ud800" not in repr(page)
