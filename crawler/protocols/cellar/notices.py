"""Notices: everything the Publications Office says of a work but its text, as XML (tree, branch or object).

Source: the CELLAR end-user manual; https://op.europa.eu/en/web/cellar/cellar-data/metadata/metadata-notices.
"""

from collections.abc import Iterator

from crawler.errors import ParseError
from crawler.model import Capture, Document, Link, Page, Problem, Statement
from crawler.protocols.cellar import addresses, dates, kinds, relations, resources
from crawler.protocols.cellar.act_text import without_repeats
from crawler.protocols.cellar.relations import dossier
from crawler.protocols.cellar.resources import Dated, Work
from crawler.protocols.markup import Element, name_of, value, words

PUBLISHED = "as published"
"""Label of the version in the Official Journal; that of a consolidated text is its number."""

_PROVISIONAL = "OP_DATPRO"
_DATES = {
    "RESOURCE_LEGAL_DATE_END-OF-VALIDITY": resources.END,
    "DIRECTIVE_DATE_TRANSPOSITION": resources.TRANSPOSITION,
    "RESOURCE_LEGAL_DATE_TRANSPOSITION": resources.TRANSPOSITION,
    "RESOURCE_LEGAL_DATE_DEADLINE": resources.DEADLINE,
    "RESOURCE_LEGAL_DATE_SIGNATURE": resources.SIGNED,
}


def notice(root: Element, capture: Capture, language: str) -> Page:
    """Read a notice: the document, its relations, dates and status, and links to its texts in one language.

    ``language`` is an ISO 639-3 code in capitals.

    Raises:
        ParseError: it is the notice of no work, or names none that can be told from others.
    """
    if root.find("DOSSIER") is not None:
        return dossier(root, capture)
    work = root.find("WORK")
    if work is None:
        return _expression(root, capture)
    if value(work, "DO_NOT_INDEX/VALUE").lower() in ("true", "1"):
        detail = f"{capture.url} is marked as not to be indexed"
        return Page(problems=(Problem(kind="not indexed", detail=detail),))
    names = [name for each in _names(work) if (name := addresses.name_at(each))]
    names += [f"celex:{words(each)}" for each in work.iterfind("RESOURCE_LEGAL_ID_CELEX/VALUE")]
    document = addresses.identity(names)
    if document is None:
        raise ParseError(capture.url, "a notice of a work without a name")
    version = addresses.consolidated(names)
    if version is not None:
        return _of_version(root, work, document, version[1], language)
    return _of_work(root, work, _work(root, work, document, names, language), capture, language)


def _names(element: Element) -> Iterator[str]:
    yield from (words(each) for each in element.iterfind("SAMEAS/URI/VALUE"))
    yield value(element, "URI/VALUE")


def _work(root: Element, work: Element, document: str, names: list[str], language: str) -> Work:
    entries = resources.entry_dates(
        (value(each, "VALUE"), next(iter(relations.codes(_annotated(each, "TYPE_OF_DATE"))), ""))
        for each in work.iterfind("RESOURCE_LEGAL_DATE_ENTRY-INTO-FORCE")
    )
    others = [
        Dated(
            event=event,
            date=value(each, "VALUE"),
            provision=relations.cited_article(_annotated(each, "COMMENT_ON_DATE"))
            if event == resources.DEADLINE
            else "",
        )
        for name, event in _DATES.items()
        for each in work.iterfind(name)
    ]
    agents = [each for each in work.iterfind("WORK_CREATED_BY_AGENT") if value(each, "IDENTIFIER") != _PROVISIONAL]
    eli = [words(each) for name in ("RESOURCE_LEGAL_ELI", "ELI") for each in work.iterfind(f"{name}/VALUE")]
    types = {found for each in work.iterfind("WORK_HAS_RESOURCE-TYPE") if (found := value(each, "IDENTIFIER"))}
    return Work(
        document=document,
        title=_title(root, work, language),
        types=frozenset(types),
        published=value(work, "WORK_DATE_DOCUMENT/VALUE"),
        journal=_journal(work) or ("" if resources.is_act(document) else None),
        in_force=value(work, "RESOURCE_LEGAL_IN-FORCE/VALUE"),
        dated=(*entries, *others),
        authors=tuple(dict.fromkeys(name for each in agents if (name := value(each, "PREFLABEL")))),
        aliases=(*dict.fromkeys(each for each in eli if each), *sorted(set(names))),
    )


def _journal(work: Element) -> str:
    """Return the day of the Official Journal in which a work was published, the empty text where that is not stated."""
    return value(work, "RESOURCE_LEGAL_PUBLISHED_IN_OFFICIAL-JOURNAL/EMBEDDED_NOTICE/WORK/DATE_PUBLICATION/VALUE")


def _annotated(date: Element, name: str) -> str:
    return value(date, f"ANNOTATION/{name}") or value(date, name)


def _expressions(root: Element, work: Element) -> list[Element]:
    return [*root.iterfind("EXPRESSION"), *work.iterfind("EXPRESSION")]


def _language(expression: Element) -> str:
    """Return the language of an expression as ISO 639-3: stated, or the one its own names end in."""
    stated = value(expression, "EXPRESSION_USES_LANGUAGE/IDENTIFIER") or value(expression, "LANG")
    if stated.upper() in addresses.LANGUAGES:
        return stated.upper()
    ends = (name.rpartition(".")[2] for each in _names(expression) if (name := addresses.name_at(each)))
    return next((each for each in ends if each in addresses.LANGUAGES), "")


def _title(root: Element, work: Element, language: str) -> str:
    """Return the title in the language wanted, else in whatever language there is one."""
    titled = [(_language(each), value(each, "EXPRESSION_TITLE/VALUE")) for each in _expressions(root, work)]
    told = [(spoken, title) for spoken, title in titled if title]
    return next((title for spoken, title in told if spoken == language), told[0][1] if told else "")


def _of_work(root: Element, work: Element, read: Work, capture: Capture, language: str) -> Page:
    today = dates.brussels(capture.time).date().isoformat()
    document = resources.document(read, today)
    consolidated = relations.versions(work, read.document)
    told = list(relations.stated(work, read.document, max(consolidated, default="")))
    problems = [*resources.problems(read), *(each for each in told if isinstance(each, Problem))]
    if document is None:
        problems.append(Problem(kind="untitled", detail=f"{read.document}: its notice states no title"))
    links: list[Link] = []
    if read.kind != "case_law":
        produced = relations.productions(work, read.document)
        links = [*_own_text(root, work, read, language), *_consolidated(read, consolidated, produced, language)]
    statements = [*resources.date_statements(read), *(each for each in told if isinstance(each, Statement))]
    return Page(
        documents=() if document is None else (document,),
        statements=resources.unique(statements),
        links=tuple(links),
        problems=tuple(dict.fromkeys(problems)),
    )


def _facts(read: Work) -> dict[str, str]:
    return {"document": read.document, "title": resources.shown_title(read), "kind": read.kind or ""}


def _own_text(root: Element, work: Element, read: Work, language: str) -> Iterator[Link]:
    """Yield the link to the text as published, with the time its manifestation last changed as token."""
    chain = addresses.manifestations(_announced(root, work), language)
    chain += [each for each in _files(root, work, language) if each not in chain]
    changed = _changed(root, work, chain[0].partition(" ")[2]) if chain else ""
    facts = {**_facts(read), "label": PUBLISHED, "valid_from": dates.day(read.published) or ""}
    if link := _text(chain, addresses.number(read.document), language, changed, facts):
        yield link


def _text(chain: list[str], number: str, language: str, token: str, facts: dict[str, str]) -> Link | None:
    """Return the link to a text where it is announced, else where it might be, if the work has a CELEX number."""
    supposed = addresses.supposed(number, language) if number and not chain else []
    told = facts | ({addresses.ANNOUNCED: language} if chain else {})
    return addresses.text(chain or supposed, token=token, **told)


def _announced(root: Element, work: Element) -> list[str]:
    """Return the addresses of all manifestations that a notice names."""
    inside = [*_expressions(root, work), *work.iterfind("WORK_HAS_EXPRESSION/EMBEDDED_NOTICE/EXPRESSION")]
    listed = [each.iterfind("EXPRESSION_MANIFESTED_BY_MANIFESTATION/SAMEAS/URI/VALUE") for each in inside]
    own = [each.iterfind("SAMEAS/URI/VALUE") for each in _manifestations(root, work)]
    return [url for found in (*listed, *own) for each in found if (url := words(each))]


def _manifestations(root: Element, work: Element) -> list[Element]:
    inside = (each.iterfind("MANIFESTATION") for each in _expressions(root, work))
    return [*root.iterfind("MANIFESTATION"), *(each for found in inside for each in found)]


def _files(root: Element, work: Element, language: str) -> Iterator[str]:
    """Yield the files of manifestations that are one file, in case their address answers with a list."""
    for form in ("xhtml", "html", "pdfa2a", "pdfa1a", "pdf"):
        for each in _manifestations(root, work):
            mine = any(words(url).endswith(f".{language}.{form}") for url in each.iterfind("SAMEAS/URI/VALUE"))
            files = list(each.iterfind("MANIFESTATION_HAS_ITEM/URI/VALUE"))
            if mine and len(files) == 1:
                yield addresses.asked(form, words(files[0]).replace("http://", "https://", 1))


def _changed(root: Element, work: Element, url: str) -> str:
    """Return when the manifestation at an address last changed, the empty text where the notice does not say."""
    name = addresses.name_at(url)
    for each in _manifestations(root, work):
        if any(addresses.name_at(other) == name for other in _names(each)):
            return dates.time(value(each, "LASTMODIFICATIONDATE/VALUE"))
    return ""


def _consolidated(
    read: Work, found: dict[str, tuple[str, list[str]]], produced: dict[str, str], language: str
) -> Iterator[Link]:
    """Yield the links to the consolidated texts.

    What is announced of one is the token: more of it is news, and so is a new production of the same date.
    """
    for date, (number, announced) in sorted(found.items()):
        chain = addresses.manifestations(announced, language)
        token = " ".join([*(each.rpartition(".")[2] for each in chain), *filter(None, [produced.get(date)])])
        facts = {**_facts(read), "label": number, "valid_from": date}
        if link := _text(chain, number, language, token, facts):
            yield link


def _of_version(root: Element, work: Element, document: str, date: str, language: str) -> Page:
    """Read the notice of a consolidated text: it is a version of its basic act, whose notice says the rest."""
    title = without_repeats(_title(root, work, language))
    number = f"0{addresses.number(document)[1:]}-{date.replace('-', '')}"
    chain = addresses.manifestations(_announced(root, work), language)
    kind = kinds.kind_of((), addresses.number(document))
    facts = {"document": document, "title": title, "kind": kind or "", "label": number, "valid_from": date}
    link = _text(chain, number, language, dates.time(value(work, "LASTMODIFICATIONDATE/VALUE")), facts)
    own = Document(
        id=document,
        title=title or addresses.number(document),
        url=addresses.page(document),
        kind=kind,
        jurisdiction="European Union",
    )
    problems = () if title else (Problem(kind="untitled", detail=f"{number}: its notice states no title"),)
    told = Statement(kind="date", document=document, fields={"event": resources.CONSOLIDATED, "date": date})
    return Page(
        documents=(own,) if title else (),
        statements=(told,) if title else (),
        links=(link,) if link else (),
        problems=problems,
    )


def _expression(root: Element, capture: Capture) -> Page:
    """Read the notice of an expression alone: which work it is of, and its title."""
    expression = root.find("EXPRESSION")
    if expression is None:
        inside = ", ".join(sorted({name_of(each) for each in root})) or "nothing"
        raise ParseError(capture.url, f"a notice with neither WORK nor DOSSIER nor EXPRESSION, but {inside}")
    belongs = expression.find("EXPRESSION_BELONGS_TO_WORK")
    names = [] if belongs is None else [name for each in _names(belongs) if (name := addresses.name_at(each))]
    document = addresses.identity(names)
    if document is None:
        raise ParseError(capture.url, "a notice of an expression that names no work")
    read = Work(document=document, title=value(expression, "EXPRESSION_TITLE/VALUE"), aliases=tuple(sorted(names)))
    found = resources.document(read, "")
    return Page(documents=() if found is None else (found,))
