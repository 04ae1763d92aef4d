"""What a kind of text never carries was not removed: a consolidated act has no preamble."""

from hypothesis import given
from hypothesis import strategies as st

from crawler.changes import apply, compare, digest, is_left_out
from crawler.model import Section, Version
from tests.tiers import examples

PREAMBLE = ("introduction", "recital", "signature")
WORDS = "The Member States shall take the measures that this sample of ours says, and no others, for victims"


def version(*sections: tuple[str, str], leaves_out: tuple[str, ...] = ()) -> Version:
    made = tuple(Section(path=path, text=text) for path, text in sections)
    return Version(
        document="celex:32001L9001", title="Sample", sections=made, representation="structured", leaves_out=leaves_out
    )


PUBLISHED = version(
    ("introduction", "Having regard to nothing."),
    ("recital-1", f"{WORDS} (1)."),
    ("recital-2", f"{WORDS} (2)."),
    ("article-1", "Samples shall be taken."),
    ("article-2", "Samples shall be kept."),
    ("signature", "Done at Sample, for the Parliament, for the Council."),
)


def told(old: Version, new: Version) -> list[tuple[str, str, bool]]:
    found = compare(old, new)
    assert digest(apply(old, found)) == digest(new)
    return [(each.kind, each.path, is_left_out(each, old, new)) for each in found]


def test_first_consolidation_tells_of_the_articles_alone() -> None:
    consolidated = version(
        ("article-1", "Samples shall be taken twice."), ("article-2", "Samples shall be kept."), leaves_out=PREAMBLE
    )
    found = told(PUBLISHED, consolidated)
    assert [(kind, path) for kind, path, apart in found if not apart] == [("changed", "article-1")]
    assert [(kind, path) for kind, path, apart in found if apart] == [
        ("removed", path) for path in ("introduction", "recital-1", "recital-2", "signature")
    ]
    back = told(consolidated, PUBLISHED)
    assert [(kind, path) for kind, path, apart in back if not apart] == [("changed", "article-1")]
    assert {kind for kind, _, apart in back if apart} == {"added"}


def test_pieces_of_a_preamble_tell_nothing_either() -> None:
    """Some consolidations print the final formula without the signatories, some the recitals."""
    one = version(("article-1", "Samples shall be taken."), ("signature", "It is binding."), leaves_out=PREAMBLE)
    two = version(("recital-1", f"{WORDS} (1)."), ("article-1", "Samples shall be taken."), leaves_out=PREAMBLE)
    for old, new in ((PUBLISHED, one), (one, two), (two, one)):
        assert [path for _, path, apart in told(old, new) if not apart and path.startswith(PREAMBLE)] == []


def test_an_article_with_the_words_of_a_recital_is_inserted_and_not_renumbered() -> None:
    consolidated = version(
        ("article-1", "Samples shall be taken."), ("article-1a", f"{WORDS} (1)."),
        ("article-2", "Samples shall be kept."), leaves_out=PREAMBLE,
    )  # fmt: skip
    found = told(PUBLISHED, consolidated)
    assert [(kind, path) for kind, path, apart in found if not apart] == [("added", "article-1a")]


def test_a_text_that_does_not_say_so_lost_what_it_lost() -> None:
    bare = version(("article-1", "Samples shall be taken."), ("article-2", "Samples shall be kept."))
    assert {(kind, apart) for kind, _, apart in told(PUBLISHED, bare)} == {("removed", False)}
    guidance = version(("introduction", "What this is about."), ("part-one", "Samples are described here."))
    assert told(guidance, version(("part-one", "Samples are described here."))) == [("removed", "introduction", False)]


def test_kinds_are_whole_words_of_paths() -> None:
    made = version(("recital", "a"), leaves_out=("recital", "title-note"))
    assert [path for path in ("recital", "recital-1", "recitals", "title-i", "title-note-1") if made.leaves(path)] == [
        "recital", "recital-1", "title-note-1",
    ]  # fmt: skip


PATHS = ("introduction", "recital-1", "recital-2", "article-1", "article-2", "signature", "annex")
texts = st.sampled_from(("", WORDS, f"{WORDS} at once", "Repealed.", "Done at Sample."))
made = st.builds(
    lambda paths, words, kinds: version(*zip(paths, words, strict=False), leaves_out=tuple(kinds)),
    st.lists(st.sampled_from(PATHS), unique=True),
    st.lists(texts, min_size=len(PATHS), max_size=len(PATHS)),
    st.sets(st.sampled_from(PREAMBLE)),
)


@examples(400)
@given(made, made)
def test_the_laws_hold_whatever_is_left_out(old: Version, new: Version) -> None:
    found = compare(old, new)
    assert digest(apply(old, found)) == digest(new)
    assert bool(found) == (digest(old) != digest(new))
    ids = [(one.kind, one.path) for one in found]
    assert len(ids) == len(set(ids))
    for each in found:
        if each.kind in ("renumbered", "changed") and each.before and each.after:
            sides = {old.leaves(one.path) or new.leaves(one.path) for one in (each.before, each.after)}
            assert len(sides) == 1, "a preamble became an article"
