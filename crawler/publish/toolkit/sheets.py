"""Libraries as sheets: the columns of each, and the line of a card."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from datasette.app import Datasette
from markupsafe import Markup, escape

from crawler.classify.toolkit import SHELVES, SOURCE
from crawler.classify.toolkit.vocabulary import ADAPT
from crawler.feeds.feed import link
from crawler.publish.paths import encode
from crawler.publish.settings import own
from crawler.publish.toolkit.lessons import STATES
from crawler.publish.toolkit.parts import LABELS, NOT_OURS, PARTS
from crawler.sources.vocabulary import ROLES
from crawler.wording import kind

Card = Mapping[str, Any]

_FIRST = ("title", "publisher", "kind", "published", "updated", "last checked", "official page", "our page")
_LAST = ("law changed since", "newer guidance held", "withdrawn", "files")

_COUNTED = ("in_force", "in_part", "not_yet", "not_stated")

_FACTS: Mapping[str, Callable[[Card], object]] = {
    "library": lambda card: PARTS[card["part"]].name,
    "applies in": lambda card: card["jurisdiction"],
    "in force": lambda card: card["in_force"],
    "provisions in force": lambda card: _provisions(card).get("in_force"),
    "provisions": lambda card: sum([_provisions(card).get(name, 0) for name in _COUNTED]) or None,
    "last change": lambda card: card["facts"].get("last", {}).get("title"),
    "day of last change": lambda card: card["facts"].get("last", {}).get("day"),
    "effects outstanding": lambda card: card["facts"].get("outstanding", {}).get("number"),
    "version": lambda card: card["facts"].get("label"),
    "for": lambda card: "; ".join(ROLES[value] for value in card["facts"].get("whom", ())),
    "recommendations": lambda card: _recommendations(card),
    "earlier editions held": lambda card: "; ".join(each["title"] for each in card["facts"].get("editions", ())),
    "may be adapted": lambda card: _adapt(card),
    "last step": lambda card: _step(card, "last_step"),
    "next step stated": lambda card: _step(card, "next_step"),
}
"""What a card shows beside what its document states, by the name of its column."""

_LAW = ("applies in", "in force", "provisions in force", "provisions", "last change", "day of last change",
        "effects outstanding")  # fmt: skip
_OF_PART: Mapping[str, tuple[str, ...]] = {
    "law": _LAW,
    "guidance": ("applies in", "version", "for", "may be adapted"),
    "reports": ("applies in", "recommendations", "earlier editions held", "may be adapted"),
    "proposals": ("applies in", "last step", "next step stated"),
    "training": ("may be adapted",),
    "governance": ("applies in",),
    "resources": ("applies in", "may be adapted"),
}


def columns(parts: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the columns of a sheet of one library, or of several."""
    return (*_FIRST, *(LABELS[field].lower() for field in _fields(parts)), *_LAST, *_more(parts))


def line(datasette: Datasette, card: Card, parts: Sequence[str]) -> list[object]:
    """Return the line of a card in such a sheet."""
    stated: Mapping[str, Sequence[Mapping[str, Any]]] = card["fields"]
    told = () if card["private"] else PARTS[card["part"]].fields
    here = datasette.urls.path(f"doc/{encode(card['id'])}")
    return [
        card["title"], card["publisher_name"], kind(card["kind"]) if card["part"] in SHELVES else card["kind"],
        card["published"], card["updated"], card["checked"], card["url"], f"{own(datasette).public_url}{here}",
        *(
            "; ".join(map(_written, stated.get(field, ()))) or ("not stated" if field in told else "")
            for field in _fields(parts)
        ),
        "; ".join(f"{law['title']} ({law['day']})" for law in card["stale"]),
        "; ".join(f"{newer['title']}, version {newer['version']} ({newer['day']})" for newer in card["newer"]),
        "yes" if card["withdrawn"] else "no",
        "; ".join(f"{file_words(file)}: {file['url']}" for file in card["facts"].get("files", ())),
        *(_FACTS[name](card) for name in _more(parts)),
    ]  # fmt: skip


def _fields(parts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(field for part in parts for field in PARTS[part].fields))


def _more(parts: Sequence[str]) -> tuple[str, ...]:
    library = ("library",) if len(parts) > 1 else ()
    return (*library, *dict.fromkeys(name for part in parts for name in _OF_PART[part]))


def _written(stated: Mapping[str, Any]) -> str:
    if stated["other"]:
        return f"{stated['label']} ({NOT_OURS})"
    by_source = stated["place"] == SOURCE and stated["words"] == stated["label"]
    return f"{stated['label']} (by its source)" if by_source else str(stated["label"])


def _provisions(card: Card) -> Mapping[str, int]:
    found: Mapping[str, int] = card["facts"].get("provisions", {})
    return found


def _step(card: Card, which: str) -> str:
    step = card["facts"].get(which)
    return f"{step['event']}, {step['date']}" if step else ""


def _recommendations(card: Card) -> str:
    counted: Mapping[str, int] = card["facts"].get("recommendations", {})
    return "; ".join(f"{counted[state]} {words}" for state, words in STATES.items() if counted.get(state))


def _adapt(card: Card) -> str:
    if card["part"] == "law":
        return ""
    adapt = card["facts"].get("adapt")
    return f"{ADAPT[adapt['value']]} ({adapt['licence']})" if adapt else "not stated"


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
