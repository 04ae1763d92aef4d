"""Citations to be judged by eye: places in recorded documents that are in no file of known citations yet.

``python -m tests.law citations [SALT]`` prints 100 places, chosen by a hash of the salt, file and place, never by the
reader of citations: wherever a loose pattern sees what might be one. Beside each stands what the reader reads there.
"""

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from lxml import etree, html

from crawler.identifiers.citations import citations
from tests.law.texts import SHARED

PLACES = 100
AROUND = 130
"""Characters of context on both sides."""

_MAYBE = re.compile(
    r"\b(?:[Ss]ections?|ss?\.|[Aa]rticles?|[Aa]rts?\.|[Rr]egulations?|[Rr]egs?\.|[Rr]ules?|[Ss]chedules?|[Ss]chs?\.)\s?\(?\d+"
    r"|\b[Pp]aras?(?:graphs?)?\.?\s?\d+|\b(?:Act|Order|Regulations|Rules|Measure) (?:\([A-Z][\w ]*\) )?\d{4}"
    r"|\b\d{4} ?\(?(?:c\.|asp|anaw|asc|nawm)|\bS\.?[SR]?\.?[IR]\.? (?:No\. ?)?\d{4}|\bthe \d{4} Act\b|\bTFEU\b|\bECHR\b"
    r"|\b(?:Directive|Regulation|Decision)s?\b[^.;\n]{0,30}\d+/\d+|\b(?:COM|SWD|SEC|JOIN) ?\(|\[\d{4}\] [A-Z]"
    r"|\b[CT]-\d+/\d{2}\b|\bNo\.? ?\d{3,6}/\d{2}|\b(?:A|S)/RES|\bC?ETS (?:No\.? ?)?\d{3}|\b3\d{4}[LRD]\d{4}"
)
_INLINE = frozenset({"a", "span", "b", "i", "em", "strong", "sup", "sub", "ins", "del", "ht", "date", "u"})
_KNOWN = (*Path(__file__).parents[1].glob("citations/*.jsonl"), SHARED / "law/citations.jsonl")


def main(salt: str = "") -> int:
    """Print the places with what is read there."""
    for number, (name, text, start) in enumerate(chosen(salt), 1):
        first, last = max(0, start - AROUND), start + AROUND
        over = [one for one in citations(text) if one.start < start + 40 and start - 5 < one.end]
        print(f"{number}. {name}\n   {text[first:start]}>>>{text[start:last]}".replace("\n", " / "))
        for one in over:
            print(f"   = {text[one.start : one.end]!r} {one.document or '?'} {one.name} {list(one.provisions)}")
    return 0


def chosen(salt: str) -> list[tuple[str, str, int]]:
    """Return file, text and place of what might be a citation, at most two of one file."""
    seen = {json.loads(line)["source"].partition(": ")[2] for file in _KNOWN for line in file.open(encoding="utf-8")}
    found: list[tuple[str, str, str, int]] = []
    for folder in ("recordings", "recordings-more"):
        for file in sorted((SHARED / folder).rglob("*.*")):
            if file.name not in seen and file.suffix in (".html", ".xml", ".xhtml", ".json", ".txt"):
                text = _text(file)
                places = [match.start() for match in _MAYBE.finditer(text)]
                hashed = sorted((_hash(salt, file.name, str(place)), place) for place in places)
                found += [(_hash(salt, file.name, str(n)), file.name, text, place) for n, (_, place) in
                          enumerate(hashed[:2])]  # fmt: skip
    # What stands on many pages of a site alike is one place.
    alike = {text[place - 40 : place + 40]: (name, text, place) for _, name, text, place in sorted(found, reverse=True)}
    return [*reversed(alike.values())][:PLACES]


def _hash(*parts: str) -> str:
    return sha256("|".join(parts).encode()).hexdigest()


def _text(file: Path) -> str:
    body = file.read_bytes()
    if file.suffix == ".json":
        strings = (each for each in _strings(json.loads(body)) if len(each) > 60) if _is_json(body) else ()
        return "\n".join(_plain(each) for each in strings)
    is_plain = file.suffix == ".txt" and b"</" not in body
    return body.decode("utf-8", "replace") if is_plain else _plain(body)


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except ValueError:
        return False
    return True


def _strings(value: object) -> Iterator[str]:
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(each) if not isinstance(each, str) else (each,)


def _plain(body: bytes | str) -> str:
    """Return the words of markup, blocks on lines of their own."""
    try:
        tree = html.fromstring(body)
    except (etree.ParserError, ValueError):
        return ""
    for each in tree.iter("script", "style", "head"):
        each.text = ""
        for child in list(each):
            each.remove(child)
    for each in tree.iter():
        if isinstance(each.tag, str) and each.tag.lower() not in _INLINE:
            each.tail = f"\n{each.tail or ''}"
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"[ \t\r\f\v\u00a0]+", " ", "".join(map(str, tree.itertext()))))
