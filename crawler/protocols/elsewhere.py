"""Under which other addresses a document is known: archived, moved, of a reader of others, or told by its title.

Bibliographies name a document by the address it had when they were written. Sources of the forms: the addresses
themselves, https://eur-lex.europa.eu/content/help/data-reuse/linking.html, https://www.bailii.org/bailii/citation.html.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from urllib.parse import unquote

from crawler.errors import IdentifierError
from crawler.identifiers import citations, eu_number, is_address
from crawler.identifiers.acts import spelled, works
from crawler.protocols.wanted import Wanted

_ARCHIVE = re.compile(
    r"https?://(?:web\.archive\.org/web|webarchive\.nationalarchives\.gov\.uk(?:/ukgwa|/ukwa|/tna)?)/"
    r"(?:\d{4,14}(?:[a-z]{2}_|\*)?|\*)/(?P<url>https?:/.*)"
)
_EURLEX = "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:"
_PAPERS = {"COM": ("DC", "PC"), "SWD": ("SC",), "SEC": ("SC",), "JOIN": ("JC",)}
"""Letters of the CELEX numbers that papers of the Commission have, by the series they are cited by."""
_NORMLEX = "https://normlex.ilo.org/dyn/nrmlx_en/f?p=NORMLEXPUB:12100:0::NO::P12100_ILO_CODE:"
_CONVENTIONS_AFTER, _LAST_IN_ORDER = 312_145, 188
"""Conventions 1 to 188 of the ILO have ids in their order, as 29 (312174) and 138 (312283) in addresses in use."""
_NUMBERED_APART = {2_551_460: "C189", 3_999_810: "C190", 3_174_672: "P029", 3_174_688: "R203"}
_TREATY = "https://www.ohchr.org/en/instruments-mechanisms/instruments/"
_TREATIES = {
    "protocol-prevent-suppress-and-punish-trafficking-persons": ("XVIII-12-a", "ProtocolTraffickingInPersons"),
    "protocol-against-smuggling-migrants-land-sea-and-air": ("XVIII-12-b", ""),
    "slavery-convention": ("XVIII-3", "SlaveryConvention"),
    "supplementary-convention-abolition-slavery-slave-trade-and": (
        "XVIII-4",
        "SupplementaryConventionAbolitionOfSlavery",
    ),
    "convention-suppression-traffic-persons-and-exploitation": ("VII-11-a", "TrafficInPersons"),
    "convention-rights-child": ("IV-11", "CRC"),
    "optional-protocol-convention-rights-child-sale-children-child": ("IV-11-c", "OPSCCRC"),
    "convention-elimination-all-forms-discrimination-against-women": ("IV-8", "CEDAW"),
    "international-convention-protection-rights-all-migrant-workers": ("IV-13", "CMW"),
    "convention-relating-status-refugees": ("V-2", "StatusOfRefugees"),
    "forced-labour-convention-1930-no-29": ("", "ForcedLabourConvention"),
}
"""Names of instruments, with their numbers in the United Nations Treaty Collection and the names of their old pages."""
_BY_OLD_NAME = {old.casefold(): name for name, some in _TREATIES.items() for old in some if old}
_COURTS = {"UKSC": "uksc", "UKHL": "ukhl", "UKPC": "ukpc"}


def _papers(found: re.Match[str]) -> Iterator[str]:
    series, year, number = found["series"].upper(), found["year"], int(found["number"])
    yield from (f"{_EURLEX}5{year}{letters}{number:04d}" for letters in _PAPERS[series])


def _journal(found: re.Match[str]) -> Iterator[str]:
    yield from (f"{_EURLEX}3{found['year']}{letter}{int(found['number']):04d}" for letter in "LRD")


def _case(found: re.Match[str]) -> Iterator[str]:
    court = "TJ" if found["court"] == "T" else "CJ"
    year = int(found["year"])
    yield f"{_EURLEX}6{year + (1900 if year > 50 else 2000)}{court}{int(found['number']):04d}"


def _judgment(found: re.Match[str]) -> Iterator[str]:
    court, part = found["court"], found["part"]
    where = _COURTS.get(court) or "/".join(filter(None, (court.lower(), (part or "").lower())))
    yield f"https://caselaw.nationalarchives.gov.uk/{where}/{found['year']}/{found['number']}"


def _instrument(found: re.Match[str]) -> Iterator[str]:
    number = int(found["id"])
    convention = number - _CONVENTIONS_AFTER
    if code := _NUMBERED_APART.get(number) or (f"C{convention:03d}" if 1 <= convention <= _LAST_IN_ORDER else ""):
        yield f"{_NORMLEX}{code}"


def _treaty(found: re.Match[str]) -> Iterator[str]:
    if name := _BY_OLD_NAME.get(found["name"].casefold()):
        yield f"{_TREATY}{name}"


def _of(template: str) -> Callable[[re.Match[str]], Iterator[str]]:
    return lambda found: iter((found.expand(template),))


_FORMS: tuple[tuple[str, Callable[[re.Match[str]], Iterator[str]]], ...] = (
    (r"hudoc\.echr\.coe\.int/.*#.*itemid\W+(?P<id>00\d-\d+)", _of(r"https://hudoc.echr.coe.int/eng?i=\g<id>")),
    (r"hudoc\.echr\.coe\.int/(?:[a-z]{3}/?\?(?:.*&)?i|app/conversion/.*[?&]id)=(?P<id>00\d-\d+)", _of(r"https://hudoc.echr.coe.int/eng?i=\g<id>")),
    (
        r"(?:tbinternet|ap)\.ohchr\.org/.*[?&](?:symbolno|si)=(?P<symbol>[A-Z][^&#\s]+)",
        _of(r"https://undocs.org/\g<symbol>"),
    ),
    (r"treaties\.un\.org/.*mtdsg_no=(?P<name>[IVX]+-\d+(?:-[a-z])?)(?![\w-])", _treaty),
    (r"ohchr\.org/(?i:[a-z]{2}/ProfessionalInterest/Pages/)(?P<name>[A-Za-z]+)\.aspx", _treaty),
    (r"undocs\.org/.*FinalSymbol=(?P<symbol>[A-Z][^&#\s]+)", _of(r"https://undocs.org/\g<symbol>")),
    (r"(?:undocs\.org|docs\.un\.org)/[A-Za-z]{2}/(?P<symbol>[A-Z]+/.+)", _of(r"https://undocs.org/\g<symbol>")),
    (r"europarl\.europa\.eu/.*TA\+P(?P<n>\d)-TA-(?P<text>\d{4}-\d{4})\b",
     _of(r"https://www.europarl.europa.eu/doceo/document/TA-\g<n>-\g<text>_EN.html")),
    (r"europarl\.europa\.eu/.*REPORT\+A(?P<n>\d)-(?P<text>\d{4}-\d{4})\b",
     _of(r"https://www.europarl.europa.eu/doceo/document/A-\g<n>-\g<text>_EN.html")),
    (r"europarl\.europa\.eu/RegData/.*/(?P<id>[A-Z]{4}_[A-Z]{3}\(\d{4}\)\d+)_",
     _of(r"https://www.europarl.europa.eu/thinktank/en/document/\g<id>")),
    (r"rm\.coe\.int/CoERMPublic.*documentId=090000(?P<file>[0-9a-f]{10})", _of(r"https://rm.coe.int/\g<file>")),
    (r"conventions\.coe\.int/Treaty/.*/0*(?P<n>\d{1,3})\.html?",
     _of(r"https://www.coe.int/en/web/conventions/full-list?module=treaty-detail&treatynum=\g<n>")),
    (r"coe\.int/en/web/conventions/.*treatynum=0*(?P<n>\d{1,3})",
     _of(r"https://www.coe.int/en/web/conventions/full-list?module=treaty-detail&treatynum=\g<n>")),
    (r"(?:normlex\.)?ilo\.org/dyn/.*ILO_CODE:(?P<code>[CPR]\d{3})", _of(rf"{_NORMLEX}\g<code>")),
    (r"(?:normlex\.)?ilo\.org/dyn/.*INSTRUMENT_ID[:,](?P<id>\d{6,7})\b", _instrument),
    (r"ilo\.org/topics/(?P<rest>\S+)", _of(r"https://www.ilo.org/topics-and-sectors/\g<rest>")),
    (r"supremecourt\.uk/cases/(?:docs/)?(?P<id>uksc-\d{4}-\d{4})\b", _of(r"https://supremecourt.uk/cases/\g<id>")),
    (r"sentencingcouncil\.org\.uk/(?:offences|overarching-guides)/[a-z-]+/item/(?P<name>[a-z0-9-]+)",
     _of(r"https://sentencingcouncil.org.uk/guidelines/\g<name>")),
    (r"justiceinspectorates\.gov\.uk/(?P<body>hmicfrs|hmcpsi|hmiprobation|hmiprisons)/(?P<rest>\S+)",
     _of(r"https://\g<body>.justiceinspectorates.gov.uk/\g<rest>")),
    (r"app\.college\.police\.uk/app-content/(?P<rest>\S+)", _of(r"https://www.college.police.uk/app/\g<rest>")),
    (r"eur-lex\.europa\.eu/.*(?i:\b(?P<series>COM|SWD|SEC|JOIN)):(?P<year>\d{4}):0*(?P<number>\d{1,4}):FIN", _papers),
    (r"eur-lex\.europa\.eu/.*OJ:L_(?P<year>\d{4})(?P<number>\d{5})\b", _journal),
    (r"curia\.europa\.eu/.*[?&](?:num|td=ALL&num)=(?P<court>[CT])-(?P<number>\d+)/(?P<year>\d\d)\b", _case),
    (r"(?:www\.)?bailii\.org/\w+/cases/(?P<court>[A-Z]+)/(?:(?P<part>[A-Za-z]+)/)?(?P<year>\d{4})/(?P<number>\d+)\.html",
     _judgment),
)  # fmt: skip
_COMPILED = tuple((re.compile(rf"https?://(?:www\.)?(?:{form})"), read) for form, read in _FORMS)


@lru_cache(maxsize=8192)
def elsewhere(url: str) -> tuple[str, ...]:
    """Return the other addresses at which the document of an address may stand, most likely first.

    >>> elsewhere("https://www.bailii.org/ew/cases/EWCA/Crim/2013/991.html")
    ('https://caselaw.nationalarchives.gov.uk/ewca/crim/2013/991',)
    >>> elsewhere("https://webarchive.nationalarchives.gov.uk/20140502150503/https://www.gov.uk/government/news/x")
    ('https://www.gov.uk/government/news/x',)
    >>> elsewhere("https://www.gov.uk/government/news/x")
    ()
    """
    if archived := _ARCHIVE.fullmatch(url):
        inner = re.sub(r"^(https?):/+", r"\1://", archived["url"])
        return tuple(each for each in (inner, *elsewhere(inner)) if is_address(each))
    plain = unquote(url)
    found = (each for form, read in _COMPILED for match in form.finditer(plain) for each in read(match))
    return tuple(dict.fromkeys(each for each in found if is_address(each) and each != url))


def by_title(wanted: Wanted) -> tuple[str, ...]:
    """Return the addresses of what a title names.

    It is that of an Act, begins as an EU act does or as what a committee of the United Nations says of a convention, or
    ends in a number.

    >>> by_title(Wanted(title="Human Rights Act 1998", publisher="", url=""))
    ('https://www.legislation.gov.uk/ukpga/1998/42',)
    >>> by_title(Wanted(title="Directive 2011/36/EU on preventing and combating trafficking", publisher="", url=""))
    ('https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32011L0036',)
    >>> by_title(Wanted(title="Directive 2011/36/EU: a study", publisher="", url=""))
    ()
    >>> by_title(Wanted(title="General recommendation No. 38 on trafficking", publisher="CEDAW Committee", url=""))
    ('https://undocs.org/CEDAW/C/GC/38',)
    >>> by_title(Wanted(title="Domestic servitude (A/HRC/39/52)", publisher="", url=""))
    ('https://undocs.org/A/HRC/39/52',)
    """
    is_law = _LAWGIVER.search(wanted.publisher) or not wanted.publisher
    if is_law and _UK.fullmatch(work := works().get(spelled(wanted.title), "")):
        return (f"https://www.legislation.gov.uk/{work}",)
    if is_law and (act := _EU.match(wanted.title)):
        try:
            return (f"{_EURLEX}{eu_number(act['act']).removeprefix('celex:')}",)
        except IdentifierError:
            return ()
    if (said := _GENERAL.match(wanted.title)) and (body := _committee(f"{wanted.title} {wanted.publisher}")):
        return (f"https://undocs.org/{body}/GC/{said['number']}",)
    last = [each for each in citations(wanted.title) if not wanted.title[each.end :].strip(" ).")]
    return tuple(address for each in last for address in _at(each.document))


def _at(document: str) -> tuple[str, ...]:
    series, _, number = document.partition(":")
    if series == "un":
        return (f"https://undocs.org/{number}",)
    year, _, own = number.partition("/")
    letters = _PAPERS.get(series.upper(), ()) if own.isdecimal() else ()
    return tuple(f"{_EURLEX}5{year}{letter}{int(own):04d}" for letter in letters)


def _committee(words: str) -> str:
    """Return the symbol of the committee that a title or publisher names, "" where it names none, or several."""
    found = {symbol for symbol, names in _COMMITTEES.items() if names.search(words)}
    return found.pop() if len(found) == 1 else ""


_GENERAL = re.compile(
    r"(?:[A-Z]{3,5} )?general (?:comment|recommendation) (?:no\.? ?)?(?P<number>\d+)\b", re.IGNORECASE
)
_COMMITTEES = {
    "CEDAW/C": re.compile(r"\bCEDAW\b|discrimination against women", re.IGNORECASE),
    "CRC/C": re.compile(r"\bCRC\b|rights of the child", re.IGNORECASE),
    "CMW/C": re.compile(r"\bCMW\b|migrant workers", re.IGNORECASE),
    "CCPR/C": re.compile(r"\bCCPR\b|human rights committee", re.IGNORECASE),
}
"""Committees whose general comments have their number in the symbol."""
_LAWGIVER = re.compile(
    r"legislation|parliament|senedd|\bassembly\b|government|stationery|national archives|european (?:union|commission)"
    r"|council of the|official journal|publications office",
    re.IGNORECASE,
)
"""Names of bodies under which bibliographies list laws."""
_UK = re.compile(r"[a-z]+/\d{4}/\d+")
_EU = re.compile(
    r"(?:(?:The|Council|Commission|Delegated|Implementing) )*"
    r"(?P<act>(?:(?:Framework )?Decision|Directive|Regulation)"
    r" (?:\((?:EU|EC|EEC)\) )?(?:[Nn]o\.? )?\d+/\d+(?:/[A-Z]{2,7})?)"
    r"(?=$|,? (?:of|on|amending|laying|establishing|concerning|as regards|relating|implementing|with|prohibiting"
    r"|providing|regarding|defining|supplementing|repealing|authorising|setting)\b)"
)
