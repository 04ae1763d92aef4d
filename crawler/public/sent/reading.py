"""The child process: what a form, a file or a text holds, and what that cites. No word of it goes anywhere else."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote

from crawler.bodies import files, pdf
from crawler.bodies.office import docx, odt
from crawler.bodies.values import Content
from crawler.classify.toolkit.laws import guidance
from crawler.classify.toolkit.values import Passage
from crawler.errors import LimitError, ParseError
from crawler.identifiers.acts import spelled
from crawler.identifiers.citations import Citation, Reader
from crawler.identifiers.titled import titled
from crawler.model import Capture
from crawler.public.sent.process import MAX_BYTES, MAX_MENTIONS, HeldLaw, Mention, Sent
from crawler.text import clean
from crawler.wording import legal

READERS: dict[str, Callable[..., Content]] = {"docx": docx.document, "odt": odt.document, "pdf": pdf.document}
"""Files that are read, by kind."""
NOT_READ = "not read here: send DOCX, ODT or PDF, or paste the text"
OF_OFFICE = "not read here: a Word file of before 2007, or one with a password; save it as DOCX without one"
_OLE = b"\xd0\xcf\x11\xe0"
FORMS = ("html", "csv", "text")
FIELDS = frozenset({"text", "file", "day", "form"})
_MAX_HEAD = 2_000
_BOUNDARY = re.compile(r'(?i);\s*boundary="?([^\s";]{1,70})')
_NAME = re.compile(r'(?i)^[ \t]*content-disposition:\s*form-data[^\r\n]*?;\s*name="?([^"\r\n;]*)', re.M)
_FILE_NAME = re.compile(r'(?i);\s*filename="([^"\r\n]{1,500})')
_TYPE = re.compile(r"(?i)^[ \t]*content-type:[ \t]*([^\r\n]{1,200})", re.M)
_Key = tuple[str, str]
_Found = tuple[int, int, Citation | str]
_MAX_WORDS = 200
_MAX_AROUND = 70


def read(capture: Capture, known: HeldLaw) -> Sent:
    """Return what a form, a file or a plain text that was sent cites, by the media type that is stated.

    ``known`` is what is held (:func:`crawler.public.known.known`).

    Raises:
        ParseError: it cannot be read, with the reason.
    """
    if capture.media_type != "multipart/form-data":
        return _cited(*_passages(capture), known)
    fields = _fields(capture)
    day, form = (_text(fields, name, 20).strip() for name in ("day", "form"))
    if form not in ("", *FORMS):
        raise ParseError(capture.url, f"there is no form {form!r} of the answer")
    (head, body), text = fields.get("file", ("", b"")), _text(fields, "text")
    if max(len(value) for _, value in fields.values()) > MAX_BYTES:
        raise LimitError(capture.url, "more bytes than are read")
    if bool(body) == bool(text.strip()):
        wrong = "both a text and a file were sent: send one" if body else "neither a text nor a file was sent"
        raise ParseError(capture.url, wrong)
    if body:
        named, typed = _FILE_NAME.search(head), _TYPE.search(head)
        headers = (("content-type", typed[1] if typed else ""),)
        sent = replace(capture, url=f"/{quote(named[1]) if named else ''}", headers=headers, body=body)
        found = _cited(*_passages(sent), known)
    else:
        found = _cited([("", text)], (), known)
    return replace(found, day=day, form=form)


def _fields(capture: Capture) -> dict[str, tuple[str, bytes]]:
    """Return the fields of a form (RFC 7578) by their names: the head of each, and its value."""
    boundary = _BOUNDARY.search(capture.header("content-type"))
    mark = b"\r\n--" + boundary[1].encode("latin-1", "replace") if boundary else b""
    parts = (b"\r\n" + capture.body).split(mark) if mark else []
    if len(parts) < 3 or not parts[-1].startswith(b"--"):
        raise ParseError(capture.url, "it is no form that a browser sends")
    fields: dict[str, tuple[str, bytes]] = {}
    for part in parts[1:-1]:
        head, _, value = part.partition(b"\r\n\r\n")
        said = head[:_MAX_HEAD].decode("utf-8", "replace")
        name = _NAME.search(said)
        if name is None or name[1] not in FIELDS or name[1] in fields:
            raise ParseError(capture.url, "it is not the form of this page")
        fields[name[1]] = said, value
    return fields


def _text(fields: Mapping[str, tuple[str, bytes]], name: str, most: int | None = None) -> str:
    return fields[name][1][:most].decode("utf-8", "replace") if name in fields else ""


def _passages(capture: Capture) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
    """Return heading and text of each section of a file, and what of it could not be read."""
    if not capture.body.strip():
        raise ParseError(capture.url, "it is empty")
    kind = files.kind(capture)
    if kind == "txt":
        content = files.read(capture)
    elif kind in READERS:
        content = READERS[kind](capture.body, url=capture.url)
    else:
        raise ParseError(capture.url, OF_OFFICE if capture.body.startswith(_OLE) else NOT_READ)
    if not content.sections:
        raise ParseError(capture.url, "; ".join(each.detail for each in content.problems) or "it holds no text")
    problems = tuple(each.detail for each in content.problems)
    return [(each.heading, each.text) for each in content.sections], problems


def _cited(passages: list[tuple[str, str]], problems: tuple[str, ...], known: HeldLaw) -> Sent:
    found: dict[_Key, Mention] = {}
    counts: Counter[_Key] = Counter()
    texts = [legal(f"{heading}\n{words}" if heading else words) for heading, words in passages]
    reader = Reader(known=known.titles, about=known.about)
    reader.read_ahead(texts)
    papers = {title: id for title, id in known.titles.items() if not title.islower()}
    for (heading, _), text in zip(passages, texts, strict=True):
        place = clean(heading)
        for start, end, each in _named(reader, text, papers):
            for key, provision in _keys(each):
                counts[key] += 1
                if key not in found and len(found) < MAX_MENTIONS:
                    found[key] = _mention(text, start, end, each, provision, place)
    mentions = tuple(replace(each, count=counts[key]) for key, each in found.items())
    return Sent(mentions=mentions, more=len(counts) - len(found), characters=sum(map(len, texts)), problems=problems)


def _named(reader: Reader, text: str, papers: Mapping[str, str]) -> Iterator[_Found]:
    """Yield what a passage cites in its order, with its place; guidance that is named with its version as words."""
    cited: list[_Found] = [(each.start, each.end, each) for each in reader.read(text)]
    small = text.lower()
    for fact in guidance([Passage(place="", text=text)]):
        start = small.find(fact.value.lower())
        end = start + len(fact.value)
        if start >= 0:
            cited = _with_name(cited, start, end, fact.value)
    for title in titled(text, papers):
        cited = _with_name(cited, title.start, title.end, title)
    yield from sorted(cited, key=lambda each: each[:2])


def _with_name(cited: list[_Found], start: int, end: int, name: Citation | str) -> list[_Found]:
    """Return what is cited with the name of guidance in place of the laws that are named in it."""
    near = [each for each in cited if start < each[1] and each[0] < end]
    is_name = all(start <= first and last <= end and _is_whole(each) for first, last, each in near)
    return [*(each for each in cited if each not in near), (start, end, name)] if is_name else cited


def _is_whole(each: Citation | str) -> bool:
    """Whether a citation names a law as a whole: within the name of guidance it is a part of that name."""
    return not isinstance(each, str) and not each.provisions


def _keys(each: Citation | str) -> Iterator[tuple[_Key, str]]:
    """Yield what tells a citation from others, with the provision; one for each provision that is cited."""
    if isinstance(each, str):
        yield (each.lower(), ""), ""
        return
    document = each.document or f"title:{spelled(clean(each.name))}"
    yield from (((document, provision), provision) for provision in each.provisions or ("",))


def _mention(text: str, start: int, end: int, each: Citation | str, provision: str, place: str) -> Mention:
    before, words = text[max(0, start - _MAX_AROUND) : start], clean(text[start:end])
    name = each if isinstance(each, str) else clean(each.name)
    return Mention(
        family="guidance" if isinstance(each, str) else each.family,
        document="" if isinstance(each, str) else each.document,
        name=name,
        provision=provision,
        words=words if len(words) <= _MAX_WORDS else f"{words[:_MAX_WORDS]}…",
        before=clean(before if start <= _MAX_AROUND else before.partition(" ")[2]),
        after=clean(text[end : end + _MAX_AROUND].rpartition(" ")[0]),
        place=place,
    )
