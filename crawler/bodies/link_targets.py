"""What a reader must know of where a link leads: a mail address, a telephone number, a file, a service elsewhere."""

import re
from itertools import islice
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from lxml import etree

from crawler.bodies import naming
from crawler.errors import IdentifierError
from crawler.identifiers import canonical_url
from crawler.text import canonical

_FILE = re.compile(
    r"(?<![^/?#])((?<=/)(?:19|20)\d\d(?:[/-]\d{1,2}){0,2}/)?([^/?#]+\.(?:pdf|docx?|odt|rtf|xlsx?|ods|csv|pptx?|odp|zip))(?:[?#]|$)",
    re.I,
)
"""A file, and the folder of the day on which it was put there: a new file often has the name of the old one."""
_CHAT = re.compile(r"(?:\bwa\.me/|\bwhatsapp(?::/{0,2}|\.com/)send/?\?(?:[^#]{0,80}&)?phone=)(\+?\d{5,15})", re.I)
_TELLING = re.compile(rf"mailto:|tel:|sms:|{_CHAT.pattern}|{_FILE.pattern}", re.I)
_MARKS = (
    "mailto:",
    "tel:",
    "sms:",
    "wa.me/",
    "whatsapp",
    ".pdf",
    ".doc",
    ".od",
    ".rtf",
    ".xls",
    ".csv",
    ".ppt",
    ".zip",
)
"""One of these stands in every link that tells something, but for those to services."""
_FIRST = 4
"""Most elements in a link whose words are looked at."""
_SERVICE = re.compile(
    r"\s*(?:start now|start (?:a|an|your|the)\b|sign in|log ?in|register|apply|submit|book (?:a|your|now)\b|make an?\b"
    r"|refer (?:a|an|someone)\b|go to the\b|(?:use|visit|open|access|complete|fill in) (?:the|our|this|an?)\b"
    r"|report (?:it|a|an|this|something|someone|your|online|modern|slavery|exploitation|concerns?|suspicions?)\b"
    r"|click (?:here|on this)|dechrau nawr|mewngofnodi|cofrestru|gwnewch|cyflwyn\w*|rhowch wybod|ewch i"
    r"|commencer|se connecter|s['\u2019]inscrire|faire une?\b|signaler|d\u00e9poser|acc\u00e9der|remplir"
    r"|jetzt\b|anmelden|registrieren|melden|zu[mr]\b|nu\b|inloggen|aanmelden|naar (?:de|het)\b"
    r"|(?:here|this (?:link|form|site)|(?:the )?link|online|yma|ar-lein|ici|lien|en ligne|cliquez ici|hier|hier klicken"
    r"|klik hier)\s*$)"
    r"|.{0,80}\b(?:web ?site|portal|porth|portail|portaal|loket|t\u00e9l\u00e9service"
    r"|online (?:form|service|referral|system)|digital (?:form|service|referral)"
    r"|(?:referral|application|report|reporting|web|e-?)[ -]?forms?|ffurflen|formulaire"
    r"|\w{0,30}-?formular|\w{0,30}formulier)\b",
    re.IGNORECASE | re.DOTALL,
)
"""Words of a link to something that a reader does on another site, or that say nothing of where it leads."""
MAX_ADDRESS_CHARACTERS = 200
"""Most characters of the address of a service that are told."""
_HOST = re.compile(r"\s*https?://(?:www\.)?([^/:?#\s]+)", re.IGNORECASE)
_NOT_DIGIT = re.compile(r"\D+")
_WRAPPER = re.compile(
    r"(?:[\w-]+\.)*safelinks\.protection\.outlook\.com|(?:www\.)?google\.[a-z.]{2,6}(?=/url\b)|l\.facebook\.com",
    re.IGNORECASE,
)
"""Hosts whose links only lead on, by a parameter that holds the true address."""
_WRAPPED = ("url", "q", "u")


def host_of(url: str) -> str:
    """Return the host of an address without its www, empty where it has none.

    >>> host_of("https://www.sample.invalid/a"), host_of("/a"), host_of("https://")
    ('sample.invalid', '', '')
    """
    match = _HOST.match(url)
    return match[1].lower() if match else ""


def has_telling(root: etree._Element, host: str) -> bool:
    """Return whether any link in an element does what :func:`is_telling` says; on most pages one look at all tells."""
    links = list(root.iter("a"))
    all_ = "\n".join([link.get("href", "") for link in links]).lower()
    if "http" not in all_ and not _is_marked(all_):
        return False
    return any(is_telling(link, host) for link in links)


def is_telling(link: etree._Element, host: str) -> bool:
    """Whether a link on a page of a host leads to what a reader must know: most do not, so little is looked at."""
    href = link.get("href", "")
    small = href.lower()
    if _is_marked(small) and _TELLING.search(href):
        return True
    elsewhere = host_of(small)
    if not elsewhere or elsewhere == host:
        return False
    words = link.text or ""
    for child in islice(link, _FIRST):
        words += (child.text or "") + (child.tail or "")
    return _opens(words)


def _opens(words: str) -> bool:
    """Return whether the words of a link are those of a service, or only say that something can be opened."""
    return _SERVICE.match(words) is not None or (any(map(str.isalnum, words)) and naming.says_nothing(words))


def _is_marked(small: str) -> bool:
    # A loop, for a generator takes three times as long, and every link of a page may be asked.
    for mark in _MARKS:  # noqa: SIM110
        if mark in small:
            return True
    return False


def target(href: str, words: str) -> str:
    """Return what a reader must know of a telling link's target: an address, a number, a file name, a service.

    The empty text where the words of the link say it already.

    >>> target("tel:0800 0121 700", "our helpline"), target("tel:+448000121700", "0800 0121 700")
    ('0800 0121 700', '')
    >>> target("https://www.sample.invalid/start/?utm_source=a", "Start now"), target("/files/2026/03/ms1.pdf", "Form")
    ('www.sample.invalid/start', '2026/03/ms1.pdf')
    >>> target("https://www.sample.invalid/guide", "View"), target("https://www.sample.invalid/guide", "Sample guide")
    ('www.sample.invalid/guide', '')
    """
    scheme, colon, rest = href.strip().partition(":")
    scheme = scheme.lower() if colon else ""
    if scheme == "mailto":
        address = unquote(rest.partition("?")[0]).strip()
        return "" if _is_said(address, words) else address
    chat = _CHAT.search(href)
    if chat is not None or scheme in {"tel", "sms"}:
        number = chat[1] if chat is not None else unquote(rest.partition("?")[0]).strip()
        # 0800 … and +44 800 … are one number: the last nine digits decide.
        if _NOT_DIGIT.sub("", number)[-9:] in _NOT_DIGIT.sub("", words):
            return ""
        return number if scheme == "tel" else f"{'SMS' if chat is None else 'WhatsApp'} {number}"
    name = _FILE.search(href) if scheme in {"", "http", "https"} else None
    if name is not None:
        stated = unquote("".join(part for part in name.groups() if part))
    elif scheme in {"http", "https"} and _opens(words):
        stated = _service(href)
    else:
        return ""
    return "" if _is_said(stated, words) else stated


def _is_said(stated: str, words: str) -> bool:
    """Return whether words hold what a link leads to: a long address may have signs in it that only let it wrap."""
    return canonical(stated).lower() in canonical(words).lower()


def _service(href: str) -> str:
    """Return the address of a service without its scheme: behind a wrapper of a mail program, and without what names
    whoever got that mail.

    >>> _service("https://a.safelinks.protection.outlook.com/?url=https%3A%2F%2Fb.example%2Fform&data=c%7Cd%40b.example")
    'b.example/form'
    >>> _service("https://b.example/form?by=d%40b.example&id=7")
    'b.example/form?id=7'
    """
    try:
        parts = urlsplit(href)
        asked = parse_qsl(parts.query, keep_blank_values=True)
        if _WRAPPER.match(parts.netloc + parts.path):
            led = next((value for name, value in asked if name in _WRAPPED and host_of(value)), "")
            return _service(led) if led and not _WRAPPER.match(led.partition("://")[2]) else parts.netloc
        if any("@" in value for _, value in asked):
            parts = parts._replace(query=urlencode([each for each in asked if "@" not in each[1]]))
        url = canonical_url(parts.geturl())
    except (ValueError, IdentifierError):
        return ""
    return url.partition("://")[2].rstrip("/")[:MAX_ADDRESS_CHARACTERS]
