"""Addresses: every spelling of one gives the same one, and what is none is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import identifiers as ids
from crawler.errors import IdentifierError
from crawler.identifiers import addresses

ADDRESSES = st.builds(
    "{}://{}{}/{}{}{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(
        ["www.Example.org", "ex\u00e4mple.eu", "[::1]", "127.0.0.1", "eur-lex.europa.eu.", "a.b-c.example"]
    ),
    st.sampled_from(["", ":80", ":443", ":8001", ":"]),
    st.text(max_size=20),
    st.text(max_size=20).map("?{}".format) | st.just(""),
    st.text(max_size=10).map("#{}".format) | st.just(""),
)


@given(ADDRESSES)
def test_canonical_address_is_its_own(url: str) -> None:
    try:
        canonical, key = ids.canonical_url(url), ids.same_address(url)
    except IdentifierError:
        return
    assert ids.canonical_url(canonical) == canonical
    assert ids.document_id(url) in (f"url:{canonical}", ids.owner(url))
    assert ids.same_address(key) == key
    assert "#" not in canonical


@given(st.from_regex(addresses.IN_ORDER, fullmatch=True))
def test_an_address_that_is_seen_to_be_in_its_one_spelling_is_in_it(url: str) -> None:
    assert ids.canonical_url(url) == ids.canonical_url(f"{url}#part") == url


def test_addresses_without_end_do_not_fill_the_memory() -> None:
    ids.canonical_url("https://sample.invalid/?q=1")
    before = addresses._canonical_again.cache_info().currsize
    for number in range(3):
        assert ids.canonical_url(f"https://sample.invalid/?q={number}&sid=1&r={'x' * 60_000}").startswith("https://sam")
    assert addresses._canonical_again.cache_info().currsize == before


@pytest.mark.parametrize("name", ["a" * 64, f"{'a' * 40}-{'b' * 30}", f"{'a' * 63}-b.sample"])
def test_a_name_that_no_host_can_have_is_refused_however_plain_it_looks(name: str) -> None:
    for url in (f"https://{name}.invalid/page", f"https://www.{name}/page"):
        assert not ids.is_address(url)
        with pytest.raises(IdentifierError):
            ids.canonical_url(url)


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://example.org", "https://example.org/"),
        ("http://example.org:443/", "http://example.org:443/"),
        ("https://Ex\u00e4mple.org./\u00e4", "https://xn--exmple-cua.org/%C3%A4"),
        (
            "https://example.org/?UTM_Source=a&fbclid=b&gclid=c&mc_cid=d&mc_eid=e&PHPSESSID=f&sid=g",
            "https://example.org/",
        ),
        ("https://example.org/a;JSESSIONID=1F/b?jsessionid=2", "https://example.org/a/b"),
        ("https://eur-lex.europa.eu/search.html?rid=3&qid=4&page=2", "https://eur-lex.europa.eu/search.html?page=2"),
        ("https://example.org/?rid=3", "https://example.org/?rid=3"),
    ],
)
def test_canonical_address(url: str, wanted: str) -> None:
    assert ids.canonical_url(url) == wanted


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/path",
        "example.org",
        "ftp://example.org/",
        "javascript:alert(1)",
        "data:text/plain,x",
        "https://",
        "https://user@example.org/",
        "https://user:pass@example.org/",
        "https://exa mple.org/",
        "https://example.org:99999/",
        "https://[::1/",
        "https://example.org\\@evil.example/",
        "https://exa\nmple.org/",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    for read in (ids.canonical_url, ids.same_address, ids.document_id):
        with pytest.raises(IdentifierError):
            read(url)


def test_password_is_not_repeated_in_the_error() -> None:
    with pytest.raises(IdentifierError) as caught:
        ids.canonical_url("https://user:hunter2@example.org/")
    assert "hunter2" not in str(caught.value)


def test_replay_tells_apart_what_was_recorded_apart() -> None:
    assert ids.same_address("https://example.org/?a=1&sid=2") != ids.same_address("https://example.org/?a=1")
    assert ids.same_address("http://example.org/?a=1&b=2") == ids.same_address("https://example.org:443/?b=2&a=1")
