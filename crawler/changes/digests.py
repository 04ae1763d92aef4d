"""What makes two wordings the same: canonical forms and their digests."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from crawler.model import Section, Version, digest_of
from crawler.text import SEPARATOR, canonical, clean, is_canonical

Form = tuple[str, str, str, str, str]
"""Path, number, heading, status and text of a section; the path clean, the others in canonical form."""


def form(section: Section) -> Form:
    """Return what counts in a section: two sections differ exactly when their forms do."""
    return (
        clean(section.path),
        canonical(section.number),
        canonical(section.heading),
        canonical(section.status),
        canonical(section.text),
    )


def forms(old: Iterable[Section], new: Iterable[Section]) -> tuple[list[Form], list[Form]]:
    """Return the forms of the sections of two versions; where a section is literally the old one, it is made once."""
    before = {section.path: (section, form(section)) for section in old}
    after: list[Form] = []
    for section in new:
        known = before.get(section.path)
        after.append(known[1] if known is not None and known[0] == section else form(section))
    return [one for _, one in before.values()], after


def section_digest(section: Section) -> str:
    """Return the SHA-256 of one provision, in hexadecimal: path, number, heading, status and text, canonical.

    >>> section_digest(Section(path="s-1", text="a \\u2013 b")) == section_digest(Section(path="s-1", text="a - b"))
    True
    """
    return section_digests((section,))[0]


def section_digests(sections: Sequence[Section]) -> list[str]:
    """Return the digest of each of the sections, in order."""
    # No field holds the separator: canonical text has no control characters, and JSON would cost three times as much.
    wholes = [SEPARATOR.join((s.path, s.number, s.heading, s.status, s.text)) for s in sections]
    # Most plain English stands there in its canonical form already, and is seen to do so in one look.
    if not is_canonical(SEPARATOR.join(wholes), 5 * len(wholes)):
        wholes = [
            whole if is_canonical(whole, 5) else SEPARATOR.join(form(section))
            for whole, section in zip(wholes, sections, strict=True)
        ]
    return [sha256(whole.encode()).hexdigest() for whole in wholes]


def digest(version: Version) -> str:
    """Return the SHA-256 of a version, in hexadecimal: its title, its status and its sections in order.

    The publisher's dates, label and note, the language and the representation are not in it: a version whose digest
    is that of its predecessor says nothing new.
    """
    return digest_over(version, section_digests(version.sections))


def digest_over(version: Version, sections: Iterable[str]) -> str:
    """Return the digest of a version from the digests of its sections, in order, where these are known already."""
    return digest_of(canonical(version.title), canonical(version.status), *sections)


def head(section: Section) -> str:
    """Return the line that stands above the text of a section: its number and heading; empty where it has neither.

    >>> head(Section(path="section-1", number="1", heading="Slavery", text="A person \\u2026"))
    '1 Slavery\\n'
    """
    line = " ".join(part for part in (section.number, section.heading) if part)
    return f"{line}\n" if line else ""


def wording(section: Section) -> str:
    """Return a whole section as read: the line with number and heading, then the text."""
    return head(section) + section.text
