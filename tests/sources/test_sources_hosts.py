"""Hosts of sources.yaml: none is private but those that say so, and these are on this machine."""

import pytest

from crawler.sources import loads
from tests.sources.test_sources_load import SOURCE, problems


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/feed",
        "http://127.0.0.1:8002/feed",
        "http://[::1]/feed",
        "http://10.1.2.3/feed",
        "http://169.254.169.254/latest",
        "http://[fe80::1]/feed",
        "http://0x7f.1/feed",
        "http://router/feed",
        "http://printer.local/feed",
    ],
)
def test_private_host_is_refused(url: str) -> None:
    text = SOURCE.replace("https://example.org/feed", url) + "hosts: {'127.0.0.1:8001': {private: true, delay: 0}}\n"
    assert ["is not public" in line and ":8: sources.s.url: " in line for line in problems(text)] == [True]


@pytest.mark.parametrize("name", ["127.0.0.1:8001", "localhost:8001", "[::1]:8001"])
def test_exactly_the_private_host_of_the_file_is_let_through(name: str) -> None:
    text = (
        SOURCE.replace("https://example.org", f"http://{name}") + f"hosts: {{'{name}': {{private: true, delay: 0}}}}\n"
    )
    assert loads(text, "sources.yaml").hosts[name].private


@pytest.mark.parametrize("name", ["www.gov.uk", "www.gov.uk:80", "10.0.0.1:80", "localhost", "127.0.0.1"])
def test_private_is_only_for_loopback_with_a_port(name: str) -> None:
    assert any(f"hosts.{name}.private: true; expected only" in line for line in problems(
        SOURCE + f"hosts: {{'{name}': {{private: true}}}}\n"))  # fmt: skip
