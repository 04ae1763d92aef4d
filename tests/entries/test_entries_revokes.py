"""What entries say of laws that a new law revokes."""

import pytest

from crawler.entries import revokes
from crawler.entries.templates import structure
from crawler.store import Row, Store, wordings

TOP: Row = {"id": "uksi/2029/4", "private": 0, "hash_only": 0}
LISTED = "The Acts specified in the Second Schedule to this Act are hereby repealed to the extent mentioned there."


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("article-1", "(2) It begins on 1st May 2029. (3) The Sample and other Fees Order 1987 is hereby revoked.",
         "It revokes the Sample and other Fees Order 1987."),
        ("rule-9", "The Sample Rules 1949 and the Sample (Amendment) Rules 1955 are hereby revoked: Provided that they "
         "shall continue to apply to each to whom they applied.",
         "It revokes the Sample Rules 1949 and the Sample (Amendment) Rules 1955, with savings."),
        ("section-7", LISTED,
         "It repeals the Acts specified in the Second Schedule to this Act to the extent mentioned there."),
        ("article-9", "Directive 95/46/EC is repealed with effect from 25 May 2029.",
         "It repeals Directive 95/46/EC with effect from 25 May 2029."),
        ("note", "They set fees. They revoke and replace the Sample Regulations 1981.",
         "Its note says: “They revoke and replace the Sample Regulations 1981”."),
        ("section-2", "A licence may be revoked. Article 7(3) of the Sample Order 2001 is hereby revoked.", ""),
        ("schedule-1", " ".join(f"The Sample {'Long ' * 9}Order 200{each} is revoked." for each in range(6)),
         f"It revokes other laws in 6 places, among them the Sample {'Long ' * 9}Order 2000."),
    ],
)  # fmt: skip
def test_laws_that_it_revokes_are_named(monkeypatch: pytest.MonkeyPatch, path: str, text: str, said: str) -> None:
    monkeypatch.setattr(wordings, "headings", lambda *_: [{"path": path, "heading": "", "text": text}])
    with Store.open(":memory:") as store:
        assert " ".join(str(each) for each in revokes.sentences(store, TOP)) == said


def test_laws_that_a_schedule_lists_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    heads, rows = "Session and Chapter. | Short Title. | Extent of Repeal.", [
        "1 Edw. 8. c. 53. | The Sample (Fees) Act, 1937. | The whole Act.",
        *(f"{each} Geo. 6. c. 70. | The Sample Books Act, 193{each}. | Sections one and two." for each in range(5)),
    ]  # fmt: skip
    table = {"path": "schedule-SECOND", "heading": "Enactments Repealed", "text": " || ".join([heads, *rows])}
    found = [{"path": "section-7", "heading": "", "text": LISTED}, table]
    monkeypatch.setattr(wordings, "headings", lambda *_: found)
    said = "By its second schedule it repeals the Sample (Fees) Act 1937 as a whole, and parts of the Sample Books Act"
    with Store.open(":memory:") as store:
        assert [str(each) for each in revokes.sentences(store, TOP)] == [
            f"{said} 1930, the Sample Books Act 1931, the Sample Books Act 1932 and 2 more."
        ]
        found.pop(0)
        assert len(list(revokes.sentences(store, TOP))) == 1, "where no other provision says so, its heading does"


def test_what_has_no_room_in_the_summary_stands_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordings, "headings", lambda *_: [{"path": "section-7", "heading": "", "text": LISTED}])
    full = [structure("word " * 50)]
    with Store.open(":memory:") as store:
        assert [len(each) for each in revokes.placed(store, TOP, [])] == [1, 0]
        assert [len(each) for each in revokes.placed(store, TOP, full)] == [1, 1]
        assert revokes.placed(store, {**TOP, "private": 1}, []) == ([], [])
