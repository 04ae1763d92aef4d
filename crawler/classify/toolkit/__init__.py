"""The toolkit: what its documents state about themselves, and the lessons of reports, read by rule.

facts(part, known) -> Facts that a document of training, governance or resources states, with their words and places
lessons(sections) -> Lessons of a report; answers(lessons, responses) -> their answers by path
"""

from collections.abc import Callable, Iterator, Mapping

from crawler.classify.toolkit.answers import UNANSWERED as UNANSWERED
from crawler.classify.toolkit.answers import Answer as Answer
from crawler.classify.toolkit.answers import Response as Response
from crawler.classify.toolkit.answers import answers as answers
from crawler.classify.toolkit.answers import is_same_title as is_same_title
from crawler.classify.toolkit.answers import response_to as response_to
from crawler.classify.toolkit.governance import adaptable as adaptable
from crawler.classify.toolkit.governance import governance
from crawler.classify.toolkit.laws import named
from crawler.classify.toolkit.lessons import Lesson as Lesson
from crawler.classify.toolkit.lessons import lessons as lessons
from crawler.classify.toolkit.resources import resources
from crawler.classify.toolkit.training import training
from crawler.classify.toolkit.values import SOURCE as SOURCE
from crawler.classify.toolkit.values import Fact as Fact
from crawler.classify.toolkit.values import Passage as Passage
from crawler.classify.toolkit.values import ToolkitDocument as ToolkitDocument
from crawler.classify.toolkit.vocabulary import MEMBER as MEMBER
from crawler.classify.toolkit.vocabulary import PARTS as PARTS
from crawler.classify.toolkit.vocabulary import ROUND_UP as ROUND_UP
from crawler.classify.toolkit.vocabulary import SHELVES as SHELVES

_READERS: Mapping[str, Callable[[ToolkitDocument], Iterator[Fact]]] = {
    "training": training,
    "governance": governance,
    "resources": resources,
    ROUND_UP: named,
}


def facts(part: str, known: ToolkitDocument) -> tuple[Fact, ...]:
    """Return what a document of a part states, each value of a field once; what it does not state is not there."""
    first: dict[tuple[str, str], Fact] = {}
    for fact in _READERS[part](known):
        first.setdefault((fact.field, fact.value), fact)
    return tuple(first[key] for key in sorted(first))
