"""(X)HTML of the Official Journal and of consolidations, as CELLAR and EUR-Lex give it, in all its generations.

    read(body, url)     a page as a Text

Official Journal: ``oj-*`` classes with ``eli-subdivision`` elements (since 2021), the same classes without prefix
(before), paragraphs and nothing else (``TexteOnly``, before 2004). Consolidations: ``title-article-norm`` in flat or
in nested pages, and the oldest with styles only. Documents of the Commission have styles of word processors. EUR-Lex
puts its portal around them. The language that a page states is not that of its text (``<html lang="en">`` around a
French act), so none is given.
"""

from dataclasses import replace

from crawler.bodies.encoding import decode
from crawler.bodies.tree import tree
from crawler.errors import ParseError, RefusedError
from crawler.model import Problem
from crawler.protocols.cellar.act_builder import Drafting
from crawler.protocols.cellar.act_text import Kind, Text, as_printed
from crawler.protocols.cellar.marks import Marking
from crawler.protocols.cellar.xhtml import inline, roles, unclassed
from crawler.protocols.cellar.xhtml.facts import acts, facts
from crawler.protocols.cellar.xhtml.lines import Lines
from crawler.protocols.cellar.xhtml.roles import Element, classes
from crawler.protocols.cellar.xhtml.walk import Walk

__all__ = ["read"]

_HOLDERS = ("TexteOnly", "document1", "textTabContent", "text")
"""Ids of the element of EUR-Lex pages that holds the document, best first."""
_PARTS = frozenset({"article", "division", "annex", "title", "group"})
_CHALLENGES = (b"window.gokuProps", b"AwsWafIntegration", b"awswaf.com")


def read(body: bytes, url: str) -> Text:
    """Read a page with the text of an act, of a consolidation or of a document of the Commission.

    Raises:
        RefusedError: the body is empty, a robot check, or a list to choose from (300 Multiple Choices).
        ParseError: nested too deeply, or a page without the text of a document: that of a repealed act says only what
            amended it.
    """
    if not body.strip():
        raise RefusedError(url, "the body is empty", "empty")
    start = body[:20_000]
    if any(sign in start for sign in _CHALLENGES):
        raise RefusedError(url, "a robot check (AWS WAF) instead of the act", "challenge")
    if b"Multiple-Choice Response" in start:
        raise RefusedError(url, "a list of files to choose from (300 Multiple Choices), not the text in them", "error")
    root = tree(decode(body), url)
    if root is None:
        raise ParseError(url, "no HTML element and no word")
    try:
        return _text(root, url)
    except RecursionError as error:
        raise ParseError(url, "nested too deeply") from error


def _text(root: Element, url: str) -> Text:
    page = _holder(root)
    names = frozenset(name for line in page.iter("p") for name in classes(line))
    consolidated = _is_consolidated(root, page, names)
    told = facts(root, page, consolidated=consolidated)
    of_commission = unclassed.is_commission(page)
    cover = unclassed.cover(page) if of_commission else {}
    if of_commission:
        unclassed.mark(page)
    elif not any(roles.role(line) for line in page.iter("p")):
        if consolidated:
            unclassed.without_head(page)
        unclassed.mark_plain(page)
    if not _has_act(page):
        raise ParseError(url, "a web page without the text of an act")
    inline.bare(page)
    lines = Lines(
        consolidated=consolidated,
        free=of_commission,
        plain=of_commission or not names,
        named=any(part.get("id", "").startswith("art_") for part in page.iter("div")),
        has_title=any(roles.role(line) == "title" and not inline.inside(line, "td") for line in page.iter("p")),
    )
    if consolidated:
        lines.drafting.marking = Marking(acts=acts(page))
    walk = Walk(lines)
    walk.flow(page)
    lines.settle()
    sections = lines.drafting.finished()
    if consolidated and all(section.path == "introduction" for section in sections):
        raise ParseError(url, "a consolidation without text: of a repealed act there is only its history")
    if not sections:
        raise ParseError(url, "no text on a page where an act was promised")
    title = " ".join(lines.titles or walk.header) or " ".join((sections[0].number, sections[0].heading)).strip()
    celex, day = unclassed.number_and_day(cover, title)
    return replace(
        told,
        title=as_printed(title),
        sections=sections,
        kind="other" if of_commission and not consolidated else told.kind if consolidated else _kind(sections[0].path),
        celex=told.celex or celex,
        date=day,
        modifications=tuple(dict.fromkeys(lines.drafting.touches.modifications())),
        problems=_problems(lines.drafting),
    )


def _kind(first: str) -> Kind:
    return "annex" if first == "annex" or first.startswith("annex-") else "act"


def _holder(root: Element) -> Element:
    """Return the element that holds the document: a part of an EUR-Lex page, else the body."""
    named = {part.get("id"): part for part in root.iter("div") if part.get("id") in _HOLDERS}
    for name in _HOLDERS:
        if name in named and roles.text_of(named[name]):
            return named[name]
    body = root.find("body")
    return root if body is None else body


def _has_act(page: Element) -> bool:
    """Return whether anything on a page is a part of an act: a page of the portal around it is none."""
    return any(roles.role(line) in _PARTS for line in page.iter("p"))


def _is_consolidated(root: Element, page: Element, names: frozenset[str]) -> bool:
    if names & {"title-article-norm", "disclaimer", "title-doc-first"}:
        return True
    title = root.find("head/title")
    signs = any(roles.is_sign(link) for link in page.iter("a"))
    return signs and title is not None and " \u2014 " in roles.text_of(title)


def _problems(drafting: Drafting) -> tuple[Problem, ...]:
    """Return what a page lacks: newer pages of amending acts call quoted footnotes that they do not print."""
    called = {note for draft in drafting.drafts for note in draft.words.notes}
    missing = sorted(called - set(drafting.notes))
    if not missing:
        return ()
    shown = ", ".join(missing[:5])
    return (Problem(kind="missing footnote", detail=f"{len(missing)} called, but not on the page: {shown}"),)
