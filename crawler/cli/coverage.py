"""The command that says what of a list of documents is held, or would be read: coverage."""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import click

from crawler.add.yaml_lines import one_line
from crawler.classify import relevance as words
from crawler.classify.relevance import Texts
from crawler.cli import bodies, common
from crawler.errors import ConfigError, IdentifierError
from crawler.identifiers import canonical_url, is_address, respelled
from crawler.protocols.elsewhere import by_title, elsewhere
from crawler.protocols.reaching import LINKED, Rule, rule
from crawler.protocols.reaching_uk import identity, of_effects
from crawler.protocols.unwatched import by_hand, closed
from crawler.protocols.wanted import Wanted, is_body
from crawler.public import coverage as held
from crawler.public.database import FILE, Connection, Row, connect
from crawler.sources import Host, Judgment, KeptByHand, Registry
from crawler.text import counted, slug

State = Literal["held", "reached", "by hand", "closed", "not reached"]
STATES: tuple[State, ...] = ("held", "reached", "by hand", "closed", "not reached")
COLUMNS = ("title", "publisher", "url")
_WIDTH = 50
_MAX_READ = 1000
"""Most characters of a title or name of a body that are looked at."""
_MAX_SHOWN = 200
"""Most characters of them in a line for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """A document of a list: the id of the one that is held, the rule that takes it, what is kept by hand, its host.

    ``said``: what its title alone says where the source of the rule keeps what is relevant; else the empty text.
    """

    wanted: Wanted
    document: str = ""
    rule: Rule | None = None
    said: str = ""
    by_hand: KeptByHand | Judgment | None = None
    closed: Host | None = None

    @property
    def state(self) -> State:
        """Return what became of it."""
        if self.document:
            return "held"
        if self.rule:
            return "reached"
        return "by hand" if self.by_hand else "closed" if self.closed else "not reached"


@click.command()
@common.data_option
@common.sources_option
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@click.argument("file", metavar="[LIST.csv]", required=False, type=click.Path(path_type=Path, dir_okay=False))
def coverage(data: Path, sources: Path, as_json: bool, file: Path | None) -> None:
    """Say of each document of a list (title, publisher, url) whether it is held, or which rule would read it.

    Where the list of a rule is not read to the end, it says how far; where only what is relevant is kept, how many
    titles do not tell. Closed: the host refuses programs. Without a list:
    by body, since when its lists are complete, how many documents they list, and how many are held.
    """
    registry = common.registry(sources)
    wanted = read(file) if file else ()
    common.settle_data(data)
    if (data / FILE).exists():
        with closing(connect(data / FILE)) as connection:
            covered, known = judge_documents(registry, wanted, connection), held.bodies(connection)
    else:
        click.echo(f"{data / FILE}: there is none yet, so nothing is held", err=True)
        covered, known = judge_documents(registry, wanted, None), {}
    found = _of_list(covered) if file else {"bodies": list(bodies.figures(registry, known))}
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for line in _told(found) if file else bodies.lines(found["bodies"]):
        click.echo(line)


def read(file: Path) -> tuple[Wanted, ...]:
    """Return the documents of a list; tell which titles and bodies are so long that their beginning alone is taken.

    Raises:
        ConfigError: it cannot be read, lacks a column, or has rows that name no document; says all that do not.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            rows = csv.DictReader(text, strict=True)
            if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
                raise ConfigError(f"{file}:1: no column {', '.join(missing)}; expected {', '.join(COLUMNS)}")
            read_rows = [(rows.line_num, row) for row in rows]
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: not UTF-8 (byte {error.start})") from error
    except csv.Error as error:
        raise ConfigError(f"{file}:{rows.line_num + 1}: not CSV: {error}") from error
    wrong = [f"{file}:{line}: {cause}" for line, row in read_rows for cause in _wrong(row)]
    if wrong:
        raise ConfigError("\n".join(wrong))
    return tuple(Wanted(**{name: _taken(row, name, f"{file}:{line}") for name in COLUMNS}) for line, row in read_rows)


def _taken(row: Mapping[str, str], name: str, place: str) -> str:
    text = row[name].strip()
    if name == "url" or len(text) <= _MAX_READ:
        return text
    click.echo(f"{place}: {name}: longer than {_MAX_READ:,} characters: the first of them are looked at", err=True)
    return text[:_MAX_READ]


def _wrong(row: Mapping[Any, Any]) -> Iterator[str]:
    if None in row or None in row.values():
        yield f"{'more' if None in row else 'fewer'} fields than columns; is a comma inside a title not in quotes?"
        return
    if not row["title"].strip():
        yield "no title"
    if row["url"].strip() and not is_address(row["url"]):
        yield f"url: {row['url']!r} is no address; expected http(s)://…, or nothing"
    if not row["publisher"].strip() and not row["url"].strip():
        yield "neither publisher nor url"


def judge_documents(registry: Registry, wanted: Sequence[Wanted], connection: Connection | None) -> list[Covered]:
    """Return what became of each document of a list, in its order; without a database nothing is held."""
    documents = _held(wanted, connection) if connection else {}
    named = {each: _names(each)[0] for each in wanted if each not in documents and _names(each)}
    effects = held.effects(connection, named.values()) if connection and named else []
    rules = {each: rule(registry, each) or _by_effects(registry, named.get(each, ""), effects) for each in wanted}
    return [
        Covered(
            wanted=each,
            document=documents.get(each, ""),
            rule=rules[each],
            said=_said(registry, each, rules[each]),
            by_hand=next((found for one in _spelled(each) if (found := by_hand(registry, one))), None),
            closed=closed(registry, each),
        )
        for each in wanted
    ]


def _said(registry: Registry, wanted: Wanted, rule: Rule | None) -> str:
    """Return the band of a document by its title alone, the empty text where its source keeps all, or none takes it."""
    if rule is None or registry.sources[rule.source].keep == "all":
        return ""
    kind = registry.sources[rule.source].kind
    return words.classify(Texts(title=wanted.title, publisher=wanted.publisher, kind=kind)).band


def _by_effects(registry: Registry, name: str, effects: Sequence[Row]) -> Rule | None:
    found = (Rule(source=source, words=words) for source, words in of_effects(registry, name, effects) if name)
    return next(found, None)


def _spelled(wanted: Wanted) -> Iterator[Wanted]:
    """Yield a document at its own address, and at others that are known to be the same."""
    yield wanted
    yield from (replace(wanted, url=other) for other in elsewhere(wanted.url))


def _held(wanted: Sequence[Wanted], connection: Connection) -> dict[Wanted, str]:
    names = {each: _names(each) for each in wanted}
    known = held.named(connection, {name for some in names.values() for name in some})
    found = {each: known[name] for each, some in names.items() for name in reversed(some) if name in known}
    titles = {slug(each.title) for each in wanted if each not in found} - {""}
    by_title: dict[str, list[Row]] = {}
    for row in held.titled(connection, titles):
        by_title.setdefault(slug(row["title"]), []).append(row)
    for each in wanted:
        for row in by_title.get(slug(each.title), ()) if each not in found else ():
            if is_body(each.publisher, row["publisher"], row["publisher_name"], row["author"]):
                found[each] = row["id"]
                break
    return found


def _names(wanted: Wanted) -> tuple[str, ...]:
    """Return what a document may be called, the identity that its own address tells first."""
    return tuple(name for each in (wanted.url, *elsewhere(wanted.url), *by_title(wanted)) for name in _at(each))


def _at(url: str) -> tuple[str, ...]:
    try:
        own = canonical_url(url)
        spelled = (own, *respelled(own))
        return (identity(url), *spelled, *(f"url:{each}" for each in spelled))
    except IdentifierError:
        return ()


def _of_list(covered: Sequence[Covered]) -> dict[str, Any]:
    bodies: dict[str, Counter[str]] = {}
    for each in covered:
        bodies.setdefault(each.wanted.publisher, Counter())[each.state] += 1
    states = Counter(each.state for each in covered)
    return {
        "documents": len(covered),
        **{state.replace(" ", "_"): states[state] for state in STATES},
        "newest_only": sum(each.state == "reached" and _limit(each) not in ("", LINKED) for each in covered),
        "linked_only": sum(each.state == "reached" and _limit(each) == LINKED for each in covered),
        "unsaid_only": sum(each.state == "reached" and each.said == "out" for each in covered),
        "bodies": [
            {
                "publisher": name,
                "documents": found.total(),
                **{state.replace(" ", "_"): found[state] for state in STATES},
            }
            for name, found in sorted(bodies.items())
        ],
        "rows": [
            {
                "title": each.wanted.title,
                "publisher": each.wanted.publisher,
                "url": each.wanted.url,
                "state": each.state,
                "document": each.document or None,
                "source": each.rule.source if each.rule else None,
                "rule": each.rule.words if each.rule else None,
                "newest": (each.rule.newest or None) if each.rule else None,
                "said": each.said or None,
                "by_hand": _kept(each.by_hand) or None,
                "closed": each.closed.closed if each.closed else None,
            }
            for each in covered
        ],
    }


def _limit(covered: Covered) -> str:
    return covered.rule.newest if covered.rule else ""


def _kept(kept: KeptByHand | Judgment | None) -> str:
    if isinstance(kept, Judgment):
        return f"{kept.citation}, {kept.url}"
    return f"{kept.reason}, {kept.url}" if kept else ""


def _told(found: Mapping[str, Any]) -> Iterator[str]:
    limits = {
        "newest_only": "only among the newest of a list",
        "linked_only": "only if a page that is read links to it",
        "unsaid_only": "only if their summary or text names the subject, as their title does not",
    }
    old = ", ".join(f"{found[key]} of them {words}" for key, words in limits.items() if found[key])
    old = f" ({old})" if old else ""
    yield (
        f"{counted(found['documents'], 'document')}: {found['held']} held, {found['reached']} reached{old},"
        f" {found['by_hand']} by hand, {found['closed']} closed, {found['not_reached']} not reached"
    )
    yield f"{'':<{_WIDTH}}{'documents':>10}" + "".join(f"{state:>13}" for state in STATES)
    for each in found["bodies"]:
        name = _shown(each["publisher"] or "not stated", _WIDTH - 1)
        figures = "".join(f"{each[state.replace(' ', '_')]:>13}" for state in STATES)
        yield f"{name:<{_WIDTH}}{each['documents']:>10}{figures}"
    for row in found["rows"]:
        yield f"{row['state']:<12} {_shown(row['title'])} ({_shown(row['publisher'])}){one_line(_why(row))}"


def _shown(text: str, most: int = _MAX_SHOWN) -> str:
    """Return a text of a list in one line of a terminal, without what is not printed, cut where it is long."""
    line = one_line(text)
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def _why(row: Mapping[str, Any]) -> str:
    if row["state"] == "held":
        return f": {row['document']}"
    if row["state"] == "reached":
        return ": " + ", ".join(row[key] for key in ("source", "rule", "newest") if row[key])
    if row["state"] in ("by hand", "closed"):
        return f": {row[row['state'].replace(' ', '_')]}"
    return "" if row["url"] else ": no address in the list, and no rule takes a title alone"
