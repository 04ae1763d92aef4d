"""Files of the libraries: what a button to one says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from crawler.feeds.feed import link

_NAMES = {
    "pdf": "PDF", "doc": "Word", "docx": "Word", "docm": "Word", "odt": "OpenDocument text", "rtf": "RTF",
    "xls": "Excel", "xlsx": "Excel", "xlsm": "Excel", "ods": "OpenDocument sheet", "csv": "CSV",
    "ppt": "PowerPoint", "pptx": "PowerPoint", "odp": "OpenDocument slides", "txt": "text",
    "png": "picture", "jpg": "picture", "gif": "picture",
}  # fmt: skip


def file_words(file: Mapping[str, Any]) -> str:
    """Return what a file is and how large, where that is known.

    >>> file_words({"kind": "docx", "bytes": 84_211}), file_words({"kind": "pdf", "bytes": None})
    ('Word, 84 kB', 'PDF')
    """
    name = _NAMES[file["kind"]]
    return f"{name}, {size(file['bytes'])}" if file["bytes"] else name


def size(number: int) -> str:
    """Return a number of bytes for readers.

    >>> size(800), size(84_211), size(2_449_000), size(31_400_000), size(999_700)
    ('800 bytes', '84 kB', '2.4 MB', '31 MB', '1.0 MB')
    """
    if number < 1_000:
        return f"{number} bytes"
    if number < 999_500:
        return f"{round(number / 1_000)} kB"
    return f"{number / 1e6:.1f} MB" if number < 9_950_000 else f"{round(number / 1e6)} MB"


def download(file: Mapping[str, Any], title: str) -> Markup:
    """Return the button to a file at its publisher; ``title`` tells it from the others of the same kind on a page."""
    address, words = link(file["url"]), f"Download {file_words(file)}"
    if not address:
        return escape(words)
    return Markup('<a class="button" href="{}" rel="nofollow noreferrer">{}<span class="vh">: {}</span></a>').format(
        address, words, title
    )
