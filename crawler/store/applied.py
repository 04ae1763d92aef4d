"""How far the archive was applied: noted in the transaction of each record."""

from crawler.store.store import Row, Store

APPLIED = "applied "
"""Start of the keys of ``meta`` under which stands how many bytes of a file were applied; nothing after a redaction."""
POSITION = "position"


def note(store: Store, file: str, place: str, end: int) -> None:
    """Note, in the open transaction, that the record at a place of a file was applied, which ends there."""
    store.do(
        "insert into meta (key, value) values (?, ?), (?, ?) on conflict(key) do update set value=excluded.value",
        POSITION, place, f"{APPLIED}{file}", str(end),
    )  # fmt: skip


def files(store: Store) -> dict[str, int | None]:
    """Return the files a database was made from, in archive order, and how far; None where the length is not known."""
    rows = store.all("select key, value from meta where substr(key, 1, ?)=? order by key", len(APPLIED), APPLIED)
    return {row["key"].removeprefix(APPLIED): int(row["value"]) if row["value"] else None for row in rows}


def keys(store: Store) -> list[str]:
    """Return the keys under which the database notes what it was made from."""
    return [POSITION, *(f"{APPLIED}{file}" for file in files(store))]


def forget(store: Store) -> None:
    """Forget, in the open transaction, where records stand: files are about to be rewritten. Their names stay."""
    store.drop_meta(POSITION)
    for file in files(store):
        store.set_meta(f"{APPLIED}{file}", "")


def last_records(store: Store) -> list[Row]:
    """Return where the last answer of each file and the first entry of each crawl stand."""
    return store.all(
        "select file, max(offset) as offset, length from fetches where file<>'' group by file"
        " union all select file, offset, length from crawls order by file"
    )
