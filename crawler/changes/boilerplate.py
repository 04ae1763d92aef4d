"""What stands around a text and changes without it: a page's own date, labels of a page, names of fields."""

import re

from crawler.changes.number_words import ONES, WORDS
from crawler.text import canonical

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)"
)
DATE = (
    rf"(?:\d{{1,2}}(?:\s?(?:st|nd|rd|th))?\s+(?:of\s+|day\s+of\s+)?{MONTH}\b(?:,?\s+\d{{4}}\b)?"
    rf"|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}\b|{MONTH}\s+\d{{4}}\b"
    r"|\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?|\d{1,2}[/.]\d{1,2}[/.]\d{4}\b|\d{1,2}/\d{1,2}/\d{2}\b)"
)
DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_TIME = r"(?:,?\s+(?:at\s+)?\d{1,2}(?:[:.]\d{2})?\s?(?:am|pm)|,?\s+(?:at\s+)?\d{1,2}[:.]\d{2})?"
_ABROAD = (
    r"(?:\d{1,2}(?:er|\.|\u00ba)?\s+(?:de\s+)?[^\W\d_]{3,12}\.?\s+(?:de\s+)?\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
    r"|\d{4}-\d{2}-\d{2}|[^\W\d_]{3,12}\s+\d{4})"
    r"(?:,?\s+(?:\u00e0|am|um|om|kl\.?)?\s?\d{1,2}(?:[:.]|\s?h\s?)\d{2}(?:\s?(?:Uhr|uur|h))?\b)?"
)
"""A date of one of the other languages, with a time: its months are not looked up."""
_AGO = r"(?:today|yesterday|(?:an?|one|\d{1,3})\s+(?:minute|hour|day|week|month|year)s?\s+ago)\b"

STAMP = re.compile(
    r"\b(?:(?:(?:[Pp]age|[Cc]ontent|[Dd]ocument|[Gg]uidance)\s+)?[Ll]ast\s+(?:[Uu]pdated?|reviewed|modified|changed|checked)"
    r"|(?:[Dd]ate\s+)?[Ll]ast\s+(?:update|review|modified)|(?:Page|Content)\s+(?:updated|reviewed)"
    r"|Next\s+review(?:\s+(?:due|date))?|Review\s+date|(?:Last|First)\s+published|Updated|Published|Reviewed"
    r"|(?:[Tt]his|[Tt]he) (?:page|guidance|information|content) (?:was|is|has been) (?:last )?"
    r"(?:updated|reviewed|checked)(?: by our .{1,20}?)?"
    r"|Modified|LAST UPDATED|UPDATED|PUBLISHED|Publication date|Date (?:published|updated|modified|of publication)"
    r"|Date of (?:last )?(?:update|review))"
    rf"(?:\s+on)?\s*:?\s*(?:(?:{DAY},?\s+)?{DATE}{_TIME}|{_AGO})"
    r"|\b(?:Diweddarwyd(?:\s+y\s+dudalen(?:\s+hon)?)?(?:\s+ddiwethaf)?|Cyhoeddwyd(?:\s+gyntaf)?|Adolygwyd(?:\s+ddiwethaf)?"
    r"|(?:[Tt]udalen\s+)?[Ww]edi['\u2019]i\s+(?:dd?iweddaru|h?adolygu)(?:\s+ddiwethaf)?"
    r"|(?:Dyddiad|Diwrnod)\s+(?:diweddaru|cyhoeddi|adolygu)"
    r"|(?:(?:Page|Derni\u00e8re|Date\s+de(?:\s+derni\u00e8re)?)\s+)?[Mm]ise?\s+\u00e0\s+jour|Publi\u00e9e?|Modifi\u00e9e?"
    r"|(?:Derni\u00e8re|Date\s+de)\s+(?:modification|r\u00e9vision|actualisation|publication)|Mise?\s+en\s+ligne"
    r"|Zuletzt\s+(?:aktualisiert|ge\u00e4ndert|bearbeitet|\u00fcberpr\u00fcft)|(?:Letzte\s+)?Aktualisier(?:ung|t)"
    r"|Letzte\s+(?:\u00c4nderung|Bearbeitung|Aktualisierung)|Ge\u00e4ndert|Ver\u00f6ffentlicht|Stand"
    r"|Laatst(?:e)?\s+(?:bijgewerkt|gewijzigd|wijziging|update)|Bijgewerkt|Gepubliceerd|Publicatiedatum"
    r"|(?:\u00daltima\s+)?[Aa]ctualizaci\u00f3n|\u00daltima\s+modificaci\u00f3n|Actualizado|Publicado"
    r"|Fecha\s+de\s+(?:actualizaci\u00f3n|publicaci\u00f3n)|Ultimo\s+aggiornamento|Aggiornato|Pubblicato"
    r"|(?:\u00daltima\s+)?[Aa]tualiza\u00e7\u00e3o|Atualizado)"
    rf"\s*(?:(?:le|ar|am|op|el|il|em)\s+)?:?\s*(?:{_ABROAD})"
)
"""A page's own date. "published on 3 May" inside a sentence is none: a small "published" may be part of a duty."""

_SHARED = r"(?:Facebook|Twitter|X|LinkedIn|Bluesky|Threads|Mastodon|Reddit|WhatsApp|[Ee]-?mail|[Pp]rint|Copy link)"

_COUNT = rf"(?:\d[\d,. ]{{0,14}}|(?:(?:{ONES}|{WORDS}|and)\b[\s-]?){{1,12}})"
_SEEN = r"(?:viewed|read|visited|seen|downloaded|shared|accessed|opened)"
_PAGE = r"[Tt]his (?:(?:web)?page|article|guide|document)"
_LIVE = (
    rf"(?:{_PAGE} (?:has been|was) {_SEEN} {_COUNT} ?times?\b[^.\n]{{0,40}}(?:\.|$|(?=\n))"
    rf"|{_COUNT} ?(?:people|visitors|readers|users) (?:have |are )?(?:{_SEEN} {_PAGE}|online(?: now)?)\b"
    r"[^.\n]{0,40}(?:\.|$|(?=\n))"
    r"|(?<![\w.,])\d[\d,.]{0,14} (?:(?:page )?(?:view|read|visit|download|share)s|(?:comment|like|rating|vote)s?)"
    r"(?=[ \t]*(?:$|[|\n\u00b7\u2022)]))|Liked by \d[\d,.]{0,14} people"
    r"|(?:[Yy]ou are )?[Vv]isitor (?:no\.?|number) \d[\d,.]{0,14}|[Vv]isitors(?: today| online)?: ?\d[\d,.]{0,14}"
    r"|We value your privacy|We and our (?:\d{1,5} )?(?:\w{1,12} )?partners\b[^.\n]{0,200}(?:\.|$|(?=\n))"
    r"|(?:Page )?[Vv]iews: ?[\d,.]{1,12}|Page (?:generated|rendered|loaded) in [\d.,]{1,12} ?(?:ms|s|seconds?))"
)
"""What a site writes at each visit: how often it was looked at, how long it took."""

FURNITURE = re.compile(
    r"\b(?:Skip to (?:main )?(?:content|navigation)|Back to (?:contents|previous page)|Print(?: this)? page"
    r"|(?:Back|Return|Go) to (?:the )?top(?: of (?:the |this )?page)?|Top of (?:the |this )?page"
    r"|Print or save to PDF"
    rf"|Share this (?:page|article)(?::?(?:[ ,|]+(?:(?:on|by|via|or|and) )?{_SHARED}\b)+)?|Share on {_SHARED}"
    rf"|Share:?(?:[ ,|]+{_SHARED}\b){{2,}}"
    r"|(?:(?:Is|Was) this (?:page|content|information|article) (?:useful|helpful)"
    r"|Did you find (?:this (?:page|information) (?:useful|helpful)|what you were looking for))\?"
    r"(?:[ ,/]+(?:Yes|No)\b)*|Thank you for your feedback|On this page"
    r"|(?:Get emails|Sign up for emails|Get email alerts) about this page|Help us improve GOV\.UK"
    r"|(?:Report a problem with|There is something wrong with|Is there anything wrong with) this page\??"
    r"|(?:Accept|Reject) (?:all |additional )?cookies|Cookie settings|View cookies"
    r"|(?:We use (?:some )?(?:essential )?cookies|This (?:web)?site uses cookies)\b[^.]{0,160}(?:\.|$)"
    r"(?:\s+(?:Accept|Reject|Decline|OK|Got it|I agree|Learn more|Cookie policy|all|cookies)\b)*"
    r"|(?:Translate|Listen to|Download) this page|(?:Sign up (?:for|to)|Subscribe to) our newsletter"
    r"|[Oo]pens? in (?:a )?new (?:browser )?(?:tab|window)|[Ee]xternal link|[Ll]ink is external"
    rf"|{_LIVE}"
    r"|View a printable version of the whole guide|(?:Table of )?[Cc]ontents(?=\s*$)|Contents"
    r"|Page \d{1,4} of \d{1,4}|\d{1,3} min(?:ute)?s? read|Reading time: \d{1,3} min(?:ute)?s?)(?!\w)"
    r"|(?:\u00a9|\bCopyright(?:\s+\u00a9)?)\s*(?:Crown copyright,?\s*)?\d{4}(?:\s?[-\u2013]\s?\d{4})?"
    r"|(?:(?:\u00a9\s*)?\bCrown copyright|\b[Aa]ll rights reserved),? \d{4}(?:\s?[-\u2013]\s?\d{4})?"
    r"|\((?:accessible|HTML)(?: version)?\)"
)
"""Labels around a text that a page changes without changing what it says."""

_TELEPHONE = r"(?:tel\.?|telephone|phone)(?:\s+(?:no\.?|number|us))?|by\s+(?:tele)?phone"
_FIELDS = tuple(
    (re.compile(rf"(?<![\w-])(?:{names})\s*(?={before})", re.IGNORECASE), name)
    for before, names, name in (
        (":", r"e-?mail(?:s|\s+address(?:es)?|\s+us)?|by\s+e-?mail", "email"),
        (r":|\+?\(?\d", _TELEPHONE, "telephone"),
        (":", r"web(?:site|page)?(?:\s+address)?|url", "web"),
        (":", r"(?:postal\s+|our\s+)?address|by\s+post|post(?:al)?", "address"),
        (":", r"ref(?:erence)?\.?(?:\s+(?:no\.?|number))?", "reference"),
        (":", r"published\s+by|publisher", "publisher"),
    )
)
"""Names of fields that mean the same: Tel and Telephone number."""


_LABELS = tuple(
    (re.compile(rf"^(?:{names})[ .:]*$", re.IGNORECASE | re.MULTILINE), name)
    for names, name in (
        (r"contacts?|(?:how to )?contact (?:us|details)|(?:how to )?get in touch(?: with us)?", "contact"),
        (r"(?:related |supporting )?(?:documents|downloads|attachments|files)", "documents"),
        (r"(?:further|more|additional) information|find out more|more details", "more"),
        (r"overview|summary|introduction", "overview"),
    )
)
"""Headings of a page that mean the same, each the whole of a line."""

_SCHEME = re.compile(r"\bhttps?://(?:www\.)?|\bwww\.", re.IGNORECASE)

BESIDE = re.compile(
    r"(?:related|similar|recommended|popular)"
    r" (?:content|links?|pages?|articles?|news|stories|posts|topics|guidance|downloads|searches|resources)"
    r"|explore (?:more|topics)|browse (?:by )?topics?|\d{1,5} (?:comments?|replies)"
    r"|\d{1,5} (?:responses?|comments?|replies|thoughts?) (?:to|on) [\u201c\u2018\"'].{1,200}"
    r"|(?:most|readers also) (?:read|viewed|popular|shared|visited|liked)(?: (?:on|in|this) .{1,20})?"
    r"|trending(?: now| today)?|popular (?:now|today|this (?:week|month))|featured(?: (?:content|stories))?"
    r"|(?:latest|recent) (?:tweets|posts)|(?:tweets|posts) by @?\w{1,30}|in other news"
    r"|you (?:may|might) (?:also )?(?:like|be interested in)|more like this"
    r"|read next|share this(?: page)?|follow us|we value your privacy|(?:this (?:web)?site|we) uses? cookies"
    r"|(?:(?:manage |your |our )?(?:privacy|cookies?) (?:choices|settings|preferences|consent)|cookies on this site)"
    r"|(?:table of )?contents|(?:on|in) this (?:page|article|guide)|page contents|newsletters?|our newsletter"
    r"|cynnwys(?: cysylltiedig)?|(?:dolenni|cysylltiadau|tudalennau) (?:cysylltiedig|perthnasol)|ar y dudalen hon"
    r"|sommaire|\u00e0 lire aussi|(?:liens|articles|pages) (?:li\u00e9s|associ\u00e9s|connexes)|sur cette page"
    r"|sur le m\u00eame (?:sujet|th\u00e8me)|inhalt(?:sverzeichnis|s\u00fcbersicht)?|auf dieser seite|mehr zum thema"
    r"|(?:verwandte|\u00e4hnliche) (?:links|themen|artikel|inhalte|seiten)|das k\u00f6nnte sie auch interessieren"
    r"|gerelateerde (?:links|pagina's|artikelen|onderwerpen)|lees ook|inhoud(?:sopgave)?|op deze pagina"
)
"""Headings, in small letters, of what stands beside the text of a page: its own list of contents, what else to read."""

TURNS = re.compile(
    r"did you know\??|(?:tip|fact|quote|question|thought|word|story|picture) of the (?:day|week|month)"
    r"|(?:quick|top) tips?|testimonials?"
    r"|(?:real|survivors?|success|their) stories"
    r"|what (?:people|survivors|clients|others|our \w{1,20}) say(?: about us)?|in their own words|quotes?"
)
"""Headings, in small letters, of what a site shows in turn: facts in it are told once it stands still."""


def without_labels(text: str) -> str:
    """Return a text without the labels around it and what a site writes at each visit, but with the page's own date.

    >>> without_labels("Wait. This page has been viewed two hundred and three times."), without_labels("Wait 2 hours.")
    ('Wait.', 'Wait 2 hours.')
    """
    lines = (canonical(line).strip() for line in FURNITURE.sub(" ", text).split("\n"))
    return "\n".join(filter(None, lines))


def bare(text: str) -> str:
    """Return a text without the page's own date and the labels around it, and with one name for what means the same.

    >>> bare("Updated 3 May 2024 Tel: 101").split(), bare("Telephone number: 101").split()
    (['telephone:', '101'], ['telephone:', '101'])
    """
    found = _SCHEME.sub("", FURNITURE.sub(" ", STAMP.sub(" ", text))).replace("&", " and ")
    for names, name in (*_FIELDS, *_LABELS):
        found = names.sub(name, found)
    return found
