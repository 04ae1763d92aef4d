"""What sources answered when somebody looked at them first, adopted from a report: each is read as it was then."""

import json
from pathlib import Path

from crawler.run.adopting import read

ADOPTED = Path(__file__).parents[1] / "adopted"


def test_what_was_adopted_is_read_as_it_was() -> None:
    for case in sorted(path.parent for path in ADOPTED.glob("*/capture.json")):
        assert read(case) == json.loads((case / "page.json").read_text("utf-8")), case.name
