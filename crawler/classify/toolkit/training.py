"""Training: who gives it, for whom, where, how deep, in what form, how long, at what cost, and on which law."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from crawler.bodies.imprint import LAW_BEHIND, NATION, NATIONS
from crawler.classify.toolkit.labelled_values import labelled, lengths
from crawler.classify.toolkit.laws import guidance, laws
from crawler.classify.toolkit.patterns import Rule, first_places, is_denied, pattern, rules, words_of
from crawler.classify.toolkit.values import SOURCE, SUMMARY, TITLE, Fact, Passage, ToolkitDocument, fact, passages
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


def training(known: ToolkitDocument) -> Iterator[Fact]:
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


_NATION = pattern(NATION)
_APPLIES = pattern(
    r"(?:applies|apply|applicable|available|delivered|extends?|valid|for use|professionals|practitioners|staff|"
    rf"organisations|training|guidance)(?: only)? (?:in|to|across|throughout)(?: the|"
    rf" all of)? (?P<where>{NATION}(?:(?:, | and | or |, and ){NATION})*)"
)


def nations(read: Sequence[Passage], jurisdiction: str) -> Iterator[Fact]:
    """Yield where a page says it applies: as its title or summary names, or a sentence on that; else by its source."""
    told: set[str] = set()
    for passage in read:
        spans = (
            [passage.text]
            if passage.place in (TITLE, SUMMARY)
            else [m["where"] for m in _APPLIES.finditer(passage.text)]
        )
        for match in (found for span in spans for found in _NATION.finditer(span)):
            nation = NATIONS[match[0].lower()]
            if nation not in told and not _is_law(passage.text, match):
                told.add(nation)
                yield fact("nation", nation, passage, match[0])
    if not told and jurisdiction:
        yield Fact(field="nation", value=jurisdiction, place=SOURCE, words=jurisdiction)


def _is_law(text: str, match: re.Match[str]) -> bool:
    """Return whether this is the Scotland of "(Scotland) Act", and not where something applies."""
    return text[match.start() - 1 : match.start()] == "(" and LAW_BEHIND.match(text, match.end()) is not None


_PATTERNS = {value: pattern(words) for value, words in words_of("audience", "audience")}

_CUE = pattern(
    r"(?:is |are |was |been )?(?:aimed at|intended for|designed for|designed to (?:help|support|assist)|written for|"
    r"developed for|suitable for|relevant to|target audience(?: is)?|audience(?= ?:)|for whom(?= ?:)|"
    r"who (?:should|can|is it) (?:attend|apply|take part|for)(?= ?[:?])|"
    r"available to|open to|for use by|(?:training|courses?|modules?|guide|guidance|toolkit|resources?|e-?learning|"
    r"booklet|briefing|handbook|manual|webinars?|workshops?|advice|information) (?:is )?(?:for|to help)|"
    r"ar gyfer|wedi['\u2019]i anelu at|bedoeld voor|bestemd voor|(?:training|cursus|handreiking) voor)"
)
_HEADING = pattern(
    r"(?:target )?audience|who (?:is (?:it|this(?: \w+){0,2}) for|(?:it|this(?: \w+){0,2}) is for|should (?:attend|"
    r"read|use|"
    r"take|complete)(?: (?:it|this)(?: \w+)?)?)|for whom|i bwy|voor wie(?: \w+){0,3}|doelgroep"
)
_BEFORE = pattern(
    r"(?:council|business|employer|police|school|teacher|prosecutor|nhs)s?['\u2019]?s? "
    r"(?:guide|guidance|toolkit|handbook|training|resource pack)"
)
_FOR = re.compile(
    r"\b(?:for|to help|ar gyfer|voor|(?:courses?|training|modules?|guide|toolkit|handbook|cwrs|cursus) ?:)(?!\w)",
    re.IGNORECASE,
)
_END = re.compile(r"[.;!?\n]")
_WINDOW = 160
_UNDER = 600
"""Most characters after a cue, and under a heading that asks for whom it is."""


_PERSONS = (
    r"(?:(?!(?:the|this|your|use|our|by|on|an?)\b)[\w'\u2019-]+ ){0,3}?"
    r"(?!(?:others?|users?|numbers?|matters?|papers?|orders?|offers?|computers?|tablets?|browsers?|letters?|years?|factors?|"
    r"errors?|refers?|sectors?)\b)"
    r"(?:[\w-]+(?:ers|ists|ors|ians)|staff|professionals|volunteers|students|people|parents|anyone|everyone|all)(?![\w-])"
)
_OTHERS = (
    pattern(r"(?:target audience is |(?:target )?audience ?: ?|for whom ?: ?)(?P<who>[^.;:!?\n]{3,100})"),
    pattern(r"(?:aimed at|intended for|bestemd voor|designed for|suitable for|developed for|open to|"
            rf"(?:training|courses?|workshops?|webinars?|modules?|sessions?|e-?learning) for) (?:all )?"
            rf"(?P<who>{_PERSONS})"),
)  # fmt: skip
"""Where a page says for whom it is, in words that may be none of ours."""
_LABEL = re.compile(
    r"(?:target |intended )?audience|(?:for whom|i bwy|voor wie)\b.{0,60}|"
    r"who (?:can|should|may|could) (?:attend|apply|join|book|take part)\b.{0,40}|doelgroep|participants|"
    r"(?:aimed at|suitable for|intended for|designed for)",
    re.IGNORECASE,
)


def audience(read: Sequence[Passage]) -> Iterator[Fact]:
    """Return for whom a page says it is made, each with the words that name them; else in its own words."""
    ours = tuple(_readers(read))
    yield from ours or islice(_others(read), 1)


def _readers(read: Iterable[Passage]) -> Iterator[Fact]:
    told: set[str] = set()
    for passage, is_asked in _asked(read):
        for text in _windows(passage, is_asked=is_asked):
            for value, who in _PATTERNS.items():
                match = who.search(text) if value not in told else None
                if match:
                    told.add(value)
                    yield fact("audience", value, passage, match[0])


def _asked(read: Iterable[Passage]) -> Iterator[tuple[Passage, bool]]:
    """Yield each passage, and whether it stands under a heading that asks for whom something is."""
    asked = ""
    for passage in read:
        if passage.heading:
            asked = passage.place if _asks(passage.text) else ""
        yield passage, not passage.heading and asked == passage.place


def _asks(heading: str) -> bool:
    return bool(_HEADING.search(heading) or _LABEL.fullmatch(heading.strip(" :.?")))


def _others(read: Sequence[Passage]) -> Iterator[Fact]:
    for passage, is_asked in _asked(read):
        if is_asked and (words := _END.split(passage.text.strip())[0].strip()):
            yield fact("audience", OTHER, passage, words)
    for passage in read:
        for each in _OTHERS:
            for match in each.finditer(passage.text):
                if any(map(str.isalpha, match["who"])) and not is_denied(passage.text, match):
                    yield fact("audience", OTHER, passage, match["who"])


def _windows(passage: Passage, *, is_asked: bool) -> Iterator[str]:
    """Yield the runs of words of a passage that say for whom something is."""
    text = passage.text
    if is_asked:
        yield text[:_UNDER]
    if passage.place == TITLE:
        yield from (match[0] for match in _BEFORE.finditer(text))
        if match := _FOR.search(text):
            yield text[match.end() :]
    for match in _CUE.finditer(text):
        rest = text[match.end() : match.end() + _WINDOW]
        end = _END.search(rest)
        yield rest[: end.start()] if end else rest
