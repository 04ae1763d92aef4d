"""Lists of other pages, such as releases: the facts in the title of an entry are those of the page that it names."""

import re
from collections.abc import Sequence

from crawler.bodies.naming import says_nothing
from crawler.changes.boilerplate import DATE
from crawler.text import canonical

HEADING = re.compile(
    r"(?:(?:latest|newest|previous|earlier|past|recent|other|all|related|next|future|upcoming|forthcoming)\s+)*"
    r"(?:(?:press|statistical|news)\s+)?"
    r"(?:releases?|publications?|news|bulletins?|announcements?|updates?|editions?|issues?|reports?|events?|documents?"
    r"|downloads?|attachments?)",
    re.IGNORECASE,
)
"""The heading over a list of pages or files, where its lines are no sentences."""
_NEWS = re.compile(
    r"(?:(?:latest|recent|top|more|our|other)\s+)+(?:news|updates|stories|headlines|announcements)|news|headlines"
    r"|what(?:'|\u2019)?s new|what is new|from (?:our|the) (?:blog|newsroom)",
    re.IGNORECASE,
)
"""The heading over titles of other pages that a site shows beside the text of its pages."""
_ENDS = re.compile(r"[.;:]$|\b(?:must|should|shall)\b", re.IGNORECASE)
_DOCUMENTS = re.compile(r"(?:.*: )?(?:documents|attachments)", re.IGNORECASE)
"""The heading of what a page lists, also of one of several groups of it."""
_SENTENCE = re.compile(r"[.;!?:]$|\b(?:must|should|shall|may|can|will|is|are|was|were|has|have)\b")
_TARGET = re.compile(r"\s*\([^()\s]*[^()\s/.]\.[^()\s]*\)$")
_DATED = re.compile(rf"\|\s*{DATE}")


def is_list(heading: str, text: str) -> bool:
    """Return whether a part is a list of other pages, by its heading and by lines that are no sentences.

    >>> is_list("Latest release", "Deaths to 3 July | 7 July 2020"), is_list("Updates", "You must apply by 1 May.")
    (True, False)
    """
    lines = _lines(text)
    said = canonical(heading).strip().rstrip(":")
    return bool(HEADING.fullmatch(said)) and not any(map(_SENTENCE.search, lines))


def lists_documents(heading: str) -> bool:
    """Return whether a part lists documents: that one stands there is no matter of its words being in some text.

    >>> lists_documents("Fees: documents"), lists_documents("Fees")
    (True, False)
    """
    return bool(_DOCUMENTS.fullmatch(canonical(heading).strip()))


def is_news_box(heading: str, before: str, after: str) -> bool:
    """Return whether a part is the news of a site, by its heading, and no line that came or went is a sentence.

    Nor did it only become longer, as what a page itself says of its updates does.

    >>> is_news_box("Latest news", "Mayor opens hall", "Board visits fair"), is_news_box("News", "", "Write by 1 May.")
    (True, False)
    """
    old, new = set(_lines(before)), set(_lines(after))
    is_longer = bool(old) and old < new
    is_news = bool(_NEWS.fullmatch(canonical(heading).strip().rstrip(":")))
    return is_news and not is_longer and not any(map(_ENDS.search, old ^ new))


def titles(text: str) -> list[str]:
    """Return the titles of a list of documents, which stand on lines or behind semicolons.

    >>> titles("Fees; How to pay")
    ['Fees', 'How to pay']
    """
    return [each.strip() for each in re.split(r"\n|; ", text) if each.strip()]


def is_entry(line: str) -> bool:
    """Return whether a line is the title of another page or file: it ends with a link, or has its day in a cell.

    >>> [is_entry(line) for line in ("Pocket guide (2017) View (a.example/404)", "Guide View", "Send it by 1 May.")]
    [True, True, False]
    """
    bare = _TARGET.sub("", line)
    last = bare.split()[-1:]
    is_linked = bare != line or bool(last and last[0][:1].isupper() and says_nothing(last[0]))
    return (is_linked or bool(_DATED.search(line))) and not _SENTENCE.search(bare)


def without_entries(heading: str, before: str, after: str) -> tuple[str, str] | None:
    """Return both texts of a part without the entries of lists that came or went; None where none did.

    An entry that shares half of its words with one on the other side did not come: it is another wording of that.
    """
    old, new = _lines(before), _lines(after)
    gone, come = [line for line in old if line not in new], [line for line in new if line not in old]
    if is_list(heading, before) and is_list(heading, after):
        entries = {*gone, *come}
    else:
        entries = {
            line
            for some, others in ((gone, come), (come, gone))
            for line in some
            if is_entry(line) and not any(is_reworded(line, other) for other in others)
        }
    if not entries:
        return None
    return _without(old, entries), _without(new, entries)


def is_reworded(one: str, other: str) -> bool:
    """Whether two lines have half of their words in common: one was not put in for the other, but became it."""
    alike = set(one.split()) & set(other.split())
    return 2 * len(alike) >= max(len(one.split()), len(other.split()))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _without(lines: Sequence[str], entries: set[str]) -> str:
    return "\n".join(line for line in lines if line not in entries)
