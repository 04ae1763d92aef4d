"""Law and guidance that the partnership checklist cites, and a form that is sent with answers."""

from datetime import UTC, datetime
from typing import Any

from crawler.sources.checklist import load_checklist
from tests.publish import publish_rows as rows

MSA = "ukpga/2015/30"
GUIDANCE = "govuk:33333333-aaaa-bbbb-cccc-000000000001"
WITHDRAWN = "ukpga/2023/54"
LATER = datetime(2026, 12, 20, 11, tzinfo=UTC)
ASKED = load_checklist()
FORM = {"content-type": "application/x-www-form-urlencoded"}
URL = "https://www.gov.uk/government/publications/modern-slavery-how-to-identify-and-support-victims"


def law(world: rows.World) -> None:
    """Add law and guidance that the checklist cites, and changes before and after its review."""
    law = {"source": "law", "publisher": "parliament"}
    world.document(MSA, "Modern Slavery Act 2015", kind="act", url=f"https://www.legislation.gov.uk/{MSA}", **law)
    old = [("section-43", "43", "Co-operation", "Old words."), ("section-52", "52", "Duty", "(1) It may notify.")]
    new = [("section-43", "43", "Co-operation", "New words."), ("section-52", "52", "Duty", "(1) It must notify.")]
    text = {"representation": "structured", "source": "law"}
    world.version("l1", MSA, old, captured="2026-11-01T10:00:00Z", valid_from="2022-01-30", label="2022-01-30", **text)
    world.version("l2", MSA, new, captured="2026-12-05T10:00:00Z", valid_from="2026-12-01", label="2026-12-01", **text)
    world.entry("law52", MSA, "Modern Slavery Act 2015: section 52 amended")
    pair = {"previous": "l1", "version": "l2"}
    told = {**pair, "entry": "law52", "seen": "2026-12-05T10:00:00Z", "occurred": "2026-12-01"}
    world.change("lc1", MSA, "changed", "section-52-1", **told)
    world.change(
        "lc2", MSA, "changed", "section-45", **{**pair, "seen": "2026-12-05T10:00:00Z"}, significance="editorial"
    )
    world.change("lc3", MSA, "changed", "section-43", **{**pair, "seen": "2026-12-05T10:00:00Z"}, cause="parser")
    world.change("lc4", MSA, "changed", "section-48", **{**pair, "seen": "2026-12-05T10:00:00Z"}, silent="first walk")
    world.change("lc5", MSA, "changed", "section-51", **{**pair, "seen": "2026-11-20T10:00:00Z"})
    world.change("lc6", MSA, "changed", "section-5", **{**pair, "seen": "2026-12-05T10:00:00Z"})
    world.change("lc7", MSA, "changed", "section-54", **{**pair, "seen": "2026-12-09T10:00:00Z"})
    world.document(GUIDANCE, "How to identify (sample)", url=URL)
    world.add("aliases", alias=URL, document=GUIDANCE)
    world.document(f"{GUIDANCE}/text", "The guidance, version 3.9", parent=GUIDANCE)
    world.version("p1", f"{GUIDANCE}/text", [("1", "1", "One", "Text.")], captured="2026-12-07T10:00:00Z", label="3.9")
    world.change("gc1", f"{GUIDANCE}/text", "changed", "1", seen="2026-12-07T10:00:00Z")
    world.document(WITHDRAWN, "Procurement Act 2023", availability="withdrawn", availability_since="2026-12-08", **law)
    world.change("wc1", WITHDRAWN, "withdrawn", seen="2026-12-08T10:00:00Z")


async def post(shown: Any, **fields: str) -> Any:
    return await shown.client.post("/checklist", data={key.replace("__", "-"): value for key, value in fields.items()})


GIVEN = {
    "partnership": "Sampleton “A & B”", "reviewed": "2026-12-06", "a-who-must-notify": "partly",
    "n-who-must-notify": "Two lines,\r\none <b>note</b>.", "a-statement": "yes", "d-statement": "2026-12-10",
    "a-orders": "no", "a-county-lines": "not_us", "version": "0.9",
}  # fmt: skip
