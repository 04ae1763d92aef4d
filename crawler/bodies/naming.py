"""What a document is called that does not name itself: by the words that lead to it, by its own first words.

A name of a file counts where a person wrote it as a title; one that a program made, and an address, are no title.
"""

import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from crawler.model import Section
from crawler.text import abridged, clean, sentences

MIN_WORDS = 3
"""Fewest words of a file's name, and of the first line of a table, that are a title."""
MAX_WORDS, MAX_CHARACTERS = 30, 200
"""Most of a title."""
_ENDING = re.compile(
    r"(?:\.(?:pdf|docx?|docm|odt|rtf|xlsx?|xlsm|xlsb|ods|csv|tsv|pptx?|odp|txt|zip|png|jpe?g|gif|html?))+$", re.I
)
_NAMED_FILE = re.compile(r"(?:.*/)?([^/]+?)\.(pdf|docx?|odt|xlsx?|ods|csv|pptx?|odp|txt|zip|png|jpe?g)", re.I)
_SIZE = re.compile(r"\s*[(\[](?:[A-Z]{3,4}[, ]*)?[\d.,]+ ?[KMG]?B[^)\]]*[)\]]", re.I)
_SAYS_NOTHING = re.compile(
    r"(?:(?:please )?(?:click|tap|press) )?(?:here|this|link)|(?:view|download|open|read|get|see|show|access)"
    r"(?: (?:the|this|it|more|here|now|full))*(?: (?:document|file|pdf|report|page|online|version|text))*"
    r"|(?:read|find out|learn) more|more|details|(?:pdf|word|excel|odt|docx?|xlsx?|csv|document|file|attachment|report)"
    r"(?: (?:version|file|document|format|download))*|english|print(?:able version)?"
    r"|télécharger|voir|ouvrir|lire la suite|en savoir plus|ici|le document|herunterladen|ansehen|öffnen|mehr|hier"
    r"|weiterlesen|downloaden|bekijken|openen|lees meer|lees verder|descargar|ver|abrir|leer más|aquí"
    r"|lawrlwytho|gweld|agor|darllen mwy|yma",
    re.I,
)
"""Words of a link that name no document, but what happens when it is followed."""
_TITLED = re.compile(r"^\W*(?:(?:report|document|dataset|publication|table) )?title\s*:?\s*\|\s*([^|\n]+)", re.I | re.M)
"""A row of a table that says what the table is called."""


def says_nothing(words: str) -> bool:
    """Whether the words of a link name no document.

    >>> says_nothing("Download PDF"), says_nothing("View"), says_nothing("View of the Commissioner")
    (True, True, False)
    """
    return not any(map(str.isalnum, words)) or _SAYS_NOTHING.fullmatch(words.strip(" .:>»\u203a…→([)]")) is not None


def without_size(words: str) -> str:
    """Return the words of a link without the format and size of the file behind it.

    >>> without_size("Sample report (PDF, 1.2 MB)")
    'Sample report'
    """
    return _SIZE.sub("", words)


def of_file(name: str) -> str:
    """Return the name of a file as a title, empty where it is none.

    >>> of_file("Log+frame+Template+2018.docx"), of_file("Terms of reference.doc.pdf"), of_file("data_glotip.xlsx")
    ('Log frame Template 2018', 'Terms of reference', '')
    """
    bare = _ENDING.sub("", clean(name))
    spoken = clean(bare.replace("+", " ")) if " " not in bare else bare
    words = [word for word in spoken.split() if len(word) > 1 and word.isalpha()]
    return spoken if len(words) >= MIN_WORDS and "_" not in spoken else ""


def printed_title(sections: Sequence[Section], *, is_table: bool) -> str:
    """Return the title that a file prints first: its first heading, or what a table says that it is called."""
    if not sections:
        return ""
    first = sections[0]
    if is_table:
        stated = _TITLED.search(first.text)
        said = clean(stated[1]) if stated else first.text.partition("\n")[0]
        return said if stated or ("|" not in said and _is_title(said)) else ""
    heading = clean(f"{first.number} {first.heading}")
    return heading if first.path != "introduction" and _is_title(heading) else ""


def heading_alone(sections: Sequence[Section]) -> str:
    """Return the heading that a text begins with where another follows at once: its title, whatever its file states."""
    return printed_title(sections, is_table=False) if sections and not sections[0].text else ""


def _is_title(words: str) -> bool:
    return MIN_WORDS <= len(words.split()) <= MAX_WORDS


def first_words(text: str) -> str:
    """Return the first sentence of a text, or as many of its first words as a title may have.

    >>> first_words("A new form is out. It replaces the old one.")
    'A new form is out.'
    """
    said = sentences(text)
    return abridged(said[0], MAX_WORDS, MAX_CHARACTERS) if said else ""


def balanced(title: str) -> str:
    """Return a title without a bracket that opens it and is never closed.

    >>> balanced("[Sample toolkit (SMT)"), balanced("[Draft] Sample")
    ('Sample toolkit (SMT)', '[Draft] Sample')
    """
    pairs = {"[": "]", "(": ")"}
    is_open = title.count(title[:1]) > title.count(pairs[title[:1]]) if title[:1] in pairs else False
    return title[1:].lstrip() if is_open else title


def fallback_title(url: str) -> str:
    """Return what a document is called of which nothing says how it is called.

    A file has its name, its form and its site.

    >>> fallback_title("https://www.sample.invalid/files/2026/data_v2.xlsx"), fallback_title("https://sample.invalid/?id=4")
    ('data_v2 (XLSX file without a title, sample.invalid)', 'Document without a title (sample.invalid/?id=4)')
    """
    parts = urlsplit(url)
    if file := _NAMED_FILE.fullmatch(clean(unquote(parts.path))):
        return f"{file[1]} ({file[2].upper()} file without a title, {parts.netloc.removeprefix('www.')})"
    folder, _, name = unquote(parts.path).rstrip("/").rpartition("/")
    query = f"?{unquote(parts.query)}" if parts.query else ""
    place = clean(f"{parts.netloc}/{'…/' if folder.strip('/') else ''}{name}{query}")
    return f"Document without a title ({place})"
