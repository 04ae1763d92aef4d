"""What a digest says in words of ours, the same in each of its forms. They tell facts, never what anyone is to do."""

from crawler.feeds import labels
from crawler.feeds.digest.values import Digest, Gap, Item
from crawler.feeds.labels import dated_headline, verb
from crawler.feeds.plain import SAMPLE, one_line
from crawler.text import counted
from crawler.wording import day, minute

NOTICE = "A finding aid, not legal advice: the official page counts."
NO_HELP = "This digest cannot take reports or give help. In danger: 999 (UK), 112 (EU)."
TOLD_BEFORE = "Told before; listed again for its date."
MAX_LISTED = 10
"""Most documents of one entry that a digest lists; the entry's page has all of them."""

MAX_GAPS = 20
"""Most sources that a digest names as not checked; the page of sources has all of them."""


def title(digest: Digest) -> str:
    """Return the title: how many entries, of which days, and the filter, for people forget that there is one."""
    words = f": {one_line(digest.feed.words)}" if digest.feed.words else ""
    sample = "[Sample] " if digest.feed.sample else ""
    return f"{sample}{counted(digest.number, 'entry')}, {digest.period.words}{words}"


def opening(digest: Digest) -> tuple[str, ...]:
    """Return the sentences at the top: what it is of, and how much of it was checked."""
    sample = (SAMPLE,) if digest.feed.sample else ()
    said = _checked(digest) if digest.number else _nothing(digest)
    return tuple(part for part in (digest.note, *sample, said) if part)


def _checked(digest: Digest) -> str:
    read, gaps = digest.sources - len(digest.gaps), len(digest.gaps)
    rest = f"; {gaps:,} could not be checked (at the end)" if gaps else ""
    return (
        f"{read:,} of {counted(digest.sources, 'source')} read completely, as often as planned{rest}.{_later(digest)}"
    )


def _nothing(digest: Digest) -> str:
    """Return what is said of a period without entries: what was checked, and what could not be."""
    read, gaps = digest.sources - len(digest.gaps), len(digest.gaps)
    when, total = digest.period.words, counted(digest.sources, "source")
    if digest.began[:10] > digest.period.last_day:
        return f"Nothing was watched yet in this period ({when}): the first reading was on {day(digest.began)}."
    if not read:
        return f"None of {total} could be checked, so nothing is known of this period ({when}).{_later(digest)}"
    where = f"{read:,} of {total}" if gaps else total
    rest = f"; {gaps:,} could not be checked and may have news (below)" if gaps else ""
    found = f"Nothing new or changed was found ({when}) in {where}, read completely as often as planned{rest}."
    return f"{found}{_later(digest)}"


def _later(digest: Digest) -> str:
    """Return that what is said of sources is of a later day, where the period ended before the newest reading."""
    is_over = digest.clock[:10] > digest.period.last_day
    return f" So they stood at the newest reading, on {day(digest.clock)}; not in this period." if is_over else ""


def headline(item: Item) -> str:
    """Return the headline of an entry, with its day where the group does not say it."""
    return one_line(item.entry.headline if item.lead else dated_headline(item.entry))


def body(item: Item) -> tuple[str, ...]:
    """Return the paragraphs below a headline, in the words of the entry."""
    entry = item.entry
    parts = (
        labels.state(entry),
        TOLD_BEFORE if item.is_told else "",
        entry.summary or verb(entry),
        *item.notes,
        f"This comes late: {entry.late.rstrip('.')}." if entry.late and not item.is_told else "",
        "" if entry.confirmed else labels.UNCONFIRMED,
    )
    return tuple(one_line(part) for part in parts if part)


def listed(item: Item) -> tuple[tuple[str, str], ...]:
    """Return the documents of an entry of several with their addresses, and how many more there are."""
    documents = [one for one in item.entry.documents if one.is_wanted]
    shown = [(one_line(labels.document_line(one)), one.url) for one in documents[:MAX_LISTED]]
    rest = len(item.entry.documents) - len(shown)
    return (*shown, *(((f"{counted(rest, 'more document')}: see the entry", ""),) if rest else ()))


def context(item: Item) -> str:
    """Return in one line where it applies and for whom it is."""
    entry = item.entry
    concerns = f"for {', '.join(entry.concerns)}" if entry.concerns else ""
    return one_line(" · ".join(part for part in (entry.jurisdiction, entry.publisher_name, concerns) if part))


def gaps(digest: Digest) -> tuple[tuple[str, str], ...]:
    """Return what could not be checked with its addresses: what has a fault first, then what was read once before.

    What was not read completely yet, without a fault, is named only where it is one.
    """
    listed = sorted(digest.gaps, key=lambda one: (not one.since, not one.last_success))
    known = sum(bool(one.since or one.last_success) for one in listed)
    number = known if len(listed) > known + 1 else len(listed)
    number = MAX_GAPS if number > MAX_GAPS + 1 else number
    shown = tuple((gap(one), one.url) for one in listed[:number])
    rest = len(listed) - number
    more = (
        f"{counted(rest, 'more source' if shown else 'source')}{' not read completely yet' if number >= known else ''}"
    )
    return (*shown, (f"{more}: see the page of sources", digest.feed.address("sources"))) if rest else shown


def gap(one: Gap) -> str:
    """Return since when a source was not read completely."""
    fault = f"a fault since {day(one.since)}; " if one.since else ""
    read = f"last read completely on {day(one.last_success)}" if one.last_success else "never read completely"
    by = f" ({one.publisher})" if one.publisher and one.publisher != one.name else ""
    return one_line(f"{one.name}{by}: {fault}{read}")


def closing(digest: Digest) -> tuple[str, ...]:
    """Return the sentences at the end."""
    clock = f"Sources last read: {minute(digest.clock)}." if digest.clock else ""
    return tuple(part for part in (NOTICE, NO_HELP, clock, *digest.footer) if part)
