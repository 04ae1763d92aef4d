"""Golden files: what the entries of small worlds say, kept beside the tests and reviewed by hand."""

import json
import tempfile
from pathlib import Path

from tests.entries.worlds import WORLDS, told

GOLDEN = Path(__file__).parent / "golden"


def made(name: str, data: Path) -> str:
    """Return what the entries of a world say, as its golden file has it."""
    WORLDS[name](data)
    return json.dumps(told(data), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def rewrite() -> None:
    """Write every golden file anew."""
    for name in WORLDS:
        with tempfile.TemporaryDirectory() as data:
            (GOLDEN / f"{name}.json").write_text(made(name, Path(data)), "utf-8")
