"""What a House resolved, by the text of its resolution."""

import re

from crawler.protocols.legislation.tree import LEG, Element, words
from crawler.text import abridged

MOST = (220, 1300)
"""Most words and characters that are told of it, with the list that it leads to."""
_RESOLVED = re.compile(r"That,? (?P<what>[a-z].+?) ?(?P<leads>:)?\.?", re.DOTALL)


def resolved(root: Element) -> str:
    """Return what a House resolved, with the list that it leads to; else how its resolution is headed.

    >>> from lxml import etree
    >>> item = "<Text>the words:</Text><BlockAmendment>fees</BlockAmendment>"
    >>> item = f"<P3><Pnumber>a</Pnumber><P3para>{item}</P3para></P3>"
    >>> body = f"<Body><P><Text>That fees shall be varied, as follows:</Text>{item}</P></Body>"
    >>> resolved(etree.fromstring(f'<Legislation xmlns="{LEG[1:-1]}"><Secondary>{body}</Secondary></Legislation>'))
    'Fees shall be varied, as follows: (a) the words: “fees”.'
    """
    for text in root.iterfind(f"{LEG}Secondary/{LEG}Body//{LEG}Text"):
        if match := _RESOLVED.fullmatch(words(text)):
            said = f"{match['what'][0].upper()}{match['what'][1:]}"
            if not match["leads"]:
                return f"{said}."
            items = "; ".join(filter(None, map(_item, text.itersiblings())))
            return abridged(f"{said}: {items}." if items else f"{said}: \u2026", *MOST)
    return words(root.find(f".//{LEG}Resolution/{LEG}Para"))


def _item(element: Element) -> str:
    """Return an item of a list with its number in brackets, and what it inserts in quotation marks."""
    number, paragraph = words(element.find(f"{LEG}Pnumber")), element.find(f"{LEG}P3para")
    if not number or paragraph is None:
        return words(element).rstrip(" .")
    told = [
        f"\u201c{said}\u201d" if each.tag == f"{LEG}BlockAmendment" else said
        for each in paragraph
        if (said := words(each).strip(" ;."))
    ]
    return f"({number}) {' '.join(each for each in told if each != ':')}"
