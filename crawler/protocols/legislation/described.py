"""What an instrument is for, in its publisher's words: of an Act its long title, of an order what it does by its note.

The description in the metadata is the first paragraph of the note, which often tells of another law alone.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import dropwhile, takewhile

from crawler.model import Section
from crawler.protocols.legislation.metadata import Metadata
from crawler.protocols.legislation.resolved import resolved
from crawler.protocols.legislation.tree import DC, LEG, Element, words

MAX_SENTENCES = 3
"""Most sentences of a note."""
MIN_WORDS = 8
"""Fewest words of one."""
MAX_TITLES = 4
"""Most titles of provisions that stand for a text that was not read."""
MAX_NAMES = 8
"""Most names of a list that are told."""

_KIND = r"(?:Order|Regulations|Rules|Scheme|Measure|Instrument|Byelaws|Act of (?:Sederunt|Adjournal))"
_UNIT = r"(?:Article|Regulation|Rule|Paragraph|Part|Schedule)s?"
_ITSELF = re.compile(
    rf"(?:(?:This|These|The) {_KIND}|{_UNIT} [\w(), ]{{1,40}} (?:of|to) th(?:is|ese) {_KIND})\b", re.IGNORECASE
)
_DOES = re.compile(
    r"(?:,[^,]{1,60},)? (?:also |further |only |therefore |come into (?:force|operation) [^,;]{1,60} and )?"
    r"(?:(?:add|amend|appoint|approve|authorise|bring|change|"
    r"confer|consolidate|correct|define|designate|enable|establish|exempt|extend|fix|give|grant|impose|implement|"
    r"increase|insert|introduce|make|omit|permit|prescribe|prohibit|proscribe|provide|remove|repeal|replace|require|"
    r"restrict|revoke|set|substitute|suspend|transfer|transpose|update)(?:e?s)?|"
    r"(?:appl|disappl|modif|specif|var)(?:y|ies)|(?:is|are) made to [a-z]+)\b"
)
_END = re.compile(
    "(?<=[a-z0-9)\\]\u201d\u2019]\\.)(?<!\\b[Nn]o\\.)(?<!\\b[Ee]tc\\.)(?<!\\b[cp]\\.)\\s+(?=[A-Z\u201c(])"
)
_LISTS = re.compile(
    rf"\b(?:Article|Regulation|Rule) (?P<number>\d+\w?) of th(?:is|ese) {_KIND} (?:also |further )?"
    r"(?:adds|inserts|removes|omits) (?:an?|the|[a-z]+) (?:[a-z]+ )?"
    r"(?:organisation|entr(?:y|ie)|name|person|bod(?:y|ie)|countr(?:y|ie)|territor(?:y|ie))s?\b"
)
_OF_ACT = re.compile(r"\[(Schedule \w+) to the ([^\[\]]+)\]")
_OTHER_NAMES = re.compile(r"^ \(with [^()]*\)")
_OMITTED = re.compile(r"\bomit \u201c([^\u201d]+)\u201d")
_LONG_TITLE = re.compile(r"An? (?:\w+ ){0,3}(?:Act|Measure)\b")
_BILL = re.compile(r"^A Bill (?=to )")
_CORRECTS = re.compile(
    r"\bmade in (?:order to correct|consequence of) (?:an? )?(?:defect|error)s? in .+?(?= and is\b|\.?$)"
)
_FRAME = re.compile(r"(?:short title|title|citation|commencement|interpretation|extent|application)\b", re.IGNORECASE)
_LABEL = re.compile(r"^\(This note is not part of [^()]*\)\s*", re.IGNORECASE)
_ASIDE = re.compile(
    r"\b(?:impact assessment|transposition note|explanatory memorandum|code of practice on the carrying out)\b"
    r"|\bmade (?:in|under)\b.*\b(?:exercise|power)"
    r"|\bprovides? for (?:the )?(?:(?:citation|commencement|interpretation)(?:,| and|\b)\s*)+",
    re.IGNORECASE,
)
"""What stands in every note."""
_WORD = (
    r"(?:[A-Z][\w'\u2019-]*,?|\([A-Z][^()]{0,80}\)|\(No\. ?\d+\)|[12]\d{3}(?= \()|and|of|the|for|etc\.?|to|in|from"
    r"|with|on)"
)
_TITLE = (
    rf"[A-Z][\w'\u2019-]*,?(?: {_WORD}){{0,16}}? (?:Act|Measure|Order|Regulations|Rules|Scheme)"
    r"(?: \(Northern Ireland\))? [12]\d{3}"
)
_CALLED = re.compile(
    rf"\b[Tt]he (?P<title>{_TITLE})(?: \([^()\u201c]*\))*,? \((?:the )?\u201c(?P<alias>[^\u201d]{{3,60}})\u201d\)"
)
_ACT = re.compile(rf"\b[Tt]he (?P<title>{_TITLE})|\b(?P<that>[Tt]hat (?:Act|Measure))\b")
_THIS = re.compile(r"(?:This|These)\b")
_SCHEDULE = re.compile(r"\b(?P<number>Schedule \w+) to (?=that |the )")
_THAT = re.compile(r"\bthat (?P<what>Act|Measure|Schedule)\b")
_BARE = re.compile(
    rf"(?:This|These) {_KIND}(?:, which comes? into force on [^,]{{3,30}},)? (?:further )?amends? [Tt]he {_TITLE}"
    rf"(?: \([^()]*\))*\.|(?:This|These) {_KIND} (?:extends?|appl(?:y|ies))(?: only)?(?: in relation)? to [A-Z].*"
)
"""Says which law is amended, or where, and not what is otherwise now: that stands in the next sentence."""
_OF_OTHER = re.compile(rf"(?:Sections? \d|(?:{_UNIT} [\w()]+ (?:of|to) )?[Tt]he {_TITLE})")
"""Begins a sentence whose subject is another law."""
_OWN_KIND = re.compile(rf"\b(?:this|these) {_KIND}\b", re.IGNORECASE)
_PROVISION = re.compile(rf"{_UNIT} \w")
_SUCH = re.compile(r"\b(?P<verb>makes?) such provision\b")
_MAKING = re.compile(r"\bto make provision(?: by (?:regulations|order|rules))? (?P<what>.+?)\.$")
_OF_LAST = re.compile(
    r"(?:This|These) \w+ (?:also )?(?:appl|continu|extend|modif|suspend|var)\w* (?P<that>(?:that|those) "
    r"(?P<noun>[a-z]+(?: (?!for\b|to\b|in\b|by\b|so\b)[a-z]+)?))"
)
"""What a sentence does to what the one before it is about."""
_LIST = re.compile(r"[:\u2014] ?\(1\) ")
"""Begins a list whose items are sentences."""
_THESE = re.compile(r"(?:This|These|Those|Such)\b(?! (?:Order|Regulations|Rules)\b)")
_THEY = re.compile(r"(?:It|They)\b")
"""How a sentence begins that is about the one before it, and one that only has another subject for the same."""


def summary(data: Metadata, sections: Iterable[Section]) -> str | None:
    """Return what an instrument is for, behind what is printed on top of it: its approval by a House, what it corrects.

    None where its publisher says nothing.
    """
    approved = words(data.root.find(f".//{LEG}SecondaryPrelims/{LEG}Approved"))
    said = [f"{approved.rstrip('.')}."] if approved.startswith("Approved by ") else []
    printed = (data.root.find(f".//{LEG}SecondaryPrelims/{LEG}{name}") for name in ("Correction", "Draft"))
    if corrected := next(filter(None, (_CORRECTS.search(words(each)) for each in printed)), None):
        said.append(f"[It is] {corrected[0]}.")
    return " ".join([*said, *filter(None, [_purpose(data, sections)])]) or None


def _purpose(data: Metadata, sections: Iterable[Section]) -> str | None:
    """Return its long title or description; where that is of another law, words of its own."""
    described = words(data.element.find(f"{DC}description"))
    if data.type.category == "primary":
        printed = words(data.root.find(f".//{LEG}PrimaryPrelims/{LEG}LongTitle"))
        is_known = _LONG_TITLE.match(described) is not None
        return (described if is_known else printed or _BILL.sub("[An Act] ", described)) or None
    if _does(described) and not _BARE.fullmatch(described):
        return _with_names(described, data.root)
    note = " ".join(section.text for section in sections if section.path.partition("-")[0] == "note")
    note = _LABEL.sub("", note)
    found = [_brief(_with_names(each, data.root), data.title) for each in list(_doing(note)) or list(_doing(described))]
    told = found or list(_apart(described, bool)) or list(_apart(note, _says))
    return (
        " ".join(list(dropwhile(_THEY.match, told))[:MAX_SENTENCES]) or resolved(data.root) or _contents(data) or None
    )


def _contents(data: Metadata) -> str:
    """Return the subject of an instrument of which only a table of contents is told, with the first titles in that.

    Words that are not its publisher's stand in brackets.
    """
    items = data.root.iterfind(f"{LEG}Contents//{LEG}ContentsItem/{LEG}ContentsTitle")
    titles = [title for each in items if (title := words(each).rstrip(".")) and not _FRAME.match(title)]
    subject = "; ".join(data.subjects)
    named = "; ".join(dict.fromkeys(titles[:MAX_TITLES])) + (" \u2026" if len(titles) > MAX_TITLES else "")
    return f"{subject and f'[Its subject:] {subject}. '}[It contains:] {named}" if titles else ""


def _is_of_other(sentence: str) -> bool:
    """Tell whether the subject of a sentence is another law, which does not tell what the instrument does.

    >>> _is_of_other("Section 4 of the Sample Act 2029 enables a Minister to make provision on samples.")
    True
    >>> _is_of_other("Article 8(1) of the Sample (Northern Ireland) Order 1996 authorises the holder of a licence.")
    True
    >>> _is_of_other("The Sample Rules 2029 are amended by these Rules.")
    False
    """
    return _OF_OTHER.match(sentence) is not None and _OWN_KIND.search(sentence) is None


def _does(sentence: str) -> bool:
    """Return whether a sentence says what the instrument does."""
    itself = _ITSELF.match(sentence)
    return itself is not None and _DOES.match(sentence, itself.end()) is not None


def _doing(note: str) -> Iterator[str]:
    """Yield the sentences of an explanatory note that say what the instrument does.

    An ellipsis is for those between them that do not. What they call by a name that another sentence explains stands
    in it by its title, in square brackets.

    >>> list(_doing("The Sample Act is about samples. Article 2 of this Order adds one to its list. It was laid."))
    ['Article 2 of this Order adds one to its list.']
    >>> list(_doing("This Order increases all fees for such samples. It is. This Order revokes a fee on the old."))
    ['This Order increases all fees for such samples.', '… This Order revokes a fee on the old.']
    >>> list(_doing("The Sample Rules 2029 (“the 2029 Rules”) are old. These Rules amend the 2029 Rules as to fees."))
    ['These Rules amend [the Sample Rules 2029] as to fees.']
    >>> list(_doing("These Rules amend the Sample Rules 2029. The changes are: (1) Fees double. (2) Nobody pays them."))
    ['These Rules amend the Sample Rules 2029.', 'The changes are: (1) Fees double. (2) Nobody pays them.']
    >>> list(_doing("Section 4 empowers him to make provision as to samples. These Rules make such provision."))
    ['These Rules make provision [as to samples].']
    >>> note = "These Rules amend the Sample Rules 2029 (“the 2029 Rules”). Rule 2 doubles the fee in rule 4 of"
    >>> list(_doing(f"{note} the 2029 Rules."))
    ['Rule 2 doubles the fee in rule 4 of [the Sample Rules 2029].']
    >>> list(_doing("These Rules amend the Sample Rules 2029. They require that each sample is given back at once."))
    ['[These Rules] require that each sample is given back at once.']
    >>> list(_doing("These Rules amend the Sample Rules 2029 as to their fees. They also amend other Rules. It is so."))
    ['These Rules amend the Sample Rules 2029 as to their fees.', 'They also amend other Rules.']
    >>> items = "(1) Fees double for all. (2) It is an offence to pay none of them."
    >>> list(_doing(f"These Rules amend the Sample Rules 2029. The changes are: {items}"))[1]
    'The changes are: (1) Fees double for all. (2) It is an offence to pay none of them.'
    >>> list(_doing("The scheme on fees is to end in May. These Rules extend that scheme for a further year."))
    ['These Rules extend [the scheme on fees] for a further year.']
    >>> before = "Schedule 2 to the Sample Act 2029 is a list. It is in that Act."
    >>> list(_doing(f"{before} This Order adds three more names to that Schedule."))
    ['This Order adds three more names to [Schedule 2 to the Sample Act 2029].']
    """
    found, last, before, subject, itself, is_behind = list[str](), "", "", "", "", False
    sentences = list(_with_lists(_END.split(note)))
    for sentence, following in zip(sentences, [*sentences[1:], ""], strict=True):
        said, is_bare = "", _BARE.fullmatch(sentence) is not None and _says(following) and not _THESE.match(following)
        if (such := _SUCH.search(sentence)) and _does(sentence) and (made := _MAKING.search(before)):
            said = f"{sentence[: such.start()]}{such['verb']} provision [{made['what']}]{sentence[such.end() :]}"
        elif is_bare and not (_does(following) or _THEY.match(following) or _PROVISION.match(following)):
            said = sentence
        elif not is_bare and _says(sentence) and (subject or _does(sentence)):
            they = _THEY.match(sentence) if subject else None
            said = f"[{subject}]{sentence[they.end() :]}" if they else sentence
            said = _explained(said, before, " ".join(found))
        elif not is_behind and _goes_on(sentence, itself):
            said = sentence
        if said:
            if of_last := _OF_LAST.match(said):
                named = re.match(rf"The ({of_last['noun']}\b.*?) (?:is|are|was|were|has|have|had)\b", last)
                said = said.replace(of_last["that"], f"[the {named[1]}]", 1) if named else said
            yield f"\u2026 {said}" if found and is_behind else said
            found.append(sentence)
            own = _ITSELF.match(sentence)
            itself = own[0] if own and _THIS.match(own[0]) else itself
        is_behind = not said
        last, before, subject = sentence, f"{before} {sentence}", " ".join(sentence.split()[:2]) if is_bare else ""


def _goes_on(sentence: str, itself: str) -> bool:
    """Return whether a sentence says what *they* or *it* do besides: the instrument that the one before began with."""
    they = _THEY.match(sentence)
    is_same = they is not None and (they[0] == "They") == itself.startswith("These")
    return bool(itself and they and is_same and _DOES.match(sentence, they.end()) and not _ASIDE.search(sentence))


def _with_lists(sentences: Sequence[str]) -> Iterator[str]:
    """Yield sentences; those that are the items of a list, or go on with the last one, with the one that leads to it.

    >>> items = "(2) Two changes. One is small.", "(3) It is an offence. It is punished by a fine."
    >>> list(_with_lists(["It says: (1) Fees double.", *_END.split(" ".join(items)), "Copies can be bought."]))[1:]
    ['Copies can be bought.']
    """
    held, number = "", 0
    for place, sentence in enumerate(sentences):
        rest = takewhile(lambda each: not _LIST.search(each), sentences[place:])
        is_of_last = (_THESE.match(sentence) or _THEY.match(sentence)) and not _ASIDE.search(sentence)
        if held and (is_of_last or any(each.startswith(f"({number}) ") for each in rest)):
            held, number = f"{held} {sentence}", number + sentence.startswith(f"({number}) ")
            continue
        if held:
            yield held
        held, number = (sentence, 2) if _LIST.search(sentence) else ("", 0)
        if not held:
            yield sentence
    if held:
        yield held


def _says(sentence: str) -> bool:
    return sentence.count(" ") >= MIN_WORDS - 1 and not _ASIDE.search(sentence)


def _explained(sentence: str, before: str, told: str) -> str:
    """Return a sentence with the titles of laws that only what stands ``before`` it, and is not ``told``, explains."""
    for match in _CALLED.finditer(before):
        name = f"the {match['alias'].removeprefix('the ')}"
        if match[0] not in told:
            sentence = re.sub(rf"\b{re.escape(name)}\b(?!\u201d)", f"[the {match['title']}]", sentence, count=1)
    that = _THAT.search(sentence)
    if that is None or _ACT.search(sentence, 0, that.start()) or _ACT.search(told):
        return sentence
    meant = _meant(that["what"], before)
    return f"{sentence[: that.start()]}[{meant}]{sentence[that.end() :]}" if meant else sentence


def _with_names(sentence: str, root: Element) -> str:
    """Return a sentence on what a provision adds to a list or takes from it, with the names that stand in it.

    They stand in square brackets, without what they have in round ones, such as other names.
    """
    listed = _LISTS.search(sentence)
    if listed is None:
        return sentence
    own = root.iterfind(f".//{LEG}Body//{LEG}P1")
    provision = next((each for each in own if words(each.find(f"{LEG}Pnumber")) == listed["number"]), None)
    if provision is None:
        return sentence
    items = [words(each) for block in provision.iter(f"{LEG}BlockAmendment") for each in block.iter(f"{LEG}ListItem")]
    items = items or _OMITTED.findall(words(provision))
    names = [each.partition(" (")[0] for each in items]
    if not 0 < len(names) <= MAX_NAMES or any(each.count(" ") >= MIN_WORDS for each in names):
        return sentence
    behind = _OTHER_NAMES.sub("", sentence[listed.end() :])
    return f"{sentence[: listed.end()]} [{', '.join(names)}]{behind}"


def _brief(sentence: str, title: str) -> str:
    """Return a sentence that names a schedule in brackets without the Act that the title of its instrument has.

    >>> _brief("It adds one to [Schedule 2 to the Sample Act 2029].", "The Sample Act 2029 (Amendment) Order 2030")
    'It adds one to [Schedule 2].'
    """
    return _OF_ACT.sub(lambda match: f"[{match[1]}]" if match[2] in title else match[0], sentence)


def _meant(what: str, before: str) -> str:
    """Return the Act, or the schedule of one, that was named last; empty where there is none."""
    if what == "Schedule":
        schedules = list(_SCHEDULE.finditer(before))
        act = _ACT.match(before, schedules[-1].end()) if schedules else None
        if act is None:
            return ""
        of = f"the {act['title']}" if act["title"] else _meant("Act", before[: act.start()])
        return f"{schedules[-1]['number']} to {of}" if of else ""
    titles = [match["title"] for match in _ACT.finditer(before) if match["title"]]
    return f"the {titles[-1]}" if titles and not titles[-1].endswith(("Order", "Rules")) else ""


def _apart(note: str, is_told: Callable[[str], bool]) -> Iterator[str]:
    """Yield the sentences on the subject, where none says what the instrument does; an ellipsis behind what is not.

    >>> list(_apart("Fees double. Section 4 of the Sample Act 2029 enables it. Nobody pays.", bool))
    ['Fees double.', '… Nobody pays.']
    """
    has_told, is_behind = False, False
    for sentence in _END.split(note):
        if is_told(sentence) and not _is_of_other(sentence):
            yield f"\u2026 {sentence}" if has_told and is_behind else sentence
            has_told, is_behind = True, False
        else:
            is_behind = True
