"""One registry of ours over all protocols, which reaches every recording, and what is asked at which moment."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from crawler import protocols
from crawler.identifiers import same_address
from crawler.model import Link, Walk
from crawler.sources import loads
from crawler.text import slug
from tests.recordings import world
from tests.recordings.library import Recording

BEGIN = datetime(2010, 1, 1, tzinfo=UTC)
"""The first crawl: sources of single pages are watched from then on, so that what they show later is news."""
OWN_TIME = "2000-01-01"
AUTHORITY = "recordings.invalid"

_OGL = {
    "licence": "OGL-UK-3.0",
    "licence_url": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    "attribution": "Contains public sector information licensed under the Open Government Licence v3.0.",
    "copy": "public",
}
_OPL = {
    "licence": "OPL-3.0",
    "licence_url": "https://www.parliament.uk/site-information/copyright-parliament/open-parliament-licence/",
    "attribution": "Contains Parliamentary information licensed under the Open Parliament Licence v3.0.",
    "copy": "public",
}
_EU = {
    "licence": "CC-BY-4.0",
    "licence_url": "https://eur-lex.europa.eu/content/legal-notice/legal-notice.html",
    "attribution": "© European Union",
    "copy": "public",
}
_PUBLISHERS: dict[str, dict[str, str]] = {
    "legislation.gov.uk": {"name": "The National Archives (legislation.gov.uk)", "jurisdiction": "UK", **_OGL},
    "legislation.data.gov.uk": {"name": "The National Archives (legislation.gov.uk)", "jurisdiction": "UK", **_OGL},
    "gov.uk": {"name": "GOV.UK", "jurisdiction": "United Kingdom", **_OGL},
    "modernslavery.gov.uk": {"name": "Home Office", "jurisdiction": "United Kingdom", **_OGL},
    "parliament.uk": {"name": "UK Parliament", "jurisdiction": "United Kingdom", **_OPL},
    "theyworkforyou.com": {"name": "UK Parliament", "jurisdiction": "United Kingdom", **_OPL},
    "gov.scot": {"name": "Scottish Government", "jurisdiction": "Scotland", **_OGL},
    "gov.wales": {"name": "Welsh Government", "jurisdiction": "Wales", **_OGL},
    "communities-ni.gov.uk": {"name": "Department for Communities (NI)", "jurisdiction": "Northern Ireland", **_OGL},
    "health-ni.gov.uk": {"name": "Department of Health (NI)", "jurisdiction": "Northern Ireland", **_OGL},
    "justice-ni.gov.uk": {"name": "Department of Justice (NI)", "jurisdiction": "Northern Ireland", **_OGL},
    "nisra.gov.uk": {"name": "NISRA", "jurisdiction": "Northern Ireland", **_OGL},
    "ons.gov.uk": {"name": "Office for National Statistics", "jurisdiction": "United Kingdom", **_OGL},
    "nationalarchives.gov.uk": {"name": "Find Case Law", "jurisdiction": "England and Wales"},
    "nottingham.ac.uk": {"name": "University of Nottingham Rights Lab", "jurisdiction": "United Kingdom"},
    "publications.europa.eu": {"name": "Publications Office of the EU", "jurisdiction": "European Union", **_EU},
    "eur-lex.europa.eu": {"name": "Publications Office of the EU", "jurisdiction": "European Union", **_EU},
    "europarl.europa.eu": {"name": "European Parliament", "jurisdiction": "European Union", **_EU},
    "eurojust.europa.eu": {"name": "Eurojust", "jurisdiction": "European Union", **_EU},
    "health.ec.europa.eu": {"name": "European Commission", "jurisdiction": "European Union", **_EU},
    "echr.coe.int": {"name": "European Court of Human Rights", "jurisdiction": "Council of Europe"},
    "coe.int": {"name": "Council of Europe", "jurisdiction": "Council of Europe"},
    "un.org": {"name": "United Nations Office on Drugs and Crime", "jurisdiction": "International"},
}
"""By the end of a host, the longest that fits, who publishes there; words are shown under open licences alone."""

_STARTS = {
    "legislation": (
        "https://www.legislation.gov.uk/title/of-the-recordings/data.feed", "application/atom+xml",
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Nothing</title><updated>2000-01-01T00:00:00Z</updated>'
        "</feed>",
    ),
    "govuk": (
        "https://www.gov.uk/api/search.json?q=recordings", "application/json",
        '{"results": [], "total": 0, "start": 0}',
    ),
    "cellar": (
        "https://publications.europa.eu/webapi/rdf/sparql?query=recordings", "application/sparql-results+json",
        '{"head": {"vars": ["work", "celex", "title"]}, "results": {"bindings": []}}',
    ),
    "europarl": (
        "https://data.europarl.europa.eu/api/v2/adopted-texts", "application/ld+json", '{"data": [], "@context": []}',
    ),
    "parliament": (
        "https://bills-api.parliament.uk/api/v1/Bills?SearchTerm=recordings", "application/json",
        '{"items": [], "totalResults": 0, "itemsPerPage": 20}',
    ),
}  # fmt: skip
"""By protocol, what a source of single pages starts from: a list of ours in which there is nothing."""


def moments(recordings: Iterable[Recording]) -> list[datetime]:
    """Return the moments of the crawls: a first one without recordings, then the fewest that show each.

    At one of them each recording is the newest of its address.
    """
    times: dict[str, list[datetime]] = {}
    for each in recordings:
        times.setdefault(same_address(each.url), []).append(each.time)
    spans = []
    for of_one in times.values():
        ordered = sorted(of_one)
        spans += list(zip(ordered, [*ordered[1:], datetime.max.replace(tzinfo=UTC)], strict=True))
    chosen: list[datetime] = []
    for start, end in sorted(spans, key=lambda span: span[1]):
        if not any(start <= moment < end for moment in chosen):
            chosen.append(max(begin for begin, stop in spans if begin < end and stop >= end))
    return [BEGIN, *sorted(chosen)]


def sources(recordings: Sequence[Recording]) -> str:
    """Return a sources.yaml: a source for each recorded list, and those that are asked for single pages."""
    made: dict[str, dict[str, object]] = {}
    lists: dict[str, str] = {}
    for each in recordings:
        if each.reader.role != "listing":
            made.setdefault(name_of(each), _single(each))
        elif same_address(each.url) not in lists:
            name = f"{name_of(each)}-list-{len(lists) + 1}"
            lists[same_address(each.url)] = name
            made[name] = _source(name, each, each.url)
    publishers = {_publisher(each.url): _about(each.url) for each in recordings}
    head = {"settings": {"contact": "watch@sample.invalid", "authority": AUTHORITY}, "publishers": publishers}
    return json.dumps({**head, "sources": list(made.values())}, indent=1)


def name_of(recording: Recording) -> str:
    """Return the id of the source that is asked for a recording that is no list."""
    reader = recording.reader
    more = f"-{slug(str(next(iter(reader.options.values()))))}" if reader.protocol == "page" and reader.options else ""
    return f"{reader.protocol}-{_publisher(recording.url)}-{reader.kind.replace('_', '-')}{more}"


def _single(recording: Recording) -> dict[str, object]:
    name = name_of(recording)
    known = _STARTS.get(recording.reader.protocol)
    return _source(name, recording, known[0] if known else f"https://{AUTHORITY}/about/{name}")


def _source(name: str, recording: Recording, url: str) -> dict[str, object]:
    reader = recording.reader
    return {
        "id": name, "name": _spoken(name, recording), "publisher": _publisher(recording.url), "kind": reader.kind,
        "protocol": reader.protocol,
        "url": url, "expect": {"min": 0, "zero": True}, "options": dict(reader.options),
        **({} if reader.role == "listing" else {"topics": ["offences_law"]}),
    }  # fmt: skip


def _spoken(name: str, recording: Recording) -> str:
    """Return what readers see of a source: who publishes, what, and for a list its number."""
    words = f"{_about(recording.url)['name']}, {recording.reader.kind.replace('_', ' ')}"
    number = name.rpartition("-list-")[2]
    return f"{words}, list {number}" if number.isdigit() else words


def _ending(url: str) -> str:
    host = urlsplit(url).netloc
    return max((end for end in _PUBLISHERS if f".{host}".endswith(f".{end}")), key=len)


def _publisher(url: str) -> str:
    return slug(_ending(url))


def _about(url: str) -> dict[str, str]:
    return _PUBLISHERS[_ending(url)]


def asked(recordings: Iterable[Recording], after: datetime, until: datetime) -> dict[str, list[Link]]:
    """Return the single pages whose newest recording of a moment is newer than the moment before, by source."""
    newest: dict[str, Recording] = {}
    for each in sorted(recordings, key=lambda each: each.time):
        if each.time <= until and each.reader.role != "listing":
            newest[same_address(each.url)] = each
    links: dict[str, list[Link]] = {}
    for each in newest.values():
        if each.time > after:
            links.setdefault(name_of(each), []).append(Link(url=each.url, role=each.reader.role))
    return links


def own(text: str, clocks: Iterable[datetime]) -> list[tuple[str, str, str]]:
    """Return what sources of single pages start from, as address, media type and body."""
    answers: dict[str, tuple[str, str]] = {}
    for source in loads(text, "sources.yaml").sources.values():
        known = _STARTS.get(source.protocol)
        if known is not None and source.url == known[0]:
            for clock in clocks:
                for link in protocols.protocol_of(source).start(source, Walk(clock=clock, cursor="")):
                    answers[link.url] = known[1:]
        elif urlsplit(source.url).netloc == AUTHORITY:
            words = f"<p>Recordings of {source.id} are replayed.</p>"
            head = f"<title>About {source.id}</title>"
            page = f"<!doctype html>{head}<main class='ep-a_text'><h1>About {source.id}</h1>{words}</main>"
            answers[source.url] = ("text/html", page)
    return [(url, media, body) for url, (media, body) in answers.items()]


def pack(folder: Path, recordings: Iterable[Recording], answers: Iterable[tuple[str, str, str]]) -> Path:
    """Pack recordings, and answers of ours, into a WARC; two of one address keep the times that they have."""
    bodies = folder / "bodies"
    bodies.mkdir(parents=True, exist_ok=True)
    rows: list[world.Row] = []
    for url, media, body in answers:
        rows.append({"url": url, "content_type": media, "recorded": OWN_TIME, "body": body.encode(), "status": 200})
    for each in recordings:
        time = f"{each.time.replace(microsecond=0):%Y-%m-%dT%H:%M:%SZ}"
        rows.append(
            {"url": each.url, "content_type": each.media, "recorded": time, "body": each.body, "status": each.status}
        )
    for number, row in enumerate(rows):
        file = bodies / f"{number:04d}"
        file.write_bytes(row.pop("body"))
        row["file"] = str(file)
    return world.pack(folder, rows)
