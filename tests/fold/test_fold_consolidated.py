"""The first consolidation of an act tells what was amended: that it has no preamble is no event."""

import io
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.changes import apply, compare, digest, is_left_out
from crawler.model import Difference, Section, Version
from crawler.protocols.cellar import formex
from crawler.store import Store, versions
from tests.fold.tables import differences
from tests.fold.world import START, crawl, opened, rebuilt
from tests.protocols.cellar_samples import RESOURCE
from tests.protocols.test_cellar_crawl import ACT, CONSOLIDATED, TEXT, Office

RECORDED = Path(__file__).parents[2] / "../shared/recordings/publications.europa.eu/formex"
FORMEX = "application/zip;mtype=fmx4"
RECITALS = "".join(
    f"<CONSID><NP><NO.P>({number})</NO.P><TXT>A recital of ours, number {number}, that only a sample has: "
    f"{'it recalls what nobody ever said, and ' * 12}it ends.</TXT></NP></CONSID>"
    for number in range(1, 13)
)
INSTANCE = "<BIB.INSTANCE><DOCUMENT.REF FILE='x'><LG.OJ>EN</LG.OJ></DOCUMENT.REF><LG.DOC>EN</LG.DOC></BIB.INSTANCE>"


def articles(*texts: str) -> str:
    return "".join(
        f"<ARTICLE><TI.ART>Article {number}</TI.ART><ALINEA>{text}</ALINEA></ARTICLE>"
        for number, text in enumerate(texts, 1)
    )


def published(*texts: str) -> bytes:
    preamble = (
        "<PREAMBLE><PREAMBLE.INIT>THE SAMPLE PARLIAMENT,</PREAMBLE.INIT><GR.VISA><VISA>Having regard to nothing,</VISA>"
        f"</GR.VISA><GR.CONSID>{RECITALS}</GR.CONSID></PREAMBLE>"
    )
    final = "<FINAL><SIGNATURE><PL.DATE><P>Done at Sample, 5 April 2001.</P></PL.DATE></SIGNATURE></FINAL>"
    title = "<TITLE><TI><P>Sample Directive 2001/9001</P></TI></TITLE>"
    terms = f"<ENACTING.TERMS>{articles(*texts)}</ENACTING.TERMS>"
    return zipped(f"<ACT>{INSTANCE}{title}{preamble}{terms}{final}</ACT>")


def consolidated(*texts: str, production: str = "") -> bytes:
    produced = f" PROD.SEQ='{production}'" if production else ""
    info = f"<INFO.CONSLEG START.DATE='20240714' END.DATE='99999999'{produced}/>"
    terms = f"<CONS.DOC><TITLE><TI><P>Sample Directive 2001/9001</P></TI></TITLE><ENACTING.TERMS>{articles(*texts)}"
    return zipped(f"<CONS.ACT>{info}{terms}</ENACTING.TERMS></CONS.DOC></CONS.ACT>")


def zipped(text: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("L_2001EN.01000101.xml", text)
    return held.getvalue()


def read_on_two_days(data: Path, first: bytes, second: bytes) -> Office:
    office = Office()
    del office.site.pages[f"{RESOURCE}/celex/32001L9001.ENG.fmx4"]
    office.text(f"{RESOURCE}/celex/32001L9001.ENG.fmx4", first, FORMEX)
    crawl(data, office.site, START, text=TEXT)
    crawl(data, office.site, START + timedelta(hours=1), text=TEXT)
    office.amend()
    del office.site.pages[f"{CONSOLIDATED}.fmx4"]
    office.text(f"{CONSOLIDATED}.fmx4", second, FORMEX)
    crawl(data, office.site, START + timedelta(days=1), text=TEXT)
    return office


def amendments(store: Store) -> list[dict[str, object]]:
    rows = store.all("select * from announcements where document=? and version is not null order by seq", ACT)
    return [dict(row) for row in rows if row["previous"]]


TWO = ("Samples shall be taken by those who are named here.", "Samples shall be kept for as long as anybody wants.")


def test_the_first_consolidation_tells_what_was_amended_and_nothing_else(tmp_path: Path) -> None:
    read_on_two_days(tmp_path, published(*TWO), consolidated(TWO[0], "Samples shall be kept for five years."))
    with opened(tmp_path) as state:
        found = amendments(state.store)
        told = [(each["kind"], each["path"], each["occurred"]) for each in found if not each["silent"]]
        assert told == [("changed", "article-2", "2024-07-14")]
        rest = {(each["kind"], each["cause"], each["silent"]) for each in found if each["silent"]}
        assert rest == {("removed", "coverage", "coverage")}
        assert len([each for each in found if str(each["path"]).startswith("recital-")]) == 12
        entries = state.store.all("select summary from entries where document=? and announced is not null", ACT)
        assert [each["summary"] for each in entries] == [
            "On 14 July 2024, by Directive (EU) 2024/9712: article 2 changed: “as long as anybody wants” became"
            " “five years”."
        ]
        assert state.store.value("select count(*) from quarantine") == 0, (
            "a preamble that is left out is no shrunken text"
        )
        old, new = (
            versions.load(state.store, state.store.one("select * from versions where id=?", found[0][end]) or {})
            for end in ("previous", "version")
        )
        assert digest(apply(old, [stored(state.store, each) for each in found])) == digest(new)
        with rebuilt(tmp_path) as other:
            assert differences(state.store, other) == []


def produce_again(office: Office, again: bytes) -> None:
    """Let the office list a third production of the same day and serve a text there."""
    del office.site.pages[office.site.moves[f"{CONSOLIDATED}.fmx4"][1]]
    office.text(f"{CONSOLIDATED}.fmx4", again, FORMEX)
    acts = office.site.pages[office.acts]
    office.site.pages[office.acts] = (*acts[:2], acts[2].replace(b"2026-03-03T08:00", b"2026-03-04T08:00"))
    url = f"{RESOURCE}/celex/32001L9001"
    produced = "http://publications.europa.eu/resource/consolidation/2001L9001%2F20240714_0010030"
    link = (
        "<RESOURCE_LEGAL_CONSOLIDATED_BY_ACT_CONSOLIDATED type='link'><SAMEAS><URI><VALUE>"
        f"{produced}</VALUE></URI></SAMEAS></RESOURCE_LEGAL_CONSOLIDATED_BY_ACT_CONSOLIDATED>"
    )
    notice = office.site.pages[url]
    office.site.pages[url] = (*notice[:2], re.sub("(<WORK[^>]*>)", rf"\1{link}", notice[2].decode(), count=1).encode())


def test_a_new_production_of_the_same_date_corrects_the_text_of_that_day(tmp_path: Path) -> None:
    first = consolidated(TWO[0], "Samples shall be kept for five years.", production="001.001.0")
    office = read_on_two_days(tmp_path, published(*TWO), first)
    again = consolidated(TWO[0], "Samples shall be kept for six years.", production="001.002.0")
    produce_again(office, again)
    crawl(tmp_path, office.site, START + timedelta(days=2), text=TEXT)
    with opened(tmp_path) as state:
        labels = state.store.all("select label, valid_from from versions where document=? order by rowid", ACT)
        assert [tuple(row) for row in map(dict.values, labels)] == [
            ("as published", "2001-04-05"),
            ("02001L9001-20240714 (001.001)", "2024-07-14"),
            ("02001L9001-20240714 (001.002)", "2024-07-14"),
        ]
        found = [each for each in amendments(state.store) if not each["silent"]]
        assert [(each["path"], each["occurred"]) for each in found] == [
            ("article-2", "2024-07-14"),
            ("article-2", None),
        ]
        entries = state.store.all("select summary from entries where document=? order by rowid", ACT)
        summary = str(entries[-1]["summary"])
        assert "The consolidated text of 14 July 2024 was corrected; no new law." in summary
        assert "applies from" not in summary
        shown = state.store.one("select v.label from documents d join versions v on v.id=d.current where d.id=?", ACT)
        assert shown is not None and shown["label"] == "02001L9001-20240714 (001.002)"
        with rebuilt(tmp_path) as other:
            assert differences(state.store, other) == []


@pytest.mark.parametrize("number", ["001.001", "001.002"])
def test_an_older_production_read_later_and_the_same_one_again_are_no_news(tmp_path: Path, number: str) -> None:
    first = consolidated(TWO[0], "Samples shall be kept for six years.", production="001.002.0")
    office = read_on_two_days(tmp_path, published(*TWO), first)
    produce_again(office, consolidated(TWO[0], "Samples shall be kept for five years.", production=f"{number}.0"))
    crawl(tmp_path, office.site, START + timedelta(days=2), text=TEXT)
    with opened(tmp_path) as state:
        assert state.store.value("select count(*) from versions where label like ?", f"%({number})") in (1, 2)
        assert [change["occurred"] for change in amendments(state.store) if not change["silent"]] == ["2024-07-14"]
        shown = state.store.one("select v.label from documents d join versions v on v.id=d.current where d.id=?", ACT)
        assert shown is not None and shown["label"] == "02001L9001-20240714 (001.002)"


def stored(store: Store, change: dict[str, object]) -> Difference:
    """Return a stored change as the difference it was."""

    def side(number: object) -> Section | None:
        row = store.one("select * from sections where id=?", number)
        if row is None:
            return None
        return Section(path=row["path"], number=row["number"], heading=row["heading"], text=row["text"])

    return Difference(
        kind=change["kind"],  # type: ignore[arg-type]
        path=str(change["path"]),
        before=side(change["before_section"]),
        after=side(change["after_section"]),
        position=int(str(change["position"])),
    )


def test_a_consolidation_that_changes_nothing_announces_nothing(tmp_path: Path) -> None:
    read_on_two_days(tmp_path, published(*TWO), consolidated(*TWO))
    with opened(tmp_path) as state:
        assert [each for each in amendments(state.store) if not each["silent"]] == []
        assert state.store.value("select count(*) from entries where document=? and announced is not null", ACT) == 0
        assert state.store.value("select changed from documents where id=?", ACT) is None
        assert state.store.value("select count(*) from versions where document=?", ACT) == 2


def test_an_act_as_published_that_loses_its_recitals_is_told(tmp_path: Path) -> None:
    """Only the text that says what it leaves out is excused."""
    long = tuple(f"{text} {'It is said at length, so that nothing is held as cut. ' * 80}" for text in TWO)
    bare = zipped(f"<ACT>{INSTANCE}<TITLE><TI><P>Sample Directive 2001/9001</P></TI></TITLE>"
                  f"<ENACTING.TERMS>{articles(*long)}</ENACTING.TERMS></ACT>")  # fmt: skip
    read_on_two_days(tmp_path, published(*long), bare)
    with opened(tmp_path) as state:
        told = [str(each["path"]) for each in amendments(state.store) if not each["silent"]]
        assert len([path for path in told if path.startswith("recital-")]) == 12 and "signature" in told


@pytest.mark.recorded
@pytest.mark.skipif(not RECORDED.exists(), reason=f"no recordings at {RECORDED}")
def test_recorded_texts_of_the_two_kinds_differ_in_their_articles_alone() -> None:
    """The recorded consolidation has the final formula without the signatories, and no recitals."""

    def version(name: str) -> Version:
        text = formex.read((RECORDED / name).read_bytes(), name)
        return Version(
            document=ACT, title="", sections=text.sections, representation="structured", leaves_out=text.leaves_out
        )

    old, new = version("L_2022333EN.01008001.xml"), version("02014R0910-20241018.fmx4.zip")
    found = compare(old, new)
    assert digest(apply(old, found)) == digest(new)
    preamble = ("introduction", "recital-", "signature", "title-note")
    left_out = [each.path for each in found if is_left_out(each, old, new)]
    assert len([path for path in left_out if path.startswith("recital-")]) == 167
    assert "signature" in left_out and all(path.startswith(preamble) for path in left_out)
    told = [each.path for each in found if not is_left_out(each, old, new)]
    assert told and not any(path.startswith(preamble) for path in told)
