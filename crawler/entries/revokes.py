"""What entries say of other laws that a new law revokes or repeals."""

from collections.abc import Iterator, Sequence

from crawler import law
from crawler.entries import word_limits
from crawler.entries.numbered import numbered
from crawler.entries.templates import Sentence, chain, name_list, plain, say, source, structure
from crawler.store import Row, Store, wordings

NAMED = 3
"""Most laws of a list that are named."""


def placed(store: Store, top: Row, said: Sequence[Sentence]) -> tuple[list[Sentence], list[Sentence]]:
    """Return a summary with which laws a new law revokes or repeals, and what of that has no room in it."""
    told = [] if top["private"] or top["hash_only"] else list(sentences(store, top))
    has_room = word_limits.words(plain([*said, *told])) <= word_limits.SUMMARY
    return ([*said, *told], []) if has_room else (list(said), told)


def sentences(store: Store, top: Row) -> Iterator[Sentence]:
    """Yield which laws it revokes or repeals as a whole by its own provisions, else by its explanatory note."""
    rows = wordings.headings(store, top["id"])
    found = law.revoked([(str(row["path"]), str(row["heading"]), str(row["text"])) for row in rows])
    for verb in dict.fromkeys(each.verb for each in found):
        of_verb = [each for each in found if each.verb == verb and not each.listed]
        how = say("revokes" if verb == "revoked" else "repeals")
        yield from (_listed(each, how) for each in found if each.verb == verb and each.listed)
        named = [_laws(each) for each in of_verb]
        if named and word_limits.words(str(chain("semicolon", named))) > law.MAX_NAMED:
            yield say("revokes several", verb=how, count=structure(len(named)), laws=min(named, key=_length))
        elif named:
            saved = any(each.is_saved for each in of_verb)
            yield say("revokes laws, saved" if saved else "revokes laws", verb=how, laws=chain("semicolon", named))
    if not found:
        notes = (str(row["text"]) for row in rows if str(row["path"]).partition("-")[0] == "note")
        words = next(filter(None, map(law.noted_revocation, notes)), "")
        if words:
            yield say("its note says", words=source(words.rstrip(".")))


def _listed(each: law.Revoked, verb: Sentence) -> Sentence:
    """Return which laws a schedule lists as revoked as a whole, and of which parts are."""
    whole, parts = (
        [say("the law", title=source(title)) for title, is_whole in each.listed if is_whole is of]
        for of in (True, False)
    )
    said = [say("as a whole", laws=name_list(whole, NAMED))] if whole else []
    said += [say("parts of", laws=name_list(parts, NAMED))] if parts else []
    laws = chain("comma", said) if len(said) == 1 else say("and parts", whole=said[0], parts=said[1])
    saved = "revokes by schedule, saved" if each.is_saved else "revokes by schedule"
    return say(saved, schedule=structure(numbered(each.schedule)), verb=verb, laws=laws)


def _laws(each: law.Revoked) -> Sentence:
    named = say("the law", title=source(each.laws)) if each.is_definite else source(each.laws)
    return say("limited", text=named, limits=source(each.limits)) if each.limits else named


def _length(said: Sentence) -> int:
    return len(str(said))
