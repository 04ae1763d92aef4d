"""What kind of document a page says that it is, in the line over its title: "Publication - Impact assessment"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from crawler.bodies.segmenter import words
from crawler.text import canonical

_SAID = {
    "guidance": "guidance; advice and guidance; detailed guide; practice guidance; non-statutory guidance",
    "statutory_guidance": "statutory guidance",
    "report": (
        "report; annual report; progress report; corporate report; independent report; inspection report; "
        "impact assessment; equality impact assessment; transparency data; foi release; foi/eir release; case study"
    ),
    "research": "research and analysis; research publication; research report; research paper; research findings",
    "statistics": (
        "statistics; official statistics; national statistics; accredited official statistics; statistics publication; "
        "statistics release; statistical bulletin; statistical release; statistical article"
    ),
    "policy_paper": "policy paper; strategy/plan; strategy document; action plan",
    "consultation": (
        "consultation; open consultation; closed consultation; consultation paper; consultation outcome; "
        "consultation analysis; consultation response; call for evidence"
    ),
    "collection": "collection; document collection",
    "form": "form",
    "correspondence": "correspondence; letter",
    "news": "news story; press release; media release; news release; speech/statement; speech",
}
KINDS = {name: kind for kind, names in _SAID.items() for name in names.split("; ")}
"""The kind of document for each name that sites show, in small letters."""
NAVIGATION = frozenset({"nav", "ol", "ul", "script", "style", "img", "picture", "figure", "form", "button"})
MAX_STEPS = 2
"""Most elements around a title whose neighbour before may be the line over it."""
MAX_ELEMENTS = 8
"""Most elements of such a line."""
_BEFORE = re.compile(r"\A.*?(?:\s[-\u2013\u2014|]|:)\s")


def stated_kind(heading: etree._Element | None) -> str:
    """Return the kind of document that the line over a title names, empty where it names none."""
    for line in _lines_over(heading):
        said = canonical(line).casefold().strip()
        if kind := KINDS.get(said) or KINDS.get(_BEFORE.sub("", said, count=1)):
            return kind
    return ""


def _lines_over(heading: etree._Element | None) -> Iterator[str]:
    """Yield the words of the element before a title, also before what it is the first element of."""
    for _ in range(MAX_STEPS):
        if heading is None:
            return
        before = next(heading.itersiblings(etree.Element, preceding=True), None)
        if before is not None:
            if before.tag not in NAVIGATION and sum(1 for _ in before.iter()) <= MAX_ELEMENTS:
                yield words(before)
            return
        heading = heading.getparent()
