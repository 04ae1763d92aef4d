"""Files that are damaged, replaced, laid out anew or of another kind for days: nothing is told, nothing is lost."""

import gzip
from datetime import timedelta
from pathlib import Path

import pytest

from tests.bodies import office_making as making
from tests.bodies import pdf_making
from tests.fold.office import AUDITED, THIRD, Office, pdf
from tests.fold.samples import LAW, LEGISLATION, act, sources
from tests.fold.test_fold_acts import WORDS
from tests.fold.test_fold_laws import HOST, live
from tests.fold.test_fold_redirects import told
from tests.fold.world import START, Site, crawl, same

pytestmark = pytest.mark.slow

PDF, DOCX = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HANDLER = f"{HOST}/download/1"
PARTS = [("A sample form", 20.0, True)] + [
    each
    for name in ("asking", "referring", "deciding", "helping")
    for each in (
        (f"About {name} in a sample", 14.0, True),
        (f"Whoever is {name} in a sample writes down what was seen while {name}, and by whom. " * 4, 11.0, False),
    )
]
GOOD = pdf_making.pdf(pdf_making.flowed(PARTS, number=True))
AMENDED = pdf_making.pdf(pdf_making.flowed([*PARTS[:-1], (f"{PARTS[-1][0]}It was amended.", 11.0, False)], number=True))
PLAIN = pdf_making.pdf(pdf_making.flowed([(words, 11.0, False) for words, _, _ in PARTS], number=True))
JOINED = pdf_making.pdf(
    [
        pdf_making.Page(
            runs=tuple(pdf_making.Run(text=run.text.replace(" ", ""), y=run.y, bold=run.bold) for run in page.runs)
        )
        for page in pdf_making.flowed(PARTS)
    ]
)
FAILED = pdf("The document that you asked for cannot be had at present. Please try again later.")
HOME = (
    f"<title>Sample Office</title><main><h1>Welcome</h1><p>{'We are a public body of ours. ' * 40}</p></main>".encode()
)
DOCUMENT = making.docx("".join(making.para(words, style="Heading1" if bold else "") for words, _, bold in PARTS))


@pytest.mark.parametrize(
    ("url", "body", "media", "issue"),
    [
        (THIRD, GOOD[: len(GOOD) // 2], PDF, "a PDF that is cut off"),
        (THIRD, HOME, "text/html", "a page in the place of a file (.pdf)"),
        (THIRD, HOME, PDF, "a page in the place of a file (.pdf)"),
        (THIRD, gzip.compress(GOOD), PDF, "no PDF file, as its address or server says, but data compressed with gzip"),
        (THIRD, b"\0" * len(GOOD), PDF, "but nothing but zeros"),
        (THIRD, FAILED, PDF, "neither its title nor its words are there any more"),
        (THIRD, JOINED, PDF, "words of 1 page have no spaces between them"),
        (THIRD, PLAIN, PDF, ""),
        (THIRD, pdf_making.pdf(pdf_making.flowed(PARTS, number=True), producer="Another"), PDF, ""),
        (HANDLER, HOME, "text/html", "neither its title nor its words are there any more"),
        (HANDLER, DOCUMENT, DOCX, ""),
    ],
)
def test_a_file_that_is_not_itself_for_days(tmp_path: Path, url: str, body: bytes, media: str, issue: str) -> None:
    office = Office(text=AUDITED)
    office.serve(url, GOOD, PDF)
    office.list(url, title="A sample form")
    office.crawl(tmp_path, 2)
    office.serve(url, body, media)
    office.crawl(tmp_path, 2)
    asked = "select detail from issues where resolved is null and subject=?"
    with live(tmp_path) as store:
        found = [row["detail"] for row in store.all(asked, url)]
        assert [issue in each for each in found] == [True] * bool(issue), found
        words = store.value("select group_concat(text, ' ') from sections where document=? and newest=1", f"url:{url}")
        assert "Whoever is deciding in a sample" in words
    office.serve(url, GOOD, PDF)
    office.crawl(tmp_path)
    with live(tmp_path) as store:
        assert store.all(asked, url) == [] and told(store) == []
    office.serve(url, AMENDED, PDF)
    office.crawl(tmp_path)
    with live(tmp_path) as store:
        assert told(store) == [("changed", f"url:{url}")]
    same(tmp_path)


@pytest.mark.parametrize("days", [1, 3])
def test_a_law_that_lacks_a_provision_of_the_same_day(tmp_path: Path, days: int) -> None:
    site = Site()
    for day, lacks in enumerate([0, *[1] * days, 0]):
        site.put(LAW, act(*WORDS[: len(WORDS) - lacks]), media="application/xml")
        crawl(tmp_path, site, START + timedelta(days=day), text=sources(LEGISLATION))
        with live(tmp_path) as store:
            held = store.all("select detail from issues where resolved is null and kind='shrunk'")
            assert ["lacks 1 provision" in row["detail"] for row in held] == [True] * (0 < day <= min(days, 2))
            assert len(told(store)) == {1: 0, 3: max(0, day - 2)}[days], "confirmed by two later crawls, it is told"
    same(tmp_path)
