"""A crawl in a process of its own, for tests that kill it: ``python -m tests.spiders.child DATA SOURCES [LIMIT]``.

``LIMIT`` is the most bytes a file may grow to, which is how a full disk is played.
"""

import resource
import signal
import sys
from pathlib import Path

from crawler.errors import LockedError, StorageError
from crawler.run.options import Options
from crawler.sources import loads


def main(data: str, sources: str, limit: str = "") -> int:
    """Crawl, and return the exit code as the command line would."""
    from crawler.spiders.engine import crawl

    if limit:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
    text = Path(sources).read_text(encoding="utf-8")
    try:
        result = crawl(Options(data=Path(data), registry=loads(text, "sources.yaml"), sources_text=text))
    except LockedError as error:
        print(error)
        return 3
    except StorageError as error:
        print(error)
        return 4
    print(f"{result.crawl} {'interrupted' if result.interrupted else 'whole'} {dict(result.outcomes)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
