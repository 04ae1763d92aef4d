"""A digest as plain text, HTML for mail, and Markdown. Nothing of a publisher's is markup in any of them."""

from collections.abc import Callable, Iterator, Mapping
from html import escape
from textwrap import wrap
from types import MappingProxyType

from crawler.feeds.digest import sentences
from crawler.feeds.digest.groups import UNCHECKED
from crawler.feeds.digest.values import Digest, Item
from crawler.feeds.feed import link
from crawler.feeds.plain import escape_markdown

WIDTH = 72
"""Characters of a line of plain text; addresses are never broken."""

_STYLE = (
    ":root{color-scheme:light dark}body{background:#fdfcf9;color:#1f2430}a{color:#0b4d66}.m{color:#505766}"
    "@media (prefers-color-scheme:dark){body{background:#15181c;color:#e8e5dd}a{color:#8fcbdf}.m{color:#b2b7c0}}"
)
_BODY = (
    "margin:0;padding:16px;overflow-wrap:anywhere;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif"
)
_H2 = "font-size:16px;margin:26px 0 10px;padding-bottom:4px;border-bottom:2px solid currentColor"
_SMALL = "margin:0 0 16px;font-size:14px"


def _count(items: tuple[Item, ...]) -> str:
    return f"{len(items):,}"


def _address(item: Item, digest: Digest) -> str:
    return digest.feed.address(f"entry/{item.entry.id}")


def text(digest: Digest) -> str:
    """Return a digest as plain text, with a line break at its end."""
    lines = ["", *_wrapped(sentences.title(digest)), ""]
    for said in sentences.opening(digest):
        lines += _wrapped(said)
    number = 0
    for heading, items in digest.groups:
        lines += _heading(f"{heading} ({_count(items)})")
        for item in items:
            number += 1
            lines += [*_item_text(item, digest, f"{number}. "), ""]
    for heading, rows in digest.lists:
        lines += _heading(f"{heading} ({len(rows):,})")
        for words, url in rows:
            lines += [*_wrapped(words, "* ", "  "), *_url(url, "  ")]
    if digest.gaps:
        lines += _heading(f"{UNCHECKED} ({len(digest.gaps):,})")
        for words, url in sentences.gaps(digest):
            lines += [*_wrapped(words, "* ", "  "), *_url(url, "  ")]
    lines += ["", "-" * WIDTH]
    for said in sentences.closing(digest):
        lines += _wrapped(said)
    return "\n".join([*lines[1:], *_url(digest.feed.page)]) + "\n"


def _heading(words: str) -> list[str]:
    return ["", words.upper(), "-" * WIDTH, ""]


def _item_text(item: Item, digest: Digest, number: str) -> Iterator[str]:
    inner = " " * len(number)
    lead = f"{item.lead}: " if item.lead else ""
    yield from _wrapped(lead + sentences.headline(item), number, inner)
    for part in sentences.body(item):
        yield from _wrapped(part, inner, inner)
    for words, url in sentences.listed(item):
        yield from (*_wrapped(words, f"{inner}- ", f"{inner}  "), *_url(url, f"{inner}  "))
    yield from _wrapped(sentences.context(item), inner, inner)
    official = link(item.entry.url)
    yield from (*_url(official, inner), *_url(_address(item, digest), inner))


def _wrapped(words: str, first: str = "", rest: str = "") -> list[str]:
    return wrap(
        words, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def _url(url: str, indent: str = "") -> list[str]:
    return [f"{indent}{link(url)}"] if link(url) else []


def markdown(digest: Digest) -> str:
    """Return a digest as Markdown (CommonMark)."""
    lines = [f"# {escape_markdown(sentences.title(digest))}"]
    lines += ["", *(escape_markdown(said) for said in sentences.opening(digest))]
    for heading, items in digest.groups:
        lines += ["", f"## {escape_markdown(heading)} ({_count(items)})"]
        for item in items:
            lines += ["", *_item_markdown(item, digest)]
    for heading, rows in digest.lists:
        lines += ["", f"## {escape_markdown(heading)} ({len(rows):,})", ""]
        lines += [f"- {_md_link(words, url)}" for words, url in rows]
    if digest.gaps:
        lines += ["", f"## {UNCHECKED} ({len(digest.gaps):,})", ""]
        lines += [f"- {_md_link(words, url)}" for words, url in sentences.gaps(digest)]
    lines += ["", "---", ""]
    lines += [escape_markdown(said) for said in sentences.closing(digest)]
    return "\n".join([*lines, *([f"<{digest.feed.page}>"] if digest.feed.page else [])]) + "\n"


def _item_markdown(item: Item, digest: Digest) -> Iterator[str]:
    lead = f"{escape_markdown(item.lead)}: " if item.lead else ""
    yield f"### {lead}{_md_link(sentences.headline(item), _address(item, digest) or item.entry.url)}"
    for part in sentences.body(item):
        yield from ("", escape_markdown(part))
    if documents := sentences.listed(item):
        yield from ("", *(f"- {_md_link(words, url)}" for words, url in documents))
    parts = [escape_markdown(sentences.context(item))]
    if official := link(item.entry.url):
        parts.append(f"[official page](<{official}>)")
    yield from ("", " · ".join(part for part in parts if part))


def _md_link(words: str, url: str) -> str:
    return f"[{escape_markdown(words)}](<{link(url)}>)" if link(url) else escape_markdown(words)


def html(digest: Digest) -> str:
    """Return a digest as an HTML document for mail: no script, no picture, nothing that is fetched."""
    return "".join(
        (
            '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            f"<title>{escape(sentences.title(digest))}</title>\n<style>{_STYLE}</style>\n</head>\n",
            f'<body style="{_BODY}">\n<main style="max-width:600px;margin:0 auto">\n',
            f'<h1 style="font-size:21px;line-height:1.25;margin:0 0 6px">{escape(sentences.title(digest))}</h1>\n',
            *(f"{_small(escape(said))}\n" for said in sentences.opening(digest)),
            *_groups_html(digest),
            *(f"{_small(escape(said))}\n" for said in (*sentences.closing(digest),)),
            f"{_small(_html_link('All entries of this filter', digest.feed.page))}\n" if digest.feed.page else "",
            "</main>\n</body>\n</html>\n",
        )
    )


def _groups_html(digest: Digest) -> Iterator[str]:
    for heading, items in digest.groups:
        yield f'<h2 style="{_H2}">{escape(heading)} ({_count(items)})</h2>\n'
        for item in items:
            yield from _item_html(item, digest)
    for heading, rows in digest.lists:
        yield f'<h2 style="{_H2}">{escape(heading)} ({len(rows):,})</h2>\n<ul>\n'
        yield from (f"<li>{_html_link(words, url)}</li>\n" for words, url in rows)
        yield "</ul>\n"
    if digest.gaps:
        yield f'<h2 style="{_H2}">{UNCHECKED} ({len(digest.gaps):,})</h2>\n<ul>\n'
        yield from (f"<li>{_html_link(words, url)}</li>\n" for words, url in sentences.gaps(digest))
        yield "</ul>\n"


def _item_html(item: Item, digest: Digest) -> Iterator[str]:
    lead = f"{escape(item.lead)}: " if item.lead else ""
    named = _html_link(sentences.headline(item), _address(item, digest) or item.entry.url)
    yield f'<h3 style="margin:0 0 4px;font-size:17px;line-height:1.3" dir="auto">{lead}{named}</h3>\n'
    for part in sentences.body(item):
        yield f'<p style="margin:0 0 2px" dir="auto">{escape(part)}</p>\n'
    if documents := sentences.listed(item):
        yield "<ul>" + "".join(f"<li>{_html_link(words, url)}</li>" for words, url in documents) + "</ul>\n"
    official = _html_link("official page", item.entry.url) if link(item.entry.url) else ""
    yield _small(" · ".join(part for part in (escape(sentences.context(item)), official) if part)) + "\n"


def _small(inner: str) -> str:
    return f'<p class="m" style="{_SMALL}">{inner}</p>'


def _html_link(words: str, url: str) -> str:
    return f'<a href="{escape(link(url))}">{escape(words)}</a>' if link(url) else escape(words)


def brief(digest: Digest) -> str:
    """Return a digest for a chat: headlines with their addresses, in groups, and what was not checked."""
    lines = list(sentences.opening(digest))
    for heading, items in digest.groups:
        lines += ["", f"{heading} ({_count(items)})"]
        for item in items:
            lead = f"{item.lead}: " if item.lead else ""
            lines += [f"- {lead}{sentences.headline(item)}", *_url(_address(item, digest) or item.entry.url, "  ")]
    for heading, rows in digest.lists:
        lines += ["", f"{heading} ({len(rows):,})", *(f"- {words}" for words, _ in rows)]
    if digest.gaps:
        lines += ["", f"{UNCHECKED} ({len(digest.gaps):,})", *(f"- {words}" for words, _ in sentences.gaps(digest))]
    return "\n".join([*lines, "", *sentences.closing(digest), *_url(digest.feed.page)]) + "\n"


FORMS: Mapping[str, Callable[[Digest], str]] = MappingProxyType(
    {"text": text, "html": html, "markdown": markdown, "brief": brief}
)
"""The forms of a digest, by name."""
