"""Attached documents: HTML attachments are pages of their own, files are children known by reference or title.

A file is replaced in place or under a new address; neither makes it another document. Its key is its ISBN, else the
publisher's reference or paper number, else its title, else its file name without version marks. Its language is what
the Content API states, else what its title or name says, else its page's. The names of languages are those that GOV.UK
gives its translations (https://www.gov.uk/guidance/content-design/translations): a file is called "Referral form
(Welsh)", or ends in ``-welsh.pdf``. "Welsh Government response" and "welsh-language-scheme" are English.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from crawler.model import Capture, Document, Link, Page, Problem, digest_of
from crawler.protocols import files
from crawler.protocols.govuk.addresses import absolute, content, path_of
from crawler.protocols.govuk.html import Block, unframed, without_size
from crawler.protocols.govuk.json_access import Item
from crawler.protocols.listed import of_link
from crawler.sources import Source
from crawler.text import clean, number_repeats, slug

_NAMES = {
    "albanian": "sq", "amharic": "am", "arabic": "ar", "bengali": "bn", "bulgarian": "bg", "cantonese": "zh-hk",
    "chinese": "zh", "croatian": "hr", "czech": "cs", "dari": "prs", "dutch": "nl", "english": "en", "estonian": "et",
    "farsi": "fa", "french": "fr", "german": "de", "greek": "el", "gujarati": "gu", "hindi": "hi", "hungarian": "hu",
    "igbo": "ig", "indonesian": "id", "irish": "ga", "italian": "it", "kurdish": "ku", "latvian": "lv",
    "lithuanian": "lt", "mandarin": "zh", "nepali": "ne", "pashto": "ps", "persian": "fa", "polish": "pl",
    "portuguese": "pt", "punjabi": "pa", "romanian": "ro", "russian": "ru", "slovak": "sk", "somali": "so",
    "spanish": "es", "swahili": "sw", "tagalog": "tl", "tamil": "ta", "thai": "th", "tigrinya": "ti", "turkish": "tr",
    "ukrainian": "uk", "urdu": "ur", "vietnamese": "vi", "welsh": "cy", "cymraeg": "cy", "gymraeg": "cy",
    "yoruba": "yo",
}  # fmt: skip
_SHORT = frozenset({"cy", "cym"})
"""Codes at the end of a file name; any other two letters may be anything."""
_BEHIND = frozenset({"version", "translation", "ver", "v", "final", "web", "accessible", "print"})
"""What may stand behind the language in a file name, beside numbers."""
_LOCALE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
_ENDING = r"(?P<name>[^\W\d_]+)(?: (?:language )?(?:version|translation))?"
_IN_BRACKETS = re.compile(rf"[(\[](?:in )?{_ENDING}[)\]]$")
_BEHIND_A_DASH = re.compile(rf" [\u2013\u2014-] {_ENDING}$")
_CALLED = re.compile(r"(?:^| )(?P<name>[^\W\d_]+) (?:language )?(?:version|translation)$")
_IN = re.compile(r" in (?P<name>[^\W\d_]+)$")
_MAX_LANGUAGE_CHARACTERS = 60
"""Most characters at the end of a title that may name its language."""


def locale(text: str) -> str | None:
    """Return a language as GOV.UK writes it (``cy``, ``zh-hk``), None where the text is none."""
    return text.lower() if _LOCALE.fullmatch(text) else None


def told(title: str, filename: str) -> str:
    """Return the language that the title or the name of a file says it is in, empty where neither does.

    >>> told("Referral form (Welsh)", "a.pdf"), told("Form", "form-welsh-v2.pdf"), told("Form \u2013 Cymraeg", "a.pdf")
    ('cy', 'cy', 'cy')
    >>> told("Welsh Government response", "welsh-language-scheme.pdf"), told("Offences (Wales)", "form-fr.pdf")
    ('', '')
    """
    words = clean(title).casefold()[-_MAX_LANGUAGE_CHARACTERS:]
    for pattern in (_IN_BRACKETS, _BEHIND_A_DASH, _CALLED, _IN):
        found = pattern.search(words)
        if found and found["name"] in _NAMES:
            return _NAMES[found["name"]]
    parts = slug((filename.rpartition(".")[0] or filename)[-_MAX_LANGUAGE_CHARACTERS:]).split("-")
    while len(parts) > 1 and (parts[-1] in _BEHIND or parts[-1].removeprefix("v").isdigit()):
        parts.pop()
    return _NAMES.get(parts[-1], "cy" if parts[-1] in _SHORT else "")


_TYPES = frozenset({"file", "document", "html", "external"})
_LISTS = ("documents", "final_outcome_documents", "outcome_documents", "public_feedback_documents")
"""Lists of drawn attachments, in documents older than ``attachments`` (before 2021)."""

_MAX_NAME_CHARACTERS = 80
_VERSION = re.compile(
    r"[-_. ]*(?:\(\d+\)|\b(?:v|ver|version|rev|final|draft)[-_. ]?\d*(?:[-_.]\d+)*(?=[-_. ]|$)"
    r"|\d{1,2}[-_.]\d{1,2}[-_.]\d{2,4}|\d{4}[-_.]\d{1,2}[-_.]\d{1,2})",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One attached document.

    ``type`` is ``file``, ``html`` or ``external``; ``names`` are the keys it may have, best first; ``references`` are
    shown beside the title; ``mark`` changes when the file is replaced; ``drawn`` tells one drawn inside a text;
    ``language`` is empty where nothing but the language of its page tells.
    """

    type: str
    title: str
    url: str
    names: tuple[str, ...]
    references: tuple[str, ...] = ()
    mark: str = ""
    drawn: bool = False
    language: str = ""


def attachments(details: Item, texts: Iterable[str]) -> tuple[tuple[Attachment, ...], tuple[Problem, ...]]:
    """Return the attached documents of a page, each address once, and what could not be understood.

    ``texts`` are the HTML texts of the page: documents without ``attachments`` name their files only there.
    """
    listed = details.items_or_empty("attachments")
    found = [_stated(each) for each in listed] if listed else [*_all_drawn(details, texts)]
    once: dict[str, Attachment] = {}
    problems = []
    for each in found:
        if each.type in _TYPES and each.url:
            once.setdefault(each.url, each)
        else:
            problems.append(Problem(kind="unknown attachment type", detail=f"{each.type}: {each.title}"))
    return tuple(once.values()), tuple(problems)


def _all_drawn(details: Item, texts: Iterable[str]) -> Iterator[Attachment]:
    for name in _LISTS:
        for text in details.texts_or_empty(name):
            yield from (_drawn(block, drawn=False) for block in unframed(text, details.url)[1])
    for text in texts:
        yield from (_drawn(block, drawn=True) for block in unframed(text, details.url)[1])


def listing(found: Iterable[Attachment]) -> str:
    """Return the text that lists attached documents, so that one more or less is a change of the page."""
    shown = []
    for each in found:
        if not each.drawn:
            shown.append(f"{each.title} ({', '.join(each.references)})" if each.references else each.title)
    return "; ".join(shown)


def children(
    found: Iterable[Attachment], parent: Document, capture: Capture, language: str
) -> tuple[list[Document], list[Link]]:
    """Return the documents and links of attached documents: files as children, HTML ones by their own content.

    ``language`` is that of the page.
    """
    documents: list[Document] = []
    links: list[Link] = []
    attached = []
    for each in found:
        path = path_of(each.url, capture.url) if each.type == "html" else None
        if path:
            token = digest_of(parent.updated, each.url, each.title)[:16]
            facts = {"title": each.title}
            links.append(
                Link(url=content(path, capture.url), role="attachment", parent=parent.id, facts=facts, token=token)
            )
        elif each.type in {"file", "document"}:
            attached.append(each)
    for each, key in zip(attached, keys(attached), strict=True):
        child = _child(each, key, parent)
        documents.append(child)
        facts = _facts(child, each.language or language)
        links.append(Link(url=each.url, role="attachment", parent=parent.id, facts=facts, token=each.mark))
    return documents, links


def keys(attached: Iterable[Attachment]) -> Iterator[str]:
    """Return the key of each file within its parent; of two with one key the later has its title added."""
    taken: set[str] = set()
    wanted = []
    for each in attached:
        key = each.names[0]
        if key in taken:
            key = next((f"{key}-{name}" for name in each.names[1:]), key)
        taken.add(key)
        wanted.append(key)
    return number_repeats(wanted)


def parse(capture: Capture, source: Source) -> Page:
    """Read the capture of an attached file: which document it is, and what it says. Its publication gives it its title.

    Raises:
        ParseError: the link does not say which document the file is, or the file is damaged.
    """
    link = capture.link
    child = replace(of_link(capture, "an attached file"), aliases=(link.url,))
    language = link.facts.get("language") or told(child.title, _filename(link.url)) or "en"
    return files.page(capture, child, source, language=language)


def _child(each: Attachment, key: str, parent: Document) -> Document:
    return Document(
        id=f"{parent.id}/{key}",
        title=each.title,
        url=each.url,
        kind=parent.kind,
        parent=parent.id,
        publisher=parent.publisher,
        jurisdiction=parent.jurisdiction,
        aliases=(each.url,),
    )


def _facts(child: Document, language: str) -> dict[str, str]:
    stated = {
        "document": child.id,
        "title": child.title,
        "kind": child.kind,
        "publisher": child.publisher,
        "jurisdiction": child.jurisdiction,
        "language": language,
    }
    return {name: value for name, value in stated.items() if value}


def _stated(each: Item) -> Attachment:
    url = absolute(each.text("url"))
    if url is None:
        raise each.wrong("url", f"is {each.text('url')[:80]!r}, no address")
    filename = each.text_or_none("filename") or _filename(url)
    isbn = each.text_or_none("isbn") or ""
    paper = [each.text_or_none(name) for name in ("unique_reference", "command_paper_number", "hoc_paper_number")]
    size = each.number_or_none("file_size")
    found = _attachment(
        # Documents of the specialist publisher before 2020 do not state the type: all of theirs are files.
        each.text_or_none("attachment_type") or "file",
        each.text_or_none("title") or filename,
        url,
        isbn,
        [reference for reference in paper if reference],
        digest_of(url, size, filename, each.text_or_none("updated_at")),
    )
    return replace(found, language=_stated_language(each) or told(found.title, filename))


def _stated_language(each: Item) -> str:
    stated = each.text_or_none("locale")
    if stated is None:
        return ""
    language = locale(stated)
    if language is None:
        raise each.wrong("locale", f"is {stated[:20]!r}, no language")
    return language


def _drawn(block: Block, *, drawn: bool) -> Attachment:
    """Return an attached file that is only drawn; one that leads to no address has its scheme as type."""
    url = absolute(block.href)
    if url is None:
        return _attachment(block.href.partition(":")[0], block.title, "", block.isbn, [], "")
    path = path_of(url)
    is_page = path is not None and "/uploads/" not in path and not re.search(r"\.[a-z0-9]{2,5}$", path)
    papers = [block.reference] if block.reference else []
    found = _attachment("html" if is_page else "file", block.title, url, block.isbn, papers, digest_of(url))
    return replace(found, drawn=drawn, language=told(found.title, _filename(url)))


def _attachment(kind: str, title: str, url: str, isbn: str, papers: list[str], mark: str) -> Attachment:
    title = without_size(title)
    digits = re.sub(r"[^0-9X]", "", isbn.upper())
    stem = _filename(url).rpartition(".")[0] or _filename(url)
    candidates = (digits, *(slug(paper) for paper in papers), _cut(slug(title)), slug(_VERSION.sub("", stem)))
    names = tuple(dict.fromkeys(name for name in candidates if name)) or (digest_of(url)[:12],)
    shown = ([f"ISBN {isbn}"] if isbn else []) + papers
    return Attachment(type=kind, title=title, url=url, names=names, references=tuple(shown), mark=mark[:16])


def _cut(name: str) -> str:
    return (
        name
        if len(name) <= _MAX_NAME_CHARACTERS
        else name[:_MAX_NAME_CHARACTERS].rpartition("-")[0] or name[:_MAX_NAME_CHARACTERS]
    )


def _filename(url: str) -> str:
    return clean(unquote(urlsplit(url).path.rpartition("/")[2])) or "file"
