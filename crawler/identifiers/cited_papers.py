"""Works other than law as running text cites them: treaties, judgments, papers, pages and addresses. Pure."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

from crawler.errors import IdentifierError
from crawler.identifiers.acts import names, spelled, works
from crawler.identifiers.addresses import canonical_url, split
from crawler.identifiers.cited_law import EU, Family, Work, family_of, read_eu
from crawler.identifiers.document_numbers import numbered
from crawler.identifiers.eu import celex
from crawler.identifiers.uk import LEGISLATION_HOSTS, legislation_id

URL = re.compile(
    r"(?:https?://|www\.|(?<![\w.@/-])(?:(?:legislation\.)?gov\.uk|eur-lex\.europa\.eu)/)[^\s<>\"'\u201c\u201d\u2019{}|\\^`]{4,300}"
)
PAPER = re.compile(
    r"(?P<s>COM|SWD|SEC|JOIN|C(?=\())(?:\s?\(|[/:_\s-])(?P<y>(?:19|20)\d\d)(?:\)\s?|[/:_\s-])\s?0*(?P<n>\d{1,4})(?!\d)"
    r"(?:[\s:_]?(?:final|FIN(?:AL)?)\b)?(?:/(?P<v>[2-9])(?!\d))?"
)
CASE = re.compile(
    r"\[(?P<y>(?:19|20)\d\d)\]\s(?P<c>UKSC|UKPC|UKHL|UKUT|UKFTT|UKEAT|EAT|EWCA\s(?:Civ|Crim)|EWHC|EWFC|EWCOP|EWCC|UKIAT|UKAIT"
    r"|CSIH|CSOH|HCJAC|HCJT|HCJ|SAC|NICA|NIKB|NIQB|NICC|NIFam|NICh|NIMaster|IEHC|IESC|IECA|ECHR)\s(?P<n>\d{1,5})"
    r"(?:\s\((?P<d>[A-Z][A-Za-z]{1,11})\))?"
)
EHRR = re.compile(r"E\.?H\.?R\.?R\.?\s(?P<n>(?:SE\s?)?\d{1,4})(?!\w)")
_VOLUME = re.compile(r"[(\[](?P<y>(?:19|20)\d\d(?:-\d\d)?)[)\]]\s(?P<v>\d{1,3})\s$")
ECLI = re.compile(r"ECLI:[A-Z]{2}:[A-Z0-9]{1,7}:\d{4}:[A-Z0-9.]{1,24}[A-Z0-9]")
ECLI_BARE = re.compile(r"EU:[CTF]:(?:19|20)\d\d:\d{1,5}(?!\d)")
CJEU = re.compile(
    r"(?:(?:Joined\s)?[Cc]ases?\s)?(?P<c>[CTF])\s?[-\u2010\u2011\u2013]\s?(?P<n>\d{1,4})/(?P<y>\d\d)(?P<p>\sP(?:PU)?\b)?(?![\d/])"
)
APPLICATION = re.compile(
    r"(?:(?:[Aa]pp(?:lications?|ln?s?|s)?\.?\s)?[Nn]os?\.?\s|[Aa]pps?\.?\s|(?<=[a-z\]],\s)|(?<=[a-z\]]\s\()|(?<=\(Application\s)|(?<=\(Applications\s))(?P<n>\d{3,6}/\d\d)(?!\d|/)"
)
_APPLICATION_MORE = re.compile(r"(?:,|,?\sand)\s(?P<n>\d{3,6}/\d\d)(?!\d|/)")
_OF_APPLICATION = re.compile(
    r"[Aa]pplica|\b[Aa]ppl?n?s?\.?\s[Nn]os?\b|\bv\.|\bv\s[A-Z]|ECtHR|ECHR|Human\sRights|Grand\sChamber|\u00a7"
)
PROCEDURE = re.compile(
    r"(?P<n>(?:19|20)\d\d/\d{4}[A-Z]?)\s?\((?P<t>COD|CNS|NLE|APP|INI|RSP|BUD|INL|RPS|DEA|IMM|ACI|AVC|SYN|CNC|REG|BUI|DEC)\)"
)
COUNCIL = re.compile(
    r"(?P<st>ST|Council\s[Dd]oc(?:ument|\.)?(?:\s[Nn]o\.?)?|[Dd]oc\.)?[\s-]?(?P<n>\d{4,5})(?:/(?P<rev>\d))?[/-](?:20)?(?P<y>\d\d)(?![\d/])"
    r"(?P<more>(?:[\s/_-](?:REV|ADD|COR)[\s_-]?\d{1,2}){0,3})(?P<sign>\s\+\s(?:REV|ADD|COR)|\s(?:INIT|LIMITE)\b)?"
)
CETS = re.compile(
    r"(?:(?:CETS|Council\sof\sEurope\sTreaty\sSeries|European\sTreaty\sSeries)(?:\s?[-\u2013])?(?:\s?[Nn]os?\.?)?\s?"
    r"|ETS(?:\s?[-\u2013])?(?:\s?[Nn]o\.?\s?|\s(?=\d{3}\b)))(?P<n>\d{1,3})(?![\d/])"
)
RECOMMENDATION = re.compile(
    r"Recommendation\s(?:(?:[Nn]o\.?\s)?(?P<s>R|Rec|CM/Rec)\s?\((?P<y>(?:19|20)?\d\d)\)\s?(?P<n>\d{1,3})"
    r"|(?:[Nn]o\.?\s)?(?P<p>\d{3,4})\s\((?P<py>(?:19|20)\d\d)\))"
)
CM = re.compile(r"CM/Rec\s?\((?P<y>(?:19|20)\d\d)\)\s?(?P<n>\d{1,3})")
COUNCIL_OF_SECURITY = re.compile(r"UNSCR?\s(?P<n>\d{2,4})\s?\((?P<y>(?:19|20)\d\d)\)")
RESOLUTION = re.compile(
    r"(?:(?:UNGA|GA|HRC)\s)?[Rr]es(?:olutions?|\.)?\s(?:[Nn]os?\.?\s)?(?P<n>\d{1,3}/\d{1,3}|\d{2,4}\s?\((?:19|20)\d\d\))(?![\d/])"
)
_RESOLUTION_MORE = re.compile(
    r"(?:\s(?:[A-Z]|of|adopted\son)\s\d{1,2}\s[A-Z][a-z]+\s\d{4})?(?:,|,?\sand)\s(?P<n>\d{1,3}/\d{1,3}|\d{2,4}\s?\((?:19|20)\d\d\))(?![\d/])"
)
_BODIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("A/HRC/RES", ("Human Rights Council", "HRC")), ("S/RES", ("Security Council", "UNSC")),
    ("A/RES", ("General Assembly", "UNGA", "GA ", "the Assembly", " its ", "United Nations")),
)  # fmt: skip
EP = re.compile(
    r"P(?P<term>\d{1,2})_TA(?:-PROV)?\((?P<y>\d{4})\)(?P<n>\d{4})(?!\d)|(?P<s>[AB])(?P<rt>\d{1,2})-(?P<rn>\d{4})/(?P<ry>\d{4})(?!\d)"
)
ILO_CONVENTION = re.compile(
    r"(?:ILO|International\sLabour\sOrgani[sz]ation)(?:'s)?\s(?:(?:[A-Z][A-Za-z]+\s){0,6}Convention\s\(?(?:[Nn]o\.?\s?|C)?|C\s?)(?P<n>\d{1,3})\)?(?![\w/])"
)
_OF_LABOUR = re.compile(r"\bILO\b|[Ll]abour|[Dd]omestic\s[Ww]orkers|[Dd]ecent\s[Ww]ork")
ILO_NUMBER = re.compile(
    r"(?P<kind>Convention|Recommendation)s?\s\(?[Nn]os?\.?\s?(?P<n>\d{1,3})\)?(?![\w/])|Protocol\sof\s2014\b(?!\sto)"
    r"|(?P<sign>[CPR])(?P<alone>\d{3})(?![\w/-])"
)
"""A text of the ILO by its number alone, and the protocol to that on forced labour by its year."""
_ILO_MORE = re.compile(r"(?:,|,?\sand)\s(?P<n>\d{1,3})\)?(?![\w/]|\s[A-Z][a-z]+\s\d)")
UN = re.compile(
    r"(?P<symbol>(?:A|S|E|CTOC|CEDAW|CRC|CCPR|CMW|CERD|CED|CAT|CRPD)/(?:[A-Z][A-Za-z]{0,7}(?:\.\d{1,3})?/){0,4}"
    r"\d{1,4}(?:[-/]\d{1,4}){0,2})(?:\s?(?P<year>\((?:19|20)\d\d\)))?(?P<more>(?:/(?:Add|Rev|Corr)\.\d{1,2}){0,2})(?![\w/])"
)


def _form(name: str) -> str:
    """Return the expression of a name: words behind the first may begin small, apostrophes may be left out."""
    first, *others = name.split()
    words = (rf"[{each[0].upper()}{each[0].lower()}]{re.escape(each[1:])}" for each in others)
    return r"\s".join((re.escape(first), *words)).replace("'", "'?")


WELL_KNOWN = re.compile(
    rf"(?:{'|'.join(_form(name) for name in sorted(names(), key=len, reverse=True))}"
    r"|Deddf\sCaethwasiaeth\sFodern\s2015)(?![\w-]|(?<=ion)\s(?:[Cc]ent(?:er|re)|[Hh]all)\b)"
    r"(?!(?<=ECHR),?\s(?:19|20)\d\d\b|(?<=(?:pean|tary)\s[Cc]onvention)\s(?:on|for|against|relating|concerning|of)\b)"
)
"""ECHR with a year behind it are the reports of the Court."""


_EXPANDED = re.compile(r"\s\(((?:(?:[A-Z][a-z]+|of|on|for|the|and)\s){2,7}[A-Z][a-z]+)\)")
"""What letters are short for, in brackets behind them."""
_NUMBERED_KIND = re.compile(r"(?:Framework\s)?(?:Directive|Regulation|Decision)\Z")
_BARE_ARTICLE = re.compile(r"\s(\d{1,3})(?![\w/]|[.,]\d)")
"""An article as lists of legal bases have it: "TFEU 187"."""


def read_paper(match: re.Match[str]) -> Iterator[Work]:
    """Yield a paper of the Commission."""
    again = f"/{match['v']}" if match["v"] else ""
    yield Work(match.start(), match.end(), "paper", f"{match['s'].lower()}:{match['y']}/{match['n']}{again}")


def read_case(match: re.Match[str]) -> Iterator[Work]:
    """Yield a judgment by its neutral citation."""
    division = f" ({match['d']})" if match["d"] else ""
    cited = f"[{match['y']}] {' '.join(match['c'].split())} {int(match['n'])}{division}"
    yield Work(match.start(), match.end(), "case", f"{'echr-report' if match['c'] == 'ECHR' else 'ncn'}:{cited}")


def read_report(match: re.Match[str]) -> Iterator[Work]:
    """Yield a judgment by its volume and page in the European Human Rights Reports: ``(2010) 51 EHRR 1``."""
    before = _VOLUME.search(match.string, max(0, match.start() - 16), match.start())
    if before:
        cited = f"({before['y']}) {before['v']} EHRR {match['n'].replace(' ', '')}"
        yield Work(before.start(), match.end(), "case", f"echr-report:{cited}")


_OF_COURT = re.compile(
    r"\b[Cc]ases?\b|Court|CJEU|ECJ|ECLI|EU:[CT]:|[Jj]oined|\bECR\b|[Jj]udgment|\bA\.?G\b|\bv\.?\s[A-Z]"
)


def read_cjeu(match: re.Match[str]) -> Iterator[Work]:
    """Yield a case of the Court of Justice of the EU by its number, where the words around it say so."""
    near = match.string[max(0, match.start() - 160) : match.end() + 120]
    if not match[0][1:].lower().startswith("ase") and not _OF_COURT.search(near):
        return
    yield Work(match.start(), match.end(), "case", f"cjeu:{match['c']}-{match['n']}/{match['y']}{(match['p'] or '')}")


def read_application(match: re.Match[str]) -> Iterator[Work]:
    """Yield applications to the Court of Human Rights, where the words around the number say so."""
    near = match.string[max(0, match.start() - 120) : match.end() + 80]
    if not _OF_APPLICATION.search(near):
        return
    found: re.Match[str] | None = match
    start = match.start()
    while found:
        yield Work(start, found.end(), "application", f"echr-app:{found['n']}")
        found = _APPLICATION_MORE.match(match.string, found.end())
        start = found.start("n") if found else 0


def read_ilo(match: re.Match[str]) -> Iterator[Work]:
    """Yield conventions of the ILO by their numbers, where the words around them are about labour."""
    before = match.string[max(0, match.start() - 150) : match.start()]
    near = before + match.string[match.start() : match.end() + 100]
    if not _OF_LABOUR.search(near) or (match["alone"] and "ILO" not in before):
        return
    sign = match["sign"] or ("R" if match["kind"] == "Recommendation" else "C" if match["n"] else "P")
    yield Work(match.start(), match.end(), "convention", f"ilo:{sign}{int(match['n'] or match['alone'] or 29):03d}")
    more = _ILO_MORE.match(match.string, match.end()) if "s " in match[0] else None
    if more:
        yield Work(more.start("n"), more.end(), "convention", f"ilo:{sign}{int(more['n']):03d}")


def read_council(match: re.Match[str]) -> Iterator[Work]:
    """Yield a document of the Council of the EU; a bare number is one only with its sign behind it."""
    more = re.sub(r"[\s/_-]", "", match["more"])
    if not (match["st"] or more or match["sign"]) or (
        match["st"] == "ST" and not match["more"] and len(match["n"]) < 4
    ):
        return
    later = f"/{more}" if more else f"/REV{match['rev']}" if match["rev"] else ""
    end = match.start("sign") if match["sign"] else match.end()
    yield Work(match.start(), end, "paper", f"st:{int(match['n'])}/{match['y']}{later}")


def read_recommendation(match: re.Match[str]) -> Iterator[Work]:
    """Yield a recommendation of the Council of Europe."""
    if match["p"]:
        document = f"pace-rec:{match['p']}({match['py']})"
    else:
        document = f"coe-rec:{match['s']}({match['y']}){int(match['n'])}"
    yield Work(match.start(), match.end(), "recommendation", document)


def read_resolution(match: re.Match[str]) -> Iterator[Work]:
    """Yield resolutions of the Security Council, the General Assembly or the Human Rights Council: that named last."""
    text, near = match.string, max(0, match.start() - 120)
    around = text[near : match.start() + 12]
    last = max((max(around.rfind(word) for word in words), body) for body, words in _BODIES)
    found, start = match, match.start()
    while found and last[0] >= 0:
        number = re.sub(r"\s", "", found["n"])
        if ("(" in number) == (last[1] == "S/RES"):
            yield Work(start, found.end(), "un", f"un:{last[1]}/{number}")
        found = _RESOLUTION_MORE.match(text, found.end())  # type: ignore[assignment]
        start = found.start("n") if found else 0


def read_ep(match: re.Match[str]) -> Iterator[Work]:
    """Yield a text adopted by the European Parliament, a report or a motion, by the number printed on it."""
    kind, term, year, number = (
        ("TA", match["term"], match["y"], match["n"])
        if match["term"]
        else (match["s"], match["rt"], match["ry"], match["rn"])
    )
    yield Work(match.start(), match.end(), "paper", f"ep:{kind}-{term}-{year}-{number}")


_OF_NO_SESSION = re.compile(r"[ASE]/\d/\d+")


def read_un(match: re.Match[str]) -> Iterator[Work]:
    """Yield a document of the United Nations by its symbol."""
    symbol = re.sub(r"\s", "", match["symbol"]).upper()
    end = match.end()
    if symbol.startswith("S/RES"):
        symbol += match["year"] or ""
    elif not match["more"] and match["year"]:
        end = match.end("symbol")
    symbol += match["more"].upper()
    if symbol.count("/") > 1 and not _OF_NO_SESSION.fullmatch(symbol):
        yield Work(match.start(), end, "un", f"un:{symbol}")


def read_well_known(match: re.Match[str]) -> Iterator[Work]:
    """Yield a treaty, convention or rules by their name."""
    words = " ".join(match[0].split())
    expanded = _EXPANDED.match(match.string, match.end()) if words.isupper() else None
    if expanded and spelled(expanded[1]) not in works():
        return
    document = works()[spelled(words)]
    family = family_of(document)
    kind = _NUMBERED_KIND.search(match[0])
    if kind and (number := EU.match(match.string, match.start() + kind.start())):
        for place, each in enumerate(read_eu(number)):
            yield each if place else replace(each, start=match.start())
        return
    article = _BARE_ARTICLE.match(match.string, match.end()) if words in ("TFEU", "TEU") else None
    if article:
        yield Work(match.start(), article.end(), family, document, (f"article-{article[1]}",))
    else:
        yield Work(match.start(), match.end(), family, document)


_LISTING = re.compile(r"[^/]*//[^/]*(?:/government(?:/[a-z-]+)?|/guidance|/search)?/?")
_STEP = re.compile(
    r"/(section|article|regulation|rule|schedule|paragraph|part|chapter|annex)/([0-9A-Z][0-9A-Za-z]{0,6})((?:/(?!made\b)[0-9A-Za-z]{1,4}(?![\w-]))*)"
)


def read_address(match: re.Match[str]) -> Iterator[Work]:
    """Yield what an address names by number, or a page of GOV.UK."""
    url = match[0].rstrip(".,;:!?)]*")
    end = match.start() + len(url)
    url = url if "://" in url else f"https://{url}"
    with suppress(IdentifierError):
        host = split(url).netloc
        if host in LEGISLATION_HOSTS:
            path = "-".join(part.strip("/").replace("/", "-") for part in _STEP.findall(url) for part in part if part)
            yield Work(match.start(), end, "act", legislation_id(url), (path,) if path else ())
        elif host in ("www.gov.uk", "gov.uk"):
            url = url.replace("//gov.uk/", "//www.gov.uk/")
            if _LISTING.fullmatch(url):
                return  # Mostly what a line break left of a longer address.
            yield Work(match.start(), end, "page", canonical_url(url.partition("#")[0].partition("?")[0]))
        elif (paper := PAPER.search(url)) and "CELEX" not in url:
            yield from (replace(each, start=match.start(), end=end) for each in read_paper(paper))
        else:
            yield Work(match.start(), end, *_numbered_address(url))


def _numbered_address(url: str) -> tuple[Family, str]:
    try:
        return "eu", celex(url)
    except IdentifierError:
        return "un" if (document := numbered(url)).startswith("un:") else "paper", document


def simple(family: Family, form: Callable[[re.Match[str]], str]) -> Callable[..., Iterator[Work]]:
    """Return a reader of works whose id follows from the words alone."""

    def read(match: re.Match[str]) -> Iterator[Work]:
        yield Work(match.start(), match.end(), family, form(match))

    return read


_OF_HUMAN_RIGHTS = ("\u00a7", "ECtHR", "ECHR", "Human Rights", "Grand Chamber", "judgment", "Protection of Human")
"""One of these stands in every match of the expression below, and is found in a fiftieth of its time."""
_HUMAN_RIGHTS = re.compile(r"\u00a7|\bECtHR|\bECHR|Human Rights|Grand Chamber|\bjudgment\b|for the Protection of Human")
_ARTICLES = {
    "2": "life", "3": "tortur|inhuman|degrading", "4": "slave|servitude|forced|prohibit", "5": "liberty", "6": "fair",
    "8": "private|family", "13": "remedy", "14": "discriminat", "34": "application|Court",
}  # fmt: skip


def is_of_human_rights(text: str) -> bool:
    """Return whether a text is so much about the Convention on Human Rights that "the Convention" means it."""
    return any(words in text for words in _OF_HUMAN_RIGHTS) and _HUMAN_RIGHTS.search(text) is not None


def is_human_rights(text: str, start: int, end: int) -> bool:
    """Return whether an article of "the Convention" at a place is said to be about what that on Human Rights has there.

    >>> text = "Trafficking falls under the prohibition of Art. 4 of the Convention."
    >>> is_human_rights(text, text.index("the Convention"), len(text) - 1)
    True
    """
    article = re.search(r"[Aa]rt(?:icle)?s?\.?\s(\d{1,2})\D{0,12}$", text[max(0, start - 40) : start])
    around = text[max(0, start - 200) : end + 100]
    return article is not None and re.search(_ARTICLES.get(article[1], "(?!)"), around) is not None
