"""How acts of the EU say when they enter into force, apply and are to be transposed, language by language.

And whether Denmark and Ireland take part in an act, as its own recitals say (Protocols 21 and 22): a recital counts
where it speaks of *this* act, what it says of another one is not read. What the two decided later stands in no recital.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
}
MONTHS = {name: place for line in _MONTHS.values() for place, name in enumerate(line.split(), 1)}
"""The number of a month, by its name in small letters."""
DATE = (
    r"(?P<day>\d{1,2})(?:\.o|\.|er|º|°|st|nd|rd|th)?\s(?:de\s)?"
    rf"(?P<month>{'|'.join(MONTHS)})\s(?:de\s)?(?P<year>\d{{4}})"
)
NUMBERS = {
    "ersten": 1, "zweiten": 2, "dritten": 3, "vierten": 4, "fünften": 5, "sechsten": 6, "siebten": 7, "siebenten": 7,
    "achten": 8, "neunten": 9, "zehnten": 10, "vierzehnten": 14, "fünfzehnten": 15, "zwanzigsten": 20,
    "dreißigsten": 30, "sechzigsten": 60, "neunzigsten": 90,
    "premier": 1, "deuxième": 2, "troisième": 3, "quatrième": 4, "cinquième": 5, "sixième": 6, "septième": 7,
    "huitième": 8, "dixième": 10, "quinzième": 15, "vingtième": 20, "trentième": 30, "soixantième": 60,
    "primer": 1, "segundo": 2, "tercer": 3, "quinto": 5, "séptimo": 7, "décimo": 10, "vigésimo": 20, "tres": 3,
    "siete": 7, "quince": 15, "veinte": 20, "treinta": 30, "sesenta": 60,
    "primeiro": 1, "terceiro": 3, "sétimo": 7, "trigésimo": 30, "sexagésimo": 60,
}  # fmt: skip
"""Places in a row, by their words; the English ones are read by :func:`crawler.law.days.number`."""

UNITS = {
    **dict.fromkeys(("day", "tag", "jour", "día", "dia"), "day"),
    **dict.fromkeys(("week", "woche", "semaine"), "week"),
    **dict.fromkeys(("month", "monat", "mois", "mes", "mês"), "month"),
}
ADOPTED, NOTIFIED = ("ado", "anna", "verabsch"), ("noti", "bekannt")
"""How words for adoption and for notification begin: from what else a day is counted is the publication."""

_N = r"(?P<n>[\w\u00c0-\u017f-]+\.?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The patterns of one language; each matches inside a single sentence.

    ``act`` is what an act calls itself, ``pronoun`` what stands for it in the next sentence. ``enters`` is the verb of
    entry into force; its day stands behind it: ``n`` of ``unit`` ``after`` the ``anchor``, the first day of a ``month``
    after it, the day ``of`` the anchor itself, or a date. ``applies`` is the verb of application, ``since`` what stands
    before its day, ``excepted`` what takes provisions out. ``transposed`` has member states comply with an ``object``,
    ``by`` is the last day for it with how it is limited, ``measures`` the day from which they apply what they made, or
    those ``of`` provisions.
    """

    act: re.Pattern[str]
    pronoun: re.Pattern[str]
    enters: re.Pattern[str]
    after: re.Pattern[str]
    of: re.Pattern[str]
    month: re.Pattern[str]
    applies: re.Pattern[str]
    since: re.Pattern[str]
    excepted: re.Pattern[str]
    transposed: re.Pattern[str]
    by: re.Pattern[str]
    measures: re.Pattern[str]


def _wording(**patterns: str) -> Wording:
    return Wording(**{name: re.compile(pattern, re.IGNORECASE) for name, pattern in patterns.items()})


_ENGLISH = (
    r"(?:this|the present) (?:(?:framework|implementing|delegated|council|commission) )?"
    r"(?:regulation|directive|decision|joint action|common position|act)"
)
_GERMAN = (
    r"(?:diese[rsm]?|(?:die|der|das) vorliegende[n]?) (?:delegierte[n]? )?(?:(?:durchführungs)?(?:verordnung"
    r"|richtlinie|beschluss(?:es)?|entscheidung)|rahmenbeschlu(?:ss|ß)(?:es)?|gemeinsame[n]? maßnahme)"
)
_FRENCH = r"(?:le |la |l['\u2019] ?)présente? (?:règlement|directive|décision(?:-cadre)?|action commune)"
_SPANISH = r"(?:el|la) presente (?:reglamento|directiva|decisión(?: marco)?|acción común)"
_PORTUGUESE = r"(?:à|ao|o|a) presente (?:regulamento|diretiva|directiva|decisão(?:-quadro)?|ação comum)"

WORDINGS: tuple[Wording, ...] = (
    _wording(
        act=_ENGLISH,
        pronoun=r"it",
        enters=r"\b(?:shall |will )?(?:(?:enters?|comes?) into (?:force|effect|operation)|takes? effect)\b",
        after=(
            r"\s*(?:on |upon )?(?:the (?:day|date) (?:following|after)"
            rf"|(?:the )?{_N} (?P<unit>day|week|month)s? (?:following|after|from))"
            r"(?: that| the (?:day|date))?(?: of)?(?: its| the| this)? "
            r"(?P<anchor>publication|adoption|notification)"
        ),
        of=(
            r"\s*(?:on|upon|as of|from)(?: the)?(?: (?:day|date)(?: of)?)? ?(?:its|the) "
            r"(?P<anchor>publication|adoption|notification)"
        ),
        month=(
            rf"\s*(?:on )?the first day of the (?:{_N} )?(?:calendar )?month (?:following|after)"
            r"(?: that| the (?:date|month|day))?(?: of| in which)? (?:its|the|it is) (?P<anchor>publi|adopt)"
        ),
        applies=(
            r",?\s*(?:which )?(?:shall |will )?(?:only )?(?<!not )(?:apply|applies|be applied|be applicable"
            r"|become applicable)(?: only)?,? (?=(?:as )?(?:from|of)\b|with effect (?:from|as of)\b|on (?:the )?\d)"
        ),
        since=r"(?:as from|as of|with effect from|with effect as of|from|on) (?:the )?",
        excepted=r",?\s*\b(?:except(?:ing)?(?: for)?|with the exception of|apart from)(?: the following)?:?\s*",
        transposed=(
            r"member states shall\b.*\bnecessary\b.*?\bcomply with "
            rf"(?P<object>(?:the (?:provisions|obligations|requirements) of )?{_ENGLISH}|articles? .{{1,900}}?"
            r"(?=,? (?:by|before|no later|not later|at the latest|within|until)\b|$))"
        ),
        by=(
            r"\b(?P<how>by|before|no later than|not later than|at the latest (?:by|on)|until|on) (?:the )?"
            rf"(?:midnight on )?{DATE}"
        ),
        measures=(
            r"(?:they|member states) shall (?:apply|begin to apply) (?:those|these|the) (?:measures|provisions|laws)"
            r"(?P<of> (?:referred to|under) [^,.;]{1,60}?)?,? (?:as )?(?:from|of|with effect from) (?:the )?"
            rf"{DATE}"
        ),
    ),
    _wording(
        act=_GERMAN,
        pronoun=r"sie|er",
        enters=r"\b(?:tritt|treten)\b(?=.{2,200}? in kraft\b)",
        after=(
            rf"\s*am (?:{_N} (?P<unit>tag|woche|monat)[en]* nach|tag nach)(?: dem tag)? "
            r"(?:ihrer|seiner|der) (?P<anchor>veröffentlichung|annahme|bekanntgabe|verabschiedung)"
        ),
        of=(
            r"\s*(?:am|mit dem|zum) (?:tag|zeitpunkt|tage) (?:ihrer|seiner|der) "
            r"(?P<anchor>veröffentlichung|annahme|bekanntgabe|verabschiedung)"
        ),
        month=(
            rf"\s*am ersten tag des (?:{_N} )?(?:kalender)?monats nach (?:ihrer|seiner|dem monat ihrer) "
            r"(?P<anchor>veröffentlichung)"
        ),
        applies=(
            r",?\s*(?:(?:die|der|das) )?(?:(?:gilt|gelten) (?=(?:erst )?(?:ab|seit|vom|mit wirkung)\b)"
            r"|(?=(?:ab|mit wirkung vom) (?:dem )?\d{1,2}\. \w{3,10} \d{4} (?:gilt|gelten|angewandt|anwendbar)))"
        ),
        since=r"(?:erst )?(?:ab|seit|vom|mit wirkung vom) (?:dem )?",
        excepted=r",?\s*\b(?:mit ausnahme|ausgenommen|außer)(?: folgender bestimmungen)?:?\s*",
        transposed=rf"mitgliedstaaten .*?(?P<object>{_GERMAN})\b.*?\b(?:nachzukommen|nachkommen|umzusetzen)",
        by=rf"\b(?P<how>bis (?:spätestens )?zum|spätestens (?:bis zum|bis|am|zum|ab)|vor dem|bis)(?: dem)? {DATE}",
        measures=(
            r"(?:die mitgliedstaaten |sie )wenden (?:diese|die) (?:maßnahmen|vorschriften|bestimmungen)"
            rf"(?P<of> nach [^,.;]{{1,60}}?)? (?:ab|mit wirkung vom) (?:dem )?{DATE}"
        ),
    ),
    _wording(
        act=_FRENCH,
        pronoun=r"il|elle",
        enters=r"\b(?:entre(?:nt)? en vigueur|prend effet|prennent effet)\b",
        after=(
            rf"\s*le (?:{_N} (?P<unit>jour|mois) suivant|lendemain|jour suivant)(?: (?:celui|la date|le jour))?"
            r"(?: de)? ?(?:sa |l['\u2019] ?)(?P<anchor>publication|adoption|notification)"
        ),
        of=r"\s*(?:le jour|à la date) de (?:sa |l['\u2019] ?)(?P<anchor>publication|adoption|notification)",
        month=(
            rf"\s*le premier jour du (?:{_N} )?mois (?:suivant|qui suit)(?: (?:celui|la date))?(?: de)? sa "
            r"(?P<anchor>publication)"
        ),
        applies=(
            r",?\s*(?:qui )?(?:(?:est|sont|sera|seront) applicables?|s['\u2019]appliqu(?:ent?|era|eront))"
            r" (?=(?:à partir|à compter)\b)"
        ),
        since=r"(?:à partir|à compter) (?:du |de )?",
        excepted=r",?\s*\b(?:à l['\u2019]exception|sauf|excepté)(?: des? (?:dispositions suivantes)?)?:?\s*",
        transposed=rf"états membres .*?se conformer .*?(?P<object>{_FRENCH})",
        by=rf"\b(?P<how>au plus tard le|avant le|d['\u2019]ici au|pour le) {DATE}",
        measures=rf"(?:ils|les états membres) appliquent ces (?:dispositions|mesures) (?:à partir|à compter) du {DATE}",
    ),
    _wording(
        act=_SPANISH,
        pronoun=r"",
        enters=r"\b(?:entrarán? en vigor|surtirán? efecto)\b",
        after=(
            rf"\s*(?:a los {_N} (?P<unit>día|mes)e?s de|(?:el|al) (?:{_N.replace('<n>', '<nth>')} )?día siguiente"
            r"(?: al)? de) su (?P<anchor>publicación|adopción|notificación)"
        ),
        of=r"\s*(?:el mismo día|el día|en la fecha) de su (?P<anchor>publicación|adopción|notificación)",
        month=rf"\s*el primer día del (?:{_N} )?mes siguiente al? de su (?P<anchor>publicación)",
        applies=r",?\s*(?:que )?(?:será[n]? aplicables?|se aplicarán?) (?=(?:a partir|desde)\b)",
        since=r"(?:a partir|desde) (?:del |de |el )?",
        excepted=r",?\s*\b(?:con excepción|a excepción|excepto|salvo)(?: de(?: las disposiciones siguientes)?)?:?\s*",
        transposed=rf"estados miembros .*?cumplimiento .*?(?P<object>{_SPANISH})",
        by=rf"\b(?P<how>a más tardar el|antes del|hasta el) {DATE}",
        measures=rf"aplicarán (?:dichas|esas|estas) (?:disposiciones|medidas) a partir del {DATE}",
    ),
    _wording(
        act=_PORTUGUESE,
        pronoun=r"",
        enters=r"\b(?:entra(?:m|rá|rão)? em vigor|produz(?:em)? efeitos)\b",
        after=(
            rf"\s*no (?:{_N} (?P<unit>dia|mês)|dia) seguinte (?:ao )?da sua "
            r"(?P<anchor>publicação|adoção|adopção|notificação)"
        ),
        of=r"\s*(?:no dia|na data) da sua (?P<anchor>publicação|adoção|adopção|notificação)",
        month=rf"\s*no primeiro dia do (?:{_N} )?mês seguinte ao da sua (?P<anchor>publicação)",
        applies=r",?\s*(?:que )?(?:é|são|será|serão) aplicáve(?:l|is) (?=(?:a partir|desde)\b)",
        since=r"(?:a partir|desde) (?:de |do dia )?",
        excepted=r",?\s*\b(?:com exceção|à exceção|exceto)(?: d[aoe]s?(?: seguintes disposições)?)?:?\s*",
        transposed=rf"estados-membros .*?cumprimento .*?(?P<object>{_PORTUGUESE})",
        by=rf"\b(?P<how>até|o mais tardar (?:em|até)|antes de) {DATE}",
        measures=rf"aplicam (?:essas|tais|as referidas) (?:disposições|medidas) a partir de {DATE}",
    ),
)

ON = re.compile(
    r"\s*(?:on|from|as of|as from|with effect from|am|zum|ab|mit wirkung vom|le|à partir du|à compter du|el"
    rf"|a partir del|em|a partir de)(?: the| dem)? {DATE}",
    re.IGNORECASE,
)
"""A date behind the verb of entry into force."""


STATES = ("Denmark", "Ireland")

_STATE = r"(?:Denmark|Ireland|(?:the )?United Kingdom)"
_WHO = rf"(?P<who>{_STATE}(?:(?:,| and|, and) {_STATE})*),?"
_THIS = r"(?:this|the present) (?:Framework |Implementing |Delegated )?(?:Directive|Regulation|Decision)"
_NOT_BOUND = re.compile(
    rf"\b{_WHO} (?:is|are|does|do)(?: therefore| thus| also)? not tak(?:e|ing) part in"
    rf" (?:the adoption(?: and application)? of {_THIS}|its adoption)\b[^.;]{{0,60}}"
    r"\b(?:not|nor) (?:be )?bound by it\b",
    re.IGNORECASE,
)
_BOUND_IN_PART = re.compile(
    rf"\b{_WHO} (?:is|are) not bound by (?:the )?(?:rules|provisions) laid down in"
    rf" (?:{_THIS}|[^.;]{{1,800}}? of {_THIS})\b",
    re.IGNORECASE,
)
_TAKES_PART = re.compile(
    rf"\b{_WHO} (?:(?:has|have) (?:notified|given notice of)\b[^;]{{0,120}}?\b(?:wish|intention|desire) to take part"
    rf"|(?:is|are)(?: therefore| thus| also)? taking part) in (?:the adoption(?: and application)? of )?{_THIS}",
    re.IGNORECASE,
)
_SAID = (
    (_NOT_BOUND, "is not bound"), (_BOUND_IN_PART, "is not bound by some of its rules"), (_TAKES_PART, "takes part"),
)  # fmt: skip
CLOSING = (
    "directly applicable in all Member States", "addressed to the Member States",
    "unmittelbar in jedem Mitgliedstaat", "an die Mitgliedstaaten gerichtet",
    "directement applicable dans tout", "membres sont destinataires",
)  # fmt: skip
"""Words that each of the closing formulas has in it."""
_EVERYWHERE = re.compile(
    r"\b(?:Regulation (?:shall be|is) binding in its entirety and directly applicable in all Member States"
    r"|Directive is addressed to the Member States"
    r"|Verordnung ist in allen ihren Teilen verbindlich und gilt unmittelbar in jedem Mitgliedstaat"
    r"|Richtlinie ist an die Mitgliedstaaten gerichtet"
    r"|r\u00e8glement est obligatoire dans tous ses \u00e9l\u00e9ments et directement applicable dans tout"
    r" \u00c9tat membre"
    r"|Les \u00c9tats membres sont destinataires de la pr\u00e9sente directive)\s*(?:\.|\Z)"
)
_OF_PROTOCOLS = re.compile(r"\bProtocols?\b|\btak(?:es?|ing) part\b|\bbound\b|\bSchengen\b", re.IGNORECASE)
MAX_CHARACTERS = 4_000


def taking_part(recitals: Iterable[str]) -> tuple[str, ...]:
    """Return what recitals say of Denmark and Ireland, a sentence for each; none where they say nothing, or both.

    >>> taking_part(["In accordance with Protocol No 22, Denmark is not taking part in the adoption"
    ...     " of this Directive and is not bound by it or subject to its application.", "In accordance with it,"
    ...     " Ireland has notified, by letter of 6 March 2019, its wish to take part in the adoption and application of"
    ...     " this Directive."])
    ('Denmark is not bound', 'Ireland takes part')
    >>> taking_part(["Denmark is not bound by Directive 2011/36/EU.", "Ireland decides within six months."])
    ()
    """
    said: dict[str, set[str]] = {state: set() for state in STATES}
    for text in recitals:
        for pattern, words in _SAID:
            for match in pattern.finditer(text[:MAX_CHARACTERS]):
                for state in STATES:
                    said[state] |= {words} if state.lower() in match["who"].lower() else set()
    return tuple(f"{state} {next(iter(words))}" for state, words in said.items() if len(words) == 1)


def is_on_protocols(recital: str) -> bool:
    """Return whether a recital that names one of the two may say whether it takes part.

    >>> is_on_protocols("In accordance with Protocol No 22, Denmark decides."), is_on_protocols("Danish fines differ.")
    (True, False)
    """
    return _OF_PROTOCOLS.search(recital) is not None


def is_everywhere(text: str) -> bool:
    """Return whether the closing words of an act say that it binds all member states, without exception.

    That is a regulation directly applicable in all of them, or a directive addressed to them. Acts of which a state may
    stay out add "in accordance with the Treaties".

    >>> is_everywhere("This Regulation shall be binding in its entirety and directly applicable in all Member States.")
    True
    >>> is_everywhere("Diese Richtlinie ist an die Mitgliedstaaten gerichtet.")
    True
    >>> is_everywhere("This Directive is addressed to the Member States in accordance with the Treaties.")
    False
    """
    return _EVERYWHERE.search(" ".join(text.split())) is not None
