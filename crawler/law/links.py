"""Which document and provisions the words of a note mean: by its links first, then by the words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from crawler.identifiers import affected, citations

_INSTRUMENT = re.compile(r"(?<!\d)(\d{4})[/ ](?:No\.? ?)?(\d+)(?![\d/])")
_ACT = re.compile(r"\b(c|asp|anaw|asc|nawm)\.? ?(\d+)\b")
_YEAR = re.compile(r"(?<!\d)(1[789]\d\d|20\d\d)(?!\d)")
_ACTS = {"c": ("ukpga", "nia", "apni", "mnia", "ukla"), "nawm": ("mwa",)}
_MENTION = re.compile(
    r"(?:S\. ?S\. ?I|W\. ?S\. ?I|S\. ?I|SI|S\. ?R)\.? ?\d{4}/\d+(?: \([^()]{1,8}\))*|\d{4} (?:c|asp|anaw|asc)\.? ?\d+"
    r"|\((?:c|asp|anaw|asc|nawm|S\.[^()]{0,4}I\.)[^()]{0,20}\)"
)
_PLACES = re.compile(
    r"(?:\bfor|\bas (?:regards|respects)|\brelat(?:es|ing) to|\bin(?! so\b)|\() ?"
    r"(?P<places>(?:(?:E|W|S|G\.B|U\.K|N\. ?I)\.?(?:, | and |(?=[EWSN)]|$| )))+)(?=\)|$|[ ,])"
)
_NAMES = {"E": "England", "W": "Wales", "S": "Scotland", "I": "Northern Ireland"}


def cited_document(words: str, links: Iterable[tuple[str, str]], own: str) -> str:
    """Return the id of the document that words of a note name, ``own`` where they name provisions alone.

    ``links`` are the citations of the note, as (document id, path). Empty where nothing is named that is known.

    >>> cited_document("S.I. 2016/412, art. 2", [("wsi/2016/412", "")], "anaw/2014/4")
    'wsi/2016/412'
    >>> cited_document("s. 212(2)(f)", [], "ukpga/2018/12"), cited_document("S.I. 2003/9999", [], "ukpga/2018/12")
    ('ukpga/2018/12', 'uksi/2003/9999')
    """
    linked = list(dict.fromkeys(document for document, _ in links))
    number, act = _INSTRUMENT.search(words), _ACT.search(words)
    if number and not (act and act.start() < number.start()):
        same = (document for document in linked if document.endswith(f"/{number[1]}/{int(number[2])}"))
    elif act:
        years = _YEAR.findall(words[: act.start()])
        kinds = _ACTS.get(act[1], (act[1],))
        same = (
            document
            for document in linked
            if document.partition("/")[0] in kinds and document.endswith(f"{years[-1] if years else ''}/{int(act[2])}")
        )
    else:
        return own if affected(words) else ""
    return next(same, "") or next((cited.document for cited in citations(words) if "/" in cited.document), "")


def mentions(words: str) -> list[str]:
    """Return the parts of an authority that each begin with an instrument, or the whole where there is one at most.

    >>> mentions("s. 275(1)(2) and S.I. 2001/57, art. 3(1); S.R. 1997/500")
    ['s. 275(1)(2)', 'S.I. 2001/57, art. 3(1)', 'S.R. 1997/500']
    """
    starts = [match.start() for match in _MENTION.finditer(words) if not match[0].startswith("(")]
    if len(starts) + bool(starts and starts[0]) < 2 or _is_title(words[: starts[0]]):
        return [words]
    cuts = [0, *starts, len(words)]
    parts = (words[start:end].strip(" ,;") for start, end in pairwise(cuts))
    return [bare for part in parts if (bare := re.sub(r"(?:[,; ]|\b(?:and|by|see))+$", "", part))]


def _is_title(words: str) -> bool:
    return bool(words.strip()) and not affected(words)


def cited_provisions(words: str) -> list[str]:
    """Return the paths of the provisions that an authority names behind its instrument.

    >>> cited_provisions("S.I. 2016/412, art. 2(1)(a), Sch. 1"), cited_provisions("s. 212(2)(f)")
    (['article-2-1-a', 'schedule-1'], ['section-212-2-f'])
    """
    instrument = _MENTION.search(words)
    return affected(words[instrument.end() :] if instrument else words)


def place_names(words: str) -> tuple[str, ...]:
    """Return the parts of the United Kingdom that a qualification or an extent limits a statement to.

    >>> place_names("for N.I. in so far as not already in force"), place_names("(E.W.S.)"), place_names("for W.")
    (('Northern Ireland',), ('England', 'Wales', 'Scotland'), ('Wales',))
    >>> place_names("for specified purposes"), place_names("except for E.")
    ((), ())
    """
    for match in _PLACES.finditer(words):
        if not words[: match.start()].rstrip(" (").lower().endswith(("except", "other than", "not")):
            letters = re.sub(r"N\. ?I\.?", "I", match["places"]).replace("G.B.", "EWS").replace("and", "")
            if "U.K." not in letters:
                return tuple(name for letter, name in _NAMES.items() if letter in letters)
    return ()
