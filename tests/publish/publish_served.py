"""The site as a process of its own, with all that it leaves on the disk in one folder."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.ports import free_port


@contextmanager
def served(public: Path, folder: Path) -> Iterator[str]:
    """Serve a public database, and yield the address; the server ends by itself when it is asked to.

    ``folder`` gets its log (``log``) and its temporary files (``tmp``).
    """
    port = free_port()
    code = (
        "from pathlib import Path; from crawler.publish import SiteAddress, serve;"
        f" serve(Path({str(public)!r}), SiteAddress(public_url='', authority='a.invalid'), port={port})"
    )
    (folder / "tmp").mkdir()
    environment = {**os.environ, "TMPDIR": str(folder / "tmp"), "PYTHONPATH": str(Path.cwd())}
    log, command = folder / "log", [sys.executable, "-c", code]
    with (
        log.open("wb") as out,
        subprocess.Popen(command, stdout=out, stderr=out, env=environment, cwd=folder) as running,
    ):
        try:
            while running.poll() is None:
                with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                    break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
            running.send_signal(signal.SIGINT)
            assert running.wait(20) == 0
        finally:
            running.kill()
    assert b"Traceback" not in log.read_bytes()
