"""Training: who gives it, for whom, how deep, in what form, how long, at what cost, and against which law."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from crawler.classify.toolkit.audience import audience
from crawler.classify.toolkit.durations import lengths
from crawler.classify.toolkit.labelled_values import labelled
from crawler.classify.toolkit.laws import guidance, laws
from crawler.classify.toolkit.patterns import Rule, first_places, pattern, rules
from crawler.classify.toolkit.territory import nations
from crawler.classify.toolkit.values import SOURCE, Fact, Known, Passage, fact, passages
from crawler.classify.toolkit.vocabulary import OTHER

_RULES: tuple[Rule, ...] = (
    *rules("training", "level"),
    *rules("training", "form"),
    Rule(field="form", value="course", pattern=pattern(r"(?<!of )courses?(?! of action)"), where="title"),
    *rules("training", "cost"),
    *rules("training", "certificate"),
)

_ORG = r"[A-Z][\w&'\u2019.-]{0,40}(?: (?:of|for|and|the|&|in|on|[A-Z(][\w&'\u2019()-]{0,40})){0,9}"
_PROVIDERS = (
    re.compile(
        r"(?i:\b(?:provided|delivered|developed|produced|created|designed|run|hosted|offered|commissioned|written)"
        rf"(?: jointly)? by (?:the )?)(?P<who>{_ORG})"
    ),
    re.compile(rf"(?i:\bprovider ?: ?(?:the )?)(?P<who>{_ORG})"),
    re.compile(rf"(?i:\b(?:verzorgd|ontwikkeld|aangeboden) door (?:de |het )?)(?P<who>{_ORG})"),
    re.compile(rf"(?i:\b(?:darperir|datblygwyd|cynhelir) gan )(?P<who>{_ORG})"),
)
_ASKED = re.compile(
    r"(?:training |course )?providers?|(?:provided|delivered|run|offered|developed) by|darparwr|aanbieder",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"(?:[Tt]he )?(?P<who>{_ORG})")
_BODY = re.compile(
    r"\b(?:Council|Office|Partnership|Foundation|Trust|NHS|Police|University|Service|Services|Authority|Agency|College|"
    r"Commission|Commissioner|Association|Society|Network|Group|Charity|Army|Academy|Board|Centre|Department|Ministry|"
    r"Institute|Unit|Alliance|Federation|Ltd|Limited|CIC|PLC|Organisation|Organization|Government|Committee|Union|"
    r"Forum|"
    r"Body|School|Hospital|Care|Justice|Slavery|Unseen|Heddlu|Llywodraeth|Cyngor|Politie|Gemeente|Ministerie|Stichting)\b"
    r"|^[A-Z]{2,8}$"
)
_LOOSE = re.compile(r"(?: (?:of|for|and|the|&|in|on))+$")


def training(known: Known) -> Iterator[Fact]:
    """Return what a page of training states; provider and nation by the registry where it states none."""
    read = passages(known)
    providers = tuple(_providers(read))
    yield from providers
    if not providers and known.publisher:
        yield Fact(field="provider", value=known.publisher, place=SOURCE, words=known.publisher)
    yield from _ours(audience(read))
    yield from _ours((*labelled(read), *first_places(_RULES, read)))
    yield from lengths(read)
    yield from nations(read, known.jurisdiction)
    yield from laws(read)
    yield from guidance(read)


def _ours(stated: Iterable[Fact]) -> Iterator[Fact]:
    """Yield what is stated; words that are none of a closed list only of a field of which nothing else is."""
    every = tuple(stated)
    known = {each.field for each in every if each.value != OTHER}
    yield from (each for each in every if each.value != OTHER or each.field not in known)


def _providers(read: Sequence[Passage]) -> Iterator[Fact]:
    """Yield the bodies that a page names as its providers; a name that says it is a body, for others are people's."""
    told: set[str] = set()
    for passage, said in _of_providers(read):
        who = _LOOSE.sub("", said).rstrip(".,")
        if _BODY.search(who) and who not in told and len(told) < _MAX_PROVIDERS:
            told.add(who)
            yield fact("provider", who, passage, who)


def _of_providers(read: Sequence[Passage]) -> Iterator[tuple[Passage, str]]:
    """Return the names behind "provided by" and the like, and those alone under a heading that asks for it."""
    for above, passage in pairwise(read):
        is_asked = above.heading and above.place == passage.place and _ASKED.fullmatch(above.text.strip(" :.?"))
        if is_asked and (match := _NAMED.match(passage.text)):
            yield passage, match["who"]
    for passage in read:
        for each in _PROVIDERS:
            yield from ((passage, match["who"]) for match in each.finditer(passage.text))


_MAX_PROVIDERS = 5
