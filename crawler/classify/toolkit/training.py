"""Training: who gives it, for whom, how deep, in what form, how long, at what cost, and against which law."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from crawler.classify.toolkit.audience import audience
from crawler.classify.toolkit.durations import lengths
from crawler.classify.toolkit.labelled_values import labelled
from crawler.classify.toolkit.laws import guidance, laws
from crawler.classify.toolkit.patterns import Rule, first_places, rules
from crawler.classify.toolkit.territory import nations
from crawler.classify.toolkit.values import SOURCE, Fact, Known, Passage, fact, passages
from crawler.classify.toolkit.vocabulary import OTHER

_THING = (
    r"(?:e-?learning|online |training|course|session|module|workshop|webinar|booklet|programme|level|seminar|briefing|"
    r"package|video|guide|resource|materials?)"
)
_LEVELS = (
    ("awareness", rf"awareness(?:[ -]raising)?[ -]{_THING}s?|(?:introduct(?:ory|ion)|basic|foundation|"
                  rf"beginners?)[ -]{_THING}s?"),
    ("awareness", rf"{_THING}s? (?:for |on )?(?:raising )?awareness|level (?:1|one)|"
                  rf"introduction to (?:modern slavery|human trafficking)"),
    ("awareness", r"cwrs ymwybyddiaeth|hyfforddiant ymwybyddiaeth|(?:basis|bewustwordings)(?:training|cursus)"),
    ("practitioner", rf"(?:practitioner|intermediate|operational|first responders?)(?:[ -]level)?[ -]{_THING}s?|"
                     rf"level (?:2|two)"),
    ("practitioner", rf"{_THING}s? for (?:practitioners|first responders)|hyfforddiant ymarferwyr"),
    ("specialist", rf"(?:specialist|advanced|expert|in-depth)(?:[ -]level)?[ -]{_THING}s?|level (?:3|three)"),
    ("specialist", r"hyfforddiant arbenigol|specialistische (?:training|cursus)|verdiepings(?:training|cursus)"),
)  # fmt: skip
_FORMS = (
    ("e-learning", r"e[- ]?learning|online (?:training|course|learning|module|programme)s?|self-paced|e[- ]?ddysgu|"
                   r"dysgu ar-?lein|"
                   r"online (?:training|cursus)|onlinetraining"),
    ("classroom", r"classroom|face[- ]to[- ]face (?:training|course|session|workshop|delivery|learning)s?|"
                  r"(?:delivered|held|training) in[- ]person|in[- ]person (?:training|course|session|workshop)s?|"
                  r"klassikaal|"
                  r"wyneb yn wyneb"),
    ("webinar", r"webinars?|gweminar(?:au)?"),
    ("video", r"(?:training |animated |short )?(?:videos?|films?)|fideos?|filmpje"),
    ("booklet", r"booklets?|llyfryn(?:nau)?|boekje|brochures?"),
    ("workshop", r"workshops?|gweithdy|gweithdai"),
    ("course", r"(?<!of )(?<!due )(?:training |short |this |the |our |a |free |"
               r"accredited )courses?(?! of)(?! correction)|cwrs|cyrsiau|cursus"),
    ("slides", r"slide (?:deck|pack)s?|(?:training )?slides|power ?point(?: presentation)?s?"),
    ("framework", r"training framework|competenc(?:y|e) framework|fframwaith hyfforddi"),
    ("podcast", r"podcasts?|podlediad"),
)  # fmt: skip
_ADJECTIVES = (
    r"(?:(?:online|e-?learning|training|awareness|short|introductory|interactive|virtual|live|accredited|new|bite-sized|"
    r"self-paced|in-person|face-to-face|specialist|practitioner|advanced|basic|practical|on-demand|cpd|modern slavery|"
    r"human trafficking|anti-slavery|(?:half|full|one|two|three|four|five|six|\d{1,3})[ -](?:a )?"
    r"(?:minute|hour|day|week)s?),? (?:and )?)*"
)
_COSTS = (
    ("free", r"(?<!not )(?<!no longer )(?<!n't )(?<!n\u2019t )free of charge|"
             r"(?<!not )(?<!no longer )free to (?:access|use|download|attend|join|book|complete|all)|"
             r"(?:at )?no (?:cost|charge)|no fee|"
             rf"(?<!-)free {_ADJECTIVES}(?:training|courses?|e-?learning|"
             r"webinars?|modules?|workshops?|"
             r"sessions?|seminars?|briefings?|booklet|download|resources?|places|cpd)|"
             r"(?:(?:(?<!helpline )(?<!hotline )(?<!helplines )(?<!line )(?<!number )(?<!calls )(?<!parking )"
             r"(?<!advice )(?<!wifi )(?<!lunch )(?:is|are) |(?:it's|it\u2019s) )|costs?: ?|price: ?|fee: ?)"
             r"(?:completely |entirely |currently )?free(?= ?[.,;)]| ?$| and(?! confidential)| for| to)|"
             r"(?:costs?|price|fee): ?(?:none|nil|[\u00a3\u20ac] ?0(?:\.00)?(?![\d.,]*\d)|free)|am ddim|"
             r"rhad ac am ddim|gratis|kosteloos|"
             r"(?:fully[ -]funded|complimentary) (?:training|courses?|places|modules?|workshops?|webinars?|sessions?)"),
    ("paid", r"(?:costs?|price[sd]?|fees?|charge[ds]?|tuition)(?: ?[:\u2013-]| is| are| of| at| from| per| for| to|"
             r" the| this| each| a| "
             r"course| training| session| workshop| webinar| module| place| delegate| person| learner| member|"
             r" attend| join| "
             r"us)*[ :]*[\u00a3\u20ac] ?(?!0(?![\d,.]*[1-9]))"
             r"\d[\d,.]*(?![\d,.]| ?(?:million|billion|bn|m)\b| for (?:an?|the|your|each) "
             r"(?:licen[cs]e|visa|permit|application|room|victim))|"
             r"[\u00a3\u20ac] ?(?!0(?![\d,.]*[1-9]))\d[\d,.]* "
             r"?(?:\+ ?vat|plus vat|per (?:person|delegate|place|learner|head|licen[cs]e|"
             r"session)|"
             r"for (?:non-?)?members|(?:a|each) (?:person|delegate|place))|"
             r"(?:a|the) fee (?:applies|is payable|will be charged)|there is a (?:charge|fee|cost)|fees apply|"
             r"(?:is|are) not free|codir ffi|kosten: ?\u20ac ?\d"),
)  # fmt: skip
_NOT = r"(?<!not )(?<!n't )(?<!n\u2019t )(?<!cannot )(?<!no )"
_CERTIFICATES = (
    ("no", r"no certificates?(?! of (?:origin|sponsorship))|without (?:a |any )?certificates?|"
           r"(?:do|does|will|are|is)(?: not|n't|n\u2019t) (?:\w+ ){0,2}(?:provided?|includ\w+|offer\w*|issued?|"
           r"given|get|receive|awarded?) "
           r"(?:with )?(?:a |any )?certificates?|dim tystysgrif|geen certificaat"),
    ("yes", rf"{_NOT}(?:receive|get|gain|earn|awarded|given|issued|download|print|provided|offers?|includes?|"
            rf"issues?)(?: with)? "
            r"(?:a |an |your |their )(?:\w+ ){0,2}certificates?|(?<!no )(?<!without )(?<!without a )"
            r"certificates? (?:of (?:completion|attendance|achievement)|(?:is|are|will be) (?:issued|awarded|"
            r"available|provided|sent))|"
            r"certificates?: ?yes|(?<!dim )tystysgrif(?:au)? (?:presenoldeb|cwblhau)|"
            r"(?:derbyn|cael|ennill) tystysgrif|(?<!geen )certificaat|"
            r"bewijs van deelname"),
    ("cpd", r"cpd(?: ?-?(?:accredited|certified|approved|points?|hours?|credits?|accreditation|certificates?|"
            r"recognised))|"
            r"(?:counts? towards|accredited (?:by|for)|contributes? to)[^.;\n]{0,30}\bcpd|"
            r"continuing professional development"),
)  # fmt: skip
_RULES: tuple[Rule, ...] = (
    *rules("level", _LEVELS),
    *rules("form", _FORMS),
    *rules("form", [("course", r"(?<!of )courses?(?! of action)")], "title"),
    *rules("cost", _COSTS),
    *rules("certificate", _CERTIFICATES),
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
    read = tuple(passages(known))
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
