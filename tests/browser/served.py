"""The sample world, served by the program itself on loopback."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from os import environ
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from tests.ports import free_port
from tests.sample.replayed import ROOT, SOURCES


@contextmanager
def served(data: Path) -> Iterator[str]:
    """Return the address of the home page of a site over a data directory, without a slash at its end."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = ("serve", "--data", str(data), "--sources", str(SOURCES), "--port", str(port))
    with (data / "served.txt").open("w") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "crawler", *command], cwd=ROOT, stdout=said, stderr=said,
            env={**environ, "ROUNDUP_PUBLIC_URL": address, "ROUNDUP_AUTHORITY": ""},
        )  # fmt: skip
        try:
            _wait(address, process)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    fetch = build_opener(ProxyHandler({}))
    end = time.monotonic() + 120
    while time.monotonic() < end:
        assert process.poll() is None, "the site ended before it answered"
        try:
            with fetch.open(f"{address}/robots.txt", timeout=10):
                return
        except URLError:
            time.sleep(0.1)
    raise AssertionError("the site did not answer")
