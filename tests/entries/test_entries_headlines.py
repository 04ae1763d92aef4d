"""Headlines of all documents of the recordings and of all labelled titles: its own, with number, nation and subject.

What a headline keeps is looked up word by word. Of an instrument the number, year and nation by which it is known,
before it names what it amends or replaces; of every title its last year, and of its subject at least the words on
slavery and trafficking and half of all that say something.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.entries import headlines, namesakes, title_words, word_limits
from crawler.entries.titles import short
from crawler.store import Store, families
from crawler.text import loose_brackets
from tests.recordings import build, library

pytestmark = pytest.mark.recorded

LABELLED = Path(__file__).parents[3] / "shared" / "relevance"
ROOM = word_limits.HEADLINE - 1
MAX_TITLE_WORDS = 40
"""Longer ones are no titles but paragraphs."""
INSTRUMENT = re.compile(
    r"^(?:The )?(?:[A-Z(][\w\u2019'()&,.-]* |(?:of|and|for|the|to|in|on|etc\.?) )*"
    r"(?:Act|Order|Regulations?|Rules|Measure|Directive|Decision)\b.*\d{4}"
)
FORMULA = re.compile(
    r",? of the european parliament and (?:of )?the council|,? of the council(?! of europe)|\bof \d{1,2} \w+ \d{4}"
    r"|\(?text with eea relevance\)?(?: en)?|\((?:recast|accessible version)\)",
    re.IGNORECASE,
)
OTHERS = re.compile(
    r",? (?:and )?(?:amending|replacing|repealing|implementing|supplementing|as regards|laying down"
    r"|drafted in support of|pursuant to)\b.*"
)
GAP = " \u2026 "
NATION = re.compile(r"\((?:England|Wales|Scotland|Northern Ireland|England and Wales|EU)\)")
NUMBER = re.compile(r"\b(?:No\.? ?)?\d[\d/]*\b")
CORE = re.compile(r"slavery|traffick\w*|exploitation|servitude", re.IGNORECASE)
SMALL = frozenset({
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "its", "of", "on", "or", "the", "their", "to",
    "under", "with", "that", "which", "who", "how",
})  # fmt: skip


def faults(title: str, headline: str) -> Iterator[str]:
    """Yield what a headline lost of a title that it should have kept."""
    shown = set(re.findall(r"\w+", headline.casefold()))
    known_as = OTHERS.sub("", FORMULA.sub("", title))
    if INSTRUMENT.match(title):
        numbers = NUMBER.findall(known_as)
        yield from (number for number in {*numbers[:1], *numbers[-1:]} if number.split()[-1] not in headline)
        yield from (nation for nation in NATION.findall(known_as) if nation not in headline)
    if CORE.search(title) and not CORE.search(headline):
        yield "the subject"
    said = {word for word in re.findall(r"\w+", known_as.casefold()) if word not in SMALL}
    if len(said & shown) < min(len(said), 16) / 2:
        yield "most of its words"


def gaps(title: str, headline: str) -> Iterator[str]:
    """Yield what is wrong with the brackets and marks of a headline.

    What follows a gap begins anew in the title, or the words on slavery and trafficking stand only there.
    """
    if loose_brackets(headline):
        yield "an open bracket"
    before, *others = headline.split(GAP)
    for after in others:
        stands = re.search(r"(?:^|[:;,.?/|\u2013-])\s*$", title.partition(after[:30])[0])
        is_known = after[:1] in "([" or title_words.STANDING.match(after)
        if not (stands or is_known or (CORE.search(after) and not CORE.search(before))):
            yield f"a gap inside a phrase: {after}"


def titles() -> list[str]:
    found = []
    for name in ("labelled", "topics"):
        found += [json.loads(line)["title"] for line in (LABELLED / f"{name}.jsonl").read_text("utf-8").splitlines()]
    return found


def test_what_is_asked_of_headlines_tells_bad_ones() -> None:
    title = "Sample Directive 2029/1/EU on samples of the many friends (recast) of all"
    assert list(gaps(title, "Sample Directive 2029/1/EU on samples \u2026 (recast)")) == []
    assert len(list(gaps(title, "Sample Directive 2029/1/EU \u2026 many friends (recast"))) == 2


def test_labelled_titles_keep_number_nation_and_subject_and_differ() -> None:
    if not LABELLED.is_dir():
        pytest.skip("no labelled titles beside this checkout (../shared)")
    of_headline: dict[str, set[str]] = defaultdict(set)
    lost = []
    for title in titles():
        headline = str(short(title, ROOM))
        assert word_limits.words(headline) <= ROOM
        of_headline[headline].add(title)
        lost += [(title, headline, fault) for fault in (*faults(title, headline), *gaps(title, headline))]
    assert lost == []
    assert [sorted(several) for several in of_headline.values() if len(several) > 1] == []


def test_no_two_documents_of_the_recordings_share_a_headline(tmp_path_factory: pytest.TempPathFactory) -> None:
    if not library.is_there():
        pytest.skip("no recordings beside this checkout (../shared)")
    of_headline: dict[str, dict[str, str]] = defaultdict(dict)
    lost = []
    with Store.open(build.once(tmp_path_factory) / "data" / "roundup.db") as store:
        for top in store.all("select * from documents where root=id"):
            apart = namesakes.distinction(store, top)
            taken = 0 if apart is None else word_limits.words(str(apart))
            title = headlines.headline("new", top["title"], taken=taken)
            headline = str(title if apart is None else namesakes.with_distinction(title, apart))
            assert word_limits.words(headline) <= word_limits.HEADLINE, headline
            of_headline[headline][families.original(store, top["id"])] = top["id"]
            if word_limits.words(top["title"]) <= MAX_TITLE_WORDS:
                found = (*faults(top["title"], headline), *gaps(top["title"], headline))
                lost += [(top["title"], headline, fault) for fault in found]
    assert lost == []
    assert [(headline, ids) for headline, ids in of_headline.items() if len(ids) > 1] == []
