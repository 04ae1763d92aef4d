"""A site whose captures are taken as evidence, what is in a file of evidence, and whether it is whole."""

import gzip
import io
import zipfile
import zlib
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

from crawler.archive import Archive, Exchange
from crawler.archive import records as warc
from crawler.run.options import ARCHIVE, DATABASE
from crawler.store import Store
from tests.fold.world import SOURCES, START, Site, crawl

FEED = "https://a.sample.invalid/feed.xml"
PAGE = "https://a.sample.invalid/p/1"
MOVED = "https://a.sample.invalid/old"
SUSPECT = "Marigoldsuspect"
NEWS = SOURCES.replace("kind: guidance", "kind: news")


def page(text: str) -> str:
    words = "This sample page is about human trafficking and says so at some length. " * 12
    head = "<html><head><title>Sample page</title></head><body><main><h1>Sample page</h1>"
    return f"{head}<p>{words}{text}</p></main></body></html>"


def site(text: str = "First.") -> Site:
    made = Site(tags=True)
    made.feed([(PAGE, "Trafficking guidance", "About trafficking"), (MOVED, "Trafficking moved", "About slavery")])
    made.put(PAGE, page(text))
    made.put("https://a.sample.invalid/new", page("Another."))
    made.moves[MOVED] = (301, "https://a.sample.invalid/new")
    return made


def opened(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        assert found.testzip() is None
        return {name: found.read(name) for name in found.namelist()}


def verified(parts: dict[str, bytes]) -> None:
    """Check the sums, and read the WARC file with both libraries, every digest."""
    lines = (line.split("  ") for line in parts["SHA256SUMS"].decode().splitlines())
    sums = {name: digest for digest, name in lines}
    assert sums == {name: sha256(data).hexdigest() for name, data in parts.items() if name != "SHA256SUMS"}
    seen = []
    for record in ArchiveIterator(io.BytesIO(parts["capture.warc.gz"]), check_digests="raise"):
        record.content_stream().read()
        seen.append((record.rec_type, record.rec_headers.get_header("WARC-Record-ID")))
    fast = list(FastIterator(io.BytesIO(parts["capture.warc.gz"]), parse_http=False))
    assert [one.record_id for one in fast] == [name for _, name in seen]
    for one in FastIterator(io.BytesIO(parts["capture.warc.gz"]), parse_http=False):
        assert one.verify_block_digest()
    assert seen[0][0] == "warcinfo" and len({name for _, name in seen}) == len(seen)


def fetches(data: Path, url: str) -> list[dict[str, object]]:
    with Store.open(data / DATABASE) as store:
        return store.all("select * from fetches where url=? order by id", url)


def read_anew(data: Path) -> None:
    """Record where the answers stand now, as a rebuild does."""
    archive = Archive.open(data / ARCHIVE, read_only=True)
    with Store.open(data / DATABASE) as store, store.transaction():
        for one in archive.records():
            if isinstance(one, Exchange):
                place = {"file": one.place.file, "offset": one.place.offset, "length": one.place.length}
                store.update("fetches", {"exchange": one.link["exchange"], "hop": one.link["hop"]}, place)


def private(data: Path, text: str) -> Path:
    made = Site()
    made.feed(
        [(PAGE, "Two charged with trafficking", f"{SUSPECT} of Sampletown"), (MOVED, "Trafficker jailed", SUSPECT)]
    )
    made.put(PAGE, page(f"{SUSPECT} was charged."))
    made.put("https://a.sample.invalid/new", page(SUSPECT))
    made.moves[MOVED] = (301, "https://a.sample.invalid/new")
    answer = made.answer

    def named(url: str, *rest: object) -> object:
        found = answer(url, *rest)  # type: ignore[arg-type]
        return found and replace(found, headers=(*found.headers, ("X-Title", SUSPECT), ("ETag", '"1"')))

    made.answer = named  # type: ignore[method-assign, assignment]
    crawl(data, made, START, text=text)
    return data


def changed(path: Path, old: bytes, new: bytes, *, honest: bool) -> None:
    """Write a file of the archive anew with other words in it; ``honest`` mends the digests too."""
    rest, out = path.read_bytes(), b""
    while rest:
        unpacker = zlib.decompressobj(31)
        data = unpacker.decompress(rest)
        length = len(rest) - len(unpacker.unused_data)
        if old in data and data.startswith(b"WARC/1.1"):
            data = data.replace(old, new)
            if honest:
                head, _, block = data.partition(b"\r\n\r\n")
                block = block[:-4]
                body = block.partition(b"\r\n\r\n")[2]
                lines = [line for line in head.split(b"\r\n") if not line.startswith((b"WARC-Block", b"WARC-Payload"))]
                sums = (b"WARC-Block-Digest: " + warc.digest(block).encode(),
                        b"WARC-Payload-Digest: " + warc.digest(body).encode())  # fmt: skip
                data = b"\r\n".join((*lines, *sums)) + b"\r\n\r\n" + block + b"\r\n\r\n"
            packed = gzip.compress(data, mtime=0)
        else:
            packed = rest[:length]
        out, rest = out + packed, rest[length:]
    path.write_bytes(out)
