"""What a document says of itself at its beginning: its first sentences, where its publisher sums it up nowhere."""

import re
from collections.abc import Sequence
from itertools import takewhile

from crawler.store import Row
from crawler.text import abridged, sentences

READ = frozenset({"html", "pdf", "office"})
"""Representations whose beginning is read: texts of law begin with formulas, tables with names of columns."""
MAX_WORDS, MAX_CHARACTERS = 50, 400
"""Most that is told of it."""
MAX_SECTIONS = 3
"""Sections at the beginning in which it is looked for."""
MAX_PARAGRAPHS = 4
"""Paragraphs of a section in which it is looked for."""
MIN_WORDS = 6
"""Fewest words of a sentence that says something."""
MIN_LOWER = 0.33
"""Least share of its words that begin with a small letter: names, titles and tables of contents have fewer."""
_ENDS = re.compile(r"[.!?][\u201d\"\u2019)\]]*$")
_ASIDE = re.compile(
    r"\u00a9|\bcopyright\b|\blicen[cs]ed? under\b|\ball rights reserved\b|\bisbn\b|\bupdated?:"
    r"|\bpublished(?:: | by| on| in)\b|\b(?:version|page):? \d|\bcookies?\b|\bclick here\b|\bjavascript\b|https?://|\bwww\.|@"
    r"|\.(?:pdf|docx?|xlsx?|pptx?)\b|^(?:view|download|if (?:yes|no))\b|^(?:\w+ ){0,2}\w+:|\|"
    r"|^the rapporteurs? .*\bdeclares?\b",
    re.IGNORECASE,
)
"""What stands at the beginning of a document and is about something else than its subject."""
_NEEDS_LIST = re.compile(r"\b(?:following|respectively|as follows|(?:listed|set out|given) below)\b", re.IGNORECASE)
"""What a sentence says that tells nothing without the list behind it."""
_BESIDE = re.compile(r"(?:annex|appendix|information on|final vote|contact|acknowledge)", re.IGNORECASE)
"""How the heading of a section begins that is not about the subject as a whole."""
MAX_LISTED = (56, 430)
"""Most words and characters of a sentence with the list behind it, which says nothing without that."""
_LINKED = re.compile(r"\s(?:View|Download|Read more)\b")
"""Words of links, between which no sentences stand."""
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|must|may|can|shall|should|will|applies|apply|contains?|covers?|explains?|provides?"
    r"|includes?|sets? out)\b"
)
"""A verb, which a title or a name has not."""
_GOES_ON = re.compile(
    r"(?:it|its|they|their|these|those|such|he|she|if so|however|also|in addition|both|therefore|moreover|see)\b",
    re.IGNORECASE,
)
"""How a sentence begins that is about what stood before it."""


def lead(sections: Sequence[Row], *, is_file: bool) -> str:
    """Return the first sentences of a text that say something, of one paragraph; empty where none of its first does.

    ``sections`` have heading and text. A heading that is a sentence is the first; one that asks counts where no text
    under it does, and in no file: a form asks. In files titles and dates stand before the first sentence, on pages
    nothing.
    """
    if not is_file and sections and (said := _leading(str(sections[0]["text"]).split("\n"))):
        return said
    for row in sections[:MAX_SECTIONS]:
        if _BESIDE.match(str(row["heading"])):
            continue
        heading, text = str(row["heading"]), str(row["text"]).split("\n")[:MAX_PARAGRAPHS]
        told = [_said(paragraph, is_file=is_file) for paragraph in text]
        of_heading = "" if is_file and heading.endswith("?") else " ".join(filter(_says, [heading]))
        for said in (of_heading, *told) if heading.endswith(".") else (*told, of_heading):
            if said:
                return abridged(said, MAX_WORDS, MAX_CHARACTERS)
    return ""


def _leading(lines: Sequence[str]) -> str:
    """Return the first line of a page where it is a sentence that goes on in a list, with the mark of a cut."""
    first = lines[0].rstrip(" :")
    is_sentence = len(lines) > 1 and not _ENDS.search(first) and _VERB.search(first) and _says(f"{first}.")
    if not is_sentence or _GOES_ON.match(first):
        return ""
    if not _NEEDS_LIST.search(first):
        return abridged(f"{first} \u2026", MAX_WORDS, MAX_CHARACTERS)
    whole = f"{first}: {'; '.join(lines[1:])}."
    return whole if len(whole.split()) <= MAX_LISTED[0] and len(whole) <= MAX_LISTED[1] else ""


def _said(paragraph: str, *, is_file: bool) -> str:
    """Return the first sentences of a paragraph that say something, to the last before one that does not."""
    found = sentences(paragraph)
    begins = next((place for place, each in enumerate(found) if _states(each) or not is_file), 0)
    if not found or _GOES_ON.match(found[begins]):
        return ""
    return " ".join(takewhile(_states, found[begins:]))


def _states(sentence: str) -> bool:
    return not sentence.endswith("?") and _says(sentence)


def _says(sentence: str) -> bool:
    """Return whether this is a sentence, not a title, a list of names or words on the document itself."""
    words = sentence.split() or [""]
    lower = sum(word[:1].islower() for word in words)
    is_sentence = words[0][:1].isupper() and _ENDS.search(sentence) and lower >= MIN_LOWER * len(words) >= 1
    return len(words) >= MIN_WORDS and bool(is_sentence) and not (_ASIDE.search(sentence) or _LINKED.search(sentence))
