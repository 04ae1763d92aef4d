"""Documents without a number that running text names by their titles, word for word: guidance, forms. Pure."""

import re
from collections.abc import Iterator, Mapping

from ahocorasick_rs import AhoCorasick, MatchKind

from crawler.identifiers.citations import Citation, alike

MIN_WORDS = 4
"""Words of a title that stands without quotation marks, and has no colon or bracket."""
MIN_QUOTED = 2
_MARKED = re.compile(r"\w(?:: | ?\()")
_QUOTES = ("'", '"', "*", "_")
_BEGUN = re.compile(r"(?:^|[.!?:]\s|\n)[\s\u2022\u2013*#-]*(?:\(?\w{1,3}[.)]\s)?\Z")
_GOES_ON = re.compile(
    r" (?:to|by|within|if|when|for|in|on|at|as|with|from|and|or|before|after|that|who|which|you|your|using|until|so)\b"
)
"""How a sentence goes on behind an order, "Report lost cattle to us", and not behind what a title names."""


def titled(text: str, titles: Mapping[str, str]) -> Iterator[Citation]:
    """Yield where titles stand in a text as they are written; ``titles`` have their documents, empty for several.

    A title that may be words of a sentence ("Report lost cattle to us") is none.

    >>> titles = {"Report lost or stolen cattle": "govuk:1", "Health: a guide": "govuk:2", "Cats": "govuk:3"}
    >>> text = "See Report lost or stolen cattle, “Health: a guide”. Report lost or stolen cattle to us. Cats"
    >>> [(found.document, found.start) for found in titled(text, titles)]
    [('govuk:1', 4), ('govuk:2', 35)]
    """
    plain = alike(text)
    by_words = {alike(title): document for title, document in titles.items() if title.count(" ") + 1 >= MIN_QUOTED}
    if not by_words:
        return
    names = list(by_words)
    search = AhoCorasick(names, matchkind=MatchKind.LeftmostLongest)
    for place, start, end in search.find_matches_as_indexes(plain):
        if plain[start - 1 : start].isalnum() or plain[end : end + 1].isalnum():
            continue
        is_quoted = plain[start - 1 : start] in _QUOTES and plain[end : end + 1] in _QUOTES
        name = names[place]
        if is_quoted or (_is_telling(name) and not _is_sentence(plain, start, end, name)):
            yield Citation(start=start, end=end, family="page", document=by_words[name], name=text[start:end])


def _is_telling(name: str) -> bool:
    return name.count(" ") + 1 >= MIN_WORDS or _MARKED.search(name) is not None


def _is_sentence(text: str, start: int, end: int, name: str) -> bool:
    """Whether the words of a title are those with which a sentence begins, that goes on behind them."""
    begins = _BEGUN.search(text, max(0, start - 12), start) is not None
    return begins and _GOES_ON.match(text, end) is not None and not _MARKED.search(name)
