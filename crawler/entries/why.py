"""Why a family is in the round-up, in sentences for readers: from what decided it, as it was stored."""

import json
from collections.abc import Collection, Iterator, Mapping

from crawler.entries import provisions
from crawler.entries.numbered import numbered
from crawler.entries.templates import Sentence, name_list, say, source, structure
from crawler.store import Row
from crawler.wording import as_printed

MAX_SENTENCES = 3
"""Most sentences."""
QUOTED = 3
"""Most words quoted in one of them."""
PUBLISHER = "from publisher"
"""The sentence that is told where there is no other."""
SITE = "site"
"""Place of words that a site says of each of its pages."""
SCALES = ("decision", "series", "relation", "source")
"""Places of reasons that stand outside the text."""

_TIES = {
    "amends": "amends", "commences": "commences", "made under": "made under", "repeals": "repeals",
    "implicitly repeals": "repeals", "based on": "based on", "transposes": "transposes", "adopts": "adopts",
    "completes": "completes", "corrects": "corrects", "proposes to amend": "proposes to amend",
    "coming into force": "commences",
}  # fmt: skip
"""Templates for relations to a tracked instrument; of others only that there is one is said."""


def why(
    standing: Row,
    headings: Mapping[str, str],
    hidden: Collection[str] = (),
    *,
    below: Mapping[str, str] | None = None,
    numbers: Mapping[str, str] | None = None,
    of_site: bool = False,
) -> tuple[Sentence, ...]:
    """Return at most three sentences on what decided that a family is in; ``headings`` are those of its text, by path.

    Words of ``hidden`` documents are not repeated; those in the text of one ``below`` the top are told with its title.
    ``numbers`` are those that the law prints, by path. ``of_site``: its summary is a description of its site.
    """
    reasons = [_without(one, hidden) for one in json.loads(standing["why"]) if one["weight"] >= 0]
    if of_site:
        reasons = [{**one, "place": SITE} if one["place"] == "summary" and one["words"] else one for one in reasons]
    outside = [said for one in reasons if one["place"] in SCALES for said in _outside(one)]
    inside = list(_inside([one for one in reasons if one["place"] not in SCALES], headings, below or {}, numbers or {}))
    found = {str(said): said for said in (*outside, *inside)}
    if len(found) > 1:  # The entry names its publisher anyway.
        found = {text: said for text, said in found.items() if said.template != PUBLISHER}
    return tuple(found.values())[:MAX_SENTENCES]


def _without(reason: dict[str, str], hidden: Collection[str]) -> dict[str, str]:
    is_hidden = any(reason["place"].startswith(f"{document} ") for document in hidden)
    return {**reason, "words": "", "place": "text"} if is_hidden else reason


def _outside(reason: Mapping[str, str]) -> Iterator[Sentence]:
    words, rule = source(reason["words"]), reason["rule"]
    match reason["place"]:
        case "decision":
            yield say("by decision")
        case "series":
            yield say("by series", series=words)
        case "relation" if rule in _TIES:
            yield say("by amends", verb=say(_TIES[rule]), title=words)
        case "relation":
            yield say("by relation", title=words)
        case "source" if rule == "a tracked instrument":
            yield say("by tracked")
        case "source":
            yield say("by source", source=words)


def _inside(
    reasons: list[dict[str, str]], headings: Mapping[str, str], below: Mapping[str, str], numbers: Mapping[str, str]
) -> Iterator[Sentence]:
    """Yield a sentence for each part of a document that has telling words, those of the title first."""
    yield from _in_names(reasons)
    for one in reasons:
        match one["place"]:
            case "title" | "summary" | "site":
                continue
            case "publisher" if one["words"]:
                yield say(PUBLISHER, publisher=source(one["words"]))
            case "kind" if one["words"]:
                yield say("of kind", kind=structure(one["words"].replace("_", " ")))
            case "identifier" if one["words"]:
                yield say("by identifier", words=structure(one["words"]))
            case "publisher" | "kind" | "identifier":
                continue
            case _ if one["words"]:
                yield _in_text(one, headings, below, numbers)
            case _:
                yield say("in text, untold")


def _in_names(reasons: list[dict[str, str]]) -> Iterator[Sentence]:
    for place, template in (("title", "in title"), ("summary", "in summary"), (SITE, "in site")):
        if quoted := _quoted([one for one in reasons if one["place"] == place]):
            named = name_list(quoted, QUOTED)
            yield say(template if len(quoted) == 1 else f"{template}, several", words=named)
    if any(one["place"] == "summary" and not one["words"] for one in reasons):
        yield say("in summary, untold")


def _in_text(
    reason: Mapping[str, str], headings: Mapping[str, str], below: Mapping[str, str], numbers: Mapping[str, str]
) -> Sentence:
    document, _, path = reason["place"].removesuffix(" heading").rpartition(" ")
    words, heading = source(reason["words"]), headings.get(path, "")
    if path == "title":
        return say("in attachment", words=words)
    if document in below:
        return say("in text below", words=words, title=source(below[document]))
    if not heading and (path == provisions.UNHEADED or not numbered(path)):
        return say("in text", words=words)
    return say(
        "in text at", words=words, place=provisions.name({"path": as_printed(path, numbers), "heading": heading})
    )


def _quoted(reasons: list[dict[str, str]]) -> list[Sentence]:
    words = dict.fromkeys(one["words"] for one in reasons if one["words"])
    return [say("quoted", heading=source(text)) for text in words]
