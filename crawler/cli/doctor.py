"""Commands that look at sources once and keep nothing: doctor."""

import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from crawler import protocols
from crawler.add.yaml_lines import one_line
from crawler.archive import Archive
from crawler.cli import common
from crawler.cli.progress import show_progress
from crawler.errors import ConfigError, StorageError
from crawler.model import Capture, Walk
from crawler.run.adopting import Adopted, adopt, raised, raw_sources, read_report
from crawler.run.doctor import SourceCheck, licence_pages, looks, only_capture, pages_registry
from crawler.run.doctor import write as write_report
from crawler.run.files import SHIPPED, write_whole
from crawler.run.options import ARCHIVE, DATABASE, Options, check
from crawler.sources import Registry, loads
from crawler.sources.yaml_positions import compose, read_text
from crawler.store import Store, crawls
from crawler.text import counted, moment


@click.command()
@common.data_option
@common.sources_option
@common.decisions_option
@click.option("--source", "names", multiple=True, metavar="ID", help="Only this source; may be repeated.")
@click.option(
    "--record", "out", type=click.Path(path_type=Path, dir_okay=False), metavar="WARC",
    help="Keep what the sources answered as this file, for --replay and for fixtures.",
)  # fmt: skip
@click.option(
    "--replay", multiple=True, type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="WARC",
    help="Look at this archive instead of the network; may be repeated.",
)  # fmt: skip
@click.option(
    "--report", type=click.Path(path_type=Path), metavar="DIR",
    help="Write what was seen into this new folder, to be sent back: no contact, words about people masked.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Ask nothing: say what each source would be asked first.")
@click.option("--by-hand", is_flag=True, help="Try the links of the documents kept by hand instead of the sources.")
@common.minutes_option(30.0)
def doctor(out: Path | None, report: Path | None, by_hand: bool, dry_run: bool, **given: Any) -> None:
    """Ask each enabled source for one page, and say whether it is what sources.yaml takes it for.

    Is it reachable, allowed by robots.txt, of the format expected, with plausible dates, is its licence there. Exits
    with 1 if anything differs. Neither database nor feeds are touched.
    """
    if out is not None and out.exists():
        raise ConfigError(f"{out}: exists already")
    if dry_run:
        _say_first(given)
        return
    with tempfile.TemporaryDirectory(prefix="roundup-") as scratch:
        options = _options(given, Path(scratch))
        if by_hand:
            _try_links(options)
            return
        looked = _looked(options)
        if report is not None:
            _write(report, options, looked)
        found = [*looked, *_licences(options)]
        if out is not None:
            _keep(Path(scratch), out)
    for look in found:
        click.echo(f"{'differs' if look.differs else 'ok':<8} {look.source}: {'; '.join(look.found) or 'no answer'}")
        for each in look.differs:
            click.echo(f"         {each}")
    wrong = sum(bool(look.differs) for look in found)
    click.echo(
        f"{len(found)} looked at, {counted(wrong, 'differs', 'differ')}"
        if wrong
        else f"{len(found)} looked at, all as expected"
    )
    sys.exit(1 if wrong else 0)


def _options(given: Mapping[str, Any], scratch: Path) -> Options:
    """Return what a crawl that looks once is asked to do, from the options of the command."""
    found = common.configured(given["sources"])
    options = Options(
        data=scratch / "sources", registry=found.registry, sources_text=found.sources, local_text=found.local,
        names=given["names"], replay=given["replay"], minutes=given["minutes"], look=True,
        redacted=common.load_redacted(given["data"], given["decisions"], given["sources"]),
    )  # fmt: skip
    check(options)
    return options


def _say_first(given: Mapping[str, Any]) -> None:
    """Say of each source what a walk of now begins with."""
    registry = common.registry(given["sources"])
    if unknown := [name for name in given["names"] if name not in registry.sources]:
        raise ConfigError(f"{unknown[0]}: no such source")
    for source in registry.sources.values():
        if source.id not in given["names"] if given["names"] else not source.enabled:
            continue
        links = list(protocols.start(source, Walk(clock=datetime.now(UTC))))
        more = f", then {counted(len(links) - 1, 'more link')}" if len(links) > 1 else ""
        first = f"{links[0].method} {links[0].url}" if links else "nothing"
        click.echo(f"{source.id}: {first}{more}")


def _write(folder: Path, options: Options, looked: Sequence[SourceCheck]) -> None:
    """Write the report of a look, with what each source answered."""
    captures: dict[str, Capture] = {}
    with Store.open(options.data / DATABASE) as store, Archive.open(options.data / ARCHIVE, read_only=True) as archive:
        last = crawls.current(store)
        for look in looked:
            if last is not None and (capture := only_capture(store, archive, last["id"], look.source)) is not None:
                captures[look.source] = capture
        clock = moment(last["clock"] if last else "")
    write_report(folder, options.registry, looked, captures, clock)
    click.echo(f"{folder}: written; please look through it before you send it")


def _try_links(options: Options) -> None:
    """Ask once for each link that is kept by hand, and say what answers: a refusal is what was expected."""
    kept: dict[str, str] = {}
    for each in options.registry.curated.by_hand.kept:
        kept.setdefault(each.url, f"{each.publisher}: {each.title}")
    found = look_at(options, list(kept)) if kept else []
    for url, look in zip(kept, found, strict=True):
        click.echo(f"{'refused' if look.differs else 'answers':<8} {url} ({kept[url]})")
        click.echo(f"         {'; '.join((*look.found, *look.differs)) or 'no answer'}")
    answering = sum(not look.differs for look in found)
    click.echo(f"{counted(len(kept), 'link')} tried, {counted(answering, 'answers', 'answer')}")


def _looked(options: Options) -> list[SourceCheck]:
    """Return what one crawl that looks at its sources shows of each."""
    from crawler.spiders.engine import crawl as run_engine

    with show_progress() as show:
        result = run_engine(options, progress=show)
    with Store.open(options.data / DATABASE) as store:
        last = crawls.current(store)
        clock = moment(last["clock"] if last else "")
        return looks(store, options.registry, options.names, result.crawl, clock)


def _licences(options: Options) -> list[SourceCheck]:
    """Return what a look at the pages of licences shows, under the names of their publishers."""
    pages = licence_pages(options.registry, options.names)
    if not pages:
        return []
    looked = look_at(options, list(pages))
    names = [f"licence of {publisher.name}" for publisher in pages.values()]
    return [
        SourceCheck(source=name, found=look.found, differs=look.differs)
        for name, look in zip(names, looked, strict=True)
    ]


def look_at(options: Options, urls: list[str]) -> list[SourceCheck]:
    """Return what a look at pages that are no source shows of each, with the settings and hosts of a registry."""
    text = pages_registry(options.registry, urls)
    pages: Registry = loads(text, "pages")
    return _looked(
        Options(
            data=options.data.with_name("pages"), registry=pages, sources_text=text, replay=options.replay,
            minutes=options.minutes, look=True, redacted=options.redacted,
        )
    )  # fmt: skip


def see(options: Options, url: str) -> tuple[SourceCheck, Capture | None]:
    """Return what one look at a page shows, and its answer, None where there was none.

    ``options.data`` names a directory that is not there yet: the look is kept beside it.
    """
    (look,) = look_at(options, [url])
    data = options.data.with_name("pages")
    with Store.open(data / DATABASE) as store, Archive.open(data / ARCHIVE, read_only=True) as archive:
        last = crawls.current(store)
        return look, only_capture(store, archive, last["id"] if last else "", look.source)


def _keep(scratch: Path, out: Path) -> None:
    """Write what was archived into one file: files of WARC records may be joined."""
    with ExitStack() as stack, out.open("xb") as joined:
        for path in sorted(scratch.glob(f"*/{ARCHIVE}/*.warc.gz"), reverse=True):
            shutil.copyfileobj(stack.enter_context(path.open("rb")), joined)
    click.echo(f"{out}: recorded")


OUT = Path("tests/adopted")


def _editable(sources: Path) -> str:
    """Return the text of a registry that may be changed."""
    common.registry(sources)
    if sources == SHIPPED:
        raise ConfigError("the registry that is installed is not to be changed; name one of yours with --sources")
    return read_text(sources)


@click.command("adopt")
@common.sources_option
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=OUT, show_default=True,
    help="Folder for the fixtures.",
)  # fmt: skip
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
def adopt_report(folder: Path, sources: Path, out: Path) -> None:
    """Make a report of doctor into fixtures, and raise the evidence of what answered as expected to recorded.

    What answered otherwise becomes a fixture, too, and is told; its evidence stays.
    """
    text = _editable(sources)
    value: Any = compose(text, str(sources)).value
    known = {each["id"]: each for each in raw_sources(value)}
    day, told = read_report(folder)
    found: list[Adopted] = []
    unchanged: set[str] = set()
    for each in told:
        if (raw := known.get(each["id"])) is None:
            click.echo(f"unknown  {each['id']}: {sources} has it no more")
            continue
        found.append(adopt(folder, each, raw, value["publishers"][raw["publisher"]], out))
        if found[-1].differs:
            continue
        if (changed := raised(text, each["id"], day)) is not None:
            text = changed
        elif raw.get("evidence") != "recorded":
            unchanged.add(each["id"])
    try:
        write_whole(sources, text)
    except OSError as error:
        raise StorageError(f"{sources}: {error.strerror or error}") from error
    for one in found:
        state = "differs" if one.differs else "by hand" if one.source in unchanged else "recorded"
        click.echo(f"{state:<8} {one.source}: {one.fixture or 'no fixture'}")
        for line in one.differs:
            click.echo(f"         {one_line(line)}")
        if one.source in unchanged:
            click.echo(
                f"         its evidence in {sources} is not changed, as it does not stand on a line of its own;"
                f" write: evidence: recorded  # its answer of {day} was read"
            )
    differing = sum(bool(one.differs) for one in found)
    by_hand = f", {len(unchanged)} to be written by hand" if unchanged else ""
    recorded = counted(len(found) - differing - len(unchanged), "source")
    click.echo(f"{recorded} recorded on {day}{by_hand}, {differing} as before")
