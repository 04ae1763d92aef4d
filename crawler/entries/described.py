"""What something new is where its publisher does not sum it up: facts of it in our own words."""

import re
from collections.abc import Iterator, Sequence

from crawler.changes.boilerplate import DATE
from crawler.entries import look_for, word_limits
from crawler.entries.templates import Sentence, chain, name_list, say, source, structure
from crawler.sources import areas
from crawler.sources.areas import narrow_places
from crawler.store import Row, Store, wordings
from crawler.text import abridged, clean

NAMED = 3
"""Most parts that are named."""
NAME = 8
"""Most words of the name of one that is named."""
_FORMS = {
    "html": "web page", "pdf": "PDF", "office": "office file", "table": "table", "structured": "structured text",
}  # fmt: skip
"""Templates of what a text was read from."""
_ACRONYM = re.compile(r"(?<![\w-])[A-Z]{2,6}(?![\w-])")
_KNOWN = frozenset({"UK", "EU", "US", "USA", "UN", "PDF", "GOV", "ID"})
"""Acronyms that need no words."""
ASKING = ("notice", "page", "correspondence")
"""Kinds that can ask for something until a day which no data state."""
MAX_ASKED = 25
"""Most words of the sentence that does."""
_ASKED = re.compile(
    r"[^.\n]*\b(?:comments?|responses?|representations?|objections?|views|evidence|applications?)\b[^.\n]*"
    rf"\b(?:by|before|until|no later than) {DATE}[^.\n]*",
    re.IGNORECASE,
)
_PREAMBLE = re.compile(r"\b(?:having regard to|whereas)\b", re.IGNORECASE)
_FIRST_PARAGRAPH = re.compile(r"[;,:.]\s+1\.\s+((?:[A-Z][a-z]+ly )?[A-Z]?[a-z]+s\b.+?)[;.,]?\s+(?:2\.\s|$)", re.DOTALL)
"""The first paragraph of what a resolution decides, which begins with a verb: "1. Calls on the States …; 2. "."""
MAX_DECIDED = (42, 320)
"""Most words and characters of it."""
_PART = re.compile(r"(?:section|part|chapter|module|step) \w{1,4}", re.IGNORECASE)
"""The number of a part that says that it is one."""
MAX_OPENED = 2
"""Most acronyms that are opened."""


def acronyms(store: Store, top: Row) -> Iterator[Sentence]:
    """Yield what the acronyms of a title stand for, as the text opens them: "Sample Support Service (SSS)"."""
    title = str(top["title"])
    opened_there = re.sub(r"\([^()]*\)", " ", title)
    found = [] if top["private"] or title.isupper() else dict.fromkeys(_ACRONYM.findall(opened_there))
    wanted = [each for each in found if each not in _KNOWN]
    if not wanted:
        return
    text = " ".join(f"{row['heading']} {row['text']}" for row in wordings.headings(store, top["id"]))
    opened = [(each, words) for each in wanted if (words := _opened(each, f"{top['summary']} {text}"))]
    for each, words in opened[:MAX_OPENED]:
        if words.casefold() not in f"{title} {top['summary']}".casefold():
            yield say("acronym", acronym=source(each), words=source(words))


def _opened(acronym: str, text: str) -> str:
    """Return the words before an acronym in brackets whose initials it has, empty where there are none.

    >>> _opened("CSE", "how to address child sexual exploitation (CSE) early"), _opened("CSE", "see below (CSE)")
    ('child sexual exploitation', '')
    """
    for match in re.finditer(rf"((?:[\w'\u2019&-]+ ){{2,{2 * len(acronym)}}})\({acronym}s?\)", text):
        said = match[1].split()
        for number in range(len(acronym), len(said) + 1):
            words = said[-number:]
            initials = [part[0] for word in words for part in re.split("-", word) if part]
            if initials[0].casefold() == acronym[0].casefold() and _holds(initials, acronym):
                return " ".join(words)
    return ""


def _holds(initials: Sequence[str], acronym: str) -> bool:
    """Whether the initials of words, without small ones, are the letters of an acronym."""
    return "".join(initials).casefold() == acronym.casefold() or (
        "".join(each for each in initials if each.isupper()) == acronym
    )


def place(top: Row) -> Iterator[Sentence]:
    """Yield which places smaller than a nation a document is of, where its title or its publisher names them."""
    local = narrow_places(str(top["kind"]), str(top["title"]), str(top["author"] or ""))
    if local and local[1] == top["jurisdiction"] and not top["private"]:
        named = "place in title" if narrow_places(str(top["kind"]), str(top["title"]), "") else "place in publisher"
        yield say(named, place=structure(local[0]), nation=structure(local[1]))


def places_attached(family: Sequence[Row]) -> Iterator[Sentence]:
    """Yield for which nations some of what is attached to a document is, where that is not said of all of it."""
    top, *attached = family
    kind, titles = str(top["kind"]), [str(row["title"]) for row in attached if not row["private"]]
    found = dict.fromkeys(filter(None, (areas.stated("United Kingdom", kind, title, "") for title in titles)))
    if found and top["jurisdiction"] == "United Kingdom" and not areas.stated_together(kind, titles):
        yield say("attached for", places=chain("semicolon", [structure(each) for each in found]))


def deadline(store: Store, top: Row) -> Iterator[Sentence]:
    """Yield until when a notice asks for comments, answers or the like, in its own sentence."""
    if top["kind"] not in ASKING or top["private"] or top["hash_only"]:
        return
    texts = (str(row["text"]) for row in wordings.headings(store, top["id"]))
    said = next((match[0].strip() for text in texts if (match := _ASKED.search(text))), "")
    if said and word_limits.words(said) <= MAX_ASKED:
        yield say("it says", words=source(said))


def decided(store: Store, top: Row) -> Iterator[Sentence]:
    """Yield the first paragraph of what a resolution decides, behind its preamble."""
    is_one = top["kind"] == "parliament" or "resolution" in str(top["title"]).casefold()
    texts = () if not is_one or top["private"] or top["hash_only"] else wordings.headings(store, top["id"])
    for text in (str(row["text"]) for row in texts):
        preamble = _PREAMBLE.search(text)
        if preamble and (first := _FIRST_PARAGRAPH.search(text, preamble.end())):
            yield say("first paragraph", words=source(abridged(clean(first[1]), *MAX_DECIDED)))
            return


def unsaid(store: Store, top: Row) -> Iterator[Sentence]:
    """Yield what is known of a text that says nothing of itself that may be told: its form, length and some headings.

    Parts are not counted: what looks like a heading may be a label of a chart or a question.
    """
    form = _FORMS.get(top["representation"] or "")
    if form is None:
        yield say("only title read")
        return
    sections = [] if top["partial"] else wordings.headings(store, top["id"])
    number = 0 if top["partial"] else wordings.length(store, top["id"])
    names = [say("quoted", heading=source(each)) for each in _parts(sections, str(top["title"]))]
    if number and names:
        fills = {"count": structure(_rounded(number)), "names": name_list(names, NAMED)}
        yield say("of words, headed", form=say(form), **fills)
    elif number:
        yield say("of words", form=say(form), count=structure(_rounded(number)))
    elif top["partial"]:
        yield say("read in part", form=say(form))
    if top["hash_only"]:
        yield say("text not shown")


def _parts(sections: Sequence[Row], title: str) -> list[str]:
    """Return the names of some first parts, no long ones, which may be sentences; none of a text that has only one.

    Where several parts are numbered as such ("Section 1"), what has no such number is a question or label in them.
    """
    numbered = [row for row in sections if _PART.fullmatch(str(row["number"]))]
    sections = numbered if len(numbered) >= NAMED else sections
    parts = look_for.named_parts(sections, title)
    short = [each for each in parts if word_limits.words(each) <= NAME]
    return short[:NAMED] if len(parts) > 1 else []


def _rounded(number: int) -> str:
    """Return a number with at most two figures that are not 0.

    >>> _rounded(17), _rounded(1234)
    ('17', '1,200')
    """
    step = 10 ** max(len(str(number)) - 2, 0)
    return f"{round(number / step) * step:,}"
