"""Twelve tasks of readers over the sample world: each found from the home page, with official link and date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.public.database import FILE
from crawler.publish.app import SiteAddress, site
from tests.public.in_process import InProcess
from tests.sample import replayed
from tests.tasks.reader import Reader

pytestmark = pytest.mark.process

MAX_CLICKS = 5
ACT = "https://www.legislation.gov.uk/ukpga/2001/9001"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Whose task it is, what is asked, how it is found, and what the page found must say: words, link, date.

    A step is the words of a link, or the values of a form.
    """

    reader: str
    asked: str
    steps: tuple[str | Mapping[str, str], ...]
    answer: tuple[str, ...]
    official: str
    date: str


TASKS = (
    Task(
        reader="prosecutor", asked="Within how long was a notification due under section 8 on 1 March 2026?",
        steps=({"q": "Sample Exploitation Act 2001 section 8"}, "Section 8", {"at": "2026-03-01"}),
        answer=("within 14 days",), official=ACT, date="1 March 2026",
    ),
    Task(
        reader="first responder", asked="Which parts of the statutory guidance changed in March 2026?",
        steps=({"since": "2026-03"}, r"(?i)sample statutory guidance"),
        answer=("Using interpreters", "45 days"), official="https://www.gov.uk/", date="4 March 2026",
    ),
    Task(
        reader="local authority", asked="What was added to the template of a partnership agreement?",
        steps=({"aimed_at": "local_authority"}, "Partnership agreement"),
        answer=("Complaints", "somebody outside the partnership"),
        official="https://library.sample.invalid/", date="16 March 2026",
    ),
    Task(
        reader="housing officer", asked="What is new for housing, and how is it followed?",
        steps=("^Subscribe$", {"aimed_at": "housing"}, "See these entries", "landlords"),
        answer=("landlords",), official="https://ministry.sample.invalid/", date="March 2026",
    ),
    Task(
        reader="caseworker", asked="How long is the recovery period, and since when?",
        steps=({"q": "recovery period"}, "Section 9"),
        answer=("at least 45 days",), official=ACT, date="6 March 2026",
    ),
    Task(
        reader="company", asked="By what came section 2 of the Sample Supply Chains Act 2025 into force?",
        steps=("Section 2 of the Sample Supply Chains Act 2025 in force",),
        answer=("2026/9005", "13 March 2026"), official="https://www.legislation.gov.uk/uksi/2026/9005",
        date="13 March 2026",
    ),
    Task(
        reader="police lead", asked="What comes into force next in Wales?",
        steps=("^Dates$",),
        answer=("The Sample Modern Slavery Training (Wales) Regulations 2026", "Applies in: Wales"),
        official="https://www.legislation.gov.uk/wsi/2026/9014", date="31 March 2026",
    ),
    Task(
        reader="researcher", asked="Do the statistics for July to September 2025 stand?",
        steps=({"role": "researcher"}, "July to September 2025"),
        answer=("withdrawn on 6 March 2026",), official="https://www.gov.uk/", date="16 March 2026",
    ),
    Task(
        reader="partnership chair", asked="Which recommendation on car washes does the response leave out?",
        steps=("^Recommendations$", {"answer": "unanswered"}),
        answer=("Local authorities should tell workers their rights", "Unanswered"),
        official="https://commissioner.sample.invalid/", date="3 March 2026",
    ),
    Task(
        reader="trainer", asked="Which course names law that changed since?",
        steps=("^Toolkit$", "Training library"),
        answer=("non-punishment of victims for prosecutors", "The law it names has changed since"),
        official="https://training.sample.invalid/courses/prosecutors", date="13 March 2026",
    ),
    Task(
        reader="anybody", asked="May silence on courses be trusted?",
        steps=("^Sources$",),
        answer=("Sample: courses", "prove that we are not a robot"),
        official="https://training.sample.invalid/courses", date="16 March 2026",
    ),
    Task(
        reader="policy staff", asked="Is the consultation on slavery statements still open?",
        steps=({"q": "consultation on slavery statements"}, "Sample consultation"),
        answer=("closed",), official="https://www.gov.uk/", date="13 March 2026",
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Any:
    public = replayed.once(tmp_path_factory) / "data" / FILE
    where = SiteAddress(public_url="", authority="sample.invalid")
    return site(public, where, now=datetime(2026, 3, 16, 13, tzinfo=UTC), runner=InProcess(Path(public)))


@pytest.mark.parametrize("task", TASKS, ids=[f"{task.reader}: {task.asked}" for task in TASKS])
async def test_it_is_answered_with_official_link_and_date(there: Any, task: Task) -> None:
    reader = await Reader(there).open()
    for step in task.steps:
        await (reader.click(step) if isinstance(step, str) else reader.fill(**step))
    for words in (*task.answer, task.date):
        assert words in reader.words, words
    assert any(address.startswith(task.official) for address in reader.addresses), reader.addresses
    assert reader.clicks <= MAX_CLICKS


async def test_the_page_of_guidance_leads_to_what_changed_in_its_attachment(there: Any) -> None:
    name = "govuk%3A5a3b1e00-0000-4000-8000-0000000000"
    page = (await there.client.get(f"/doc/{name}10", follow_redirects=True)).text
    led = page.partition("These parts of it changed as late or later: ")[2].partition("</p>")[0]
    assert "Sample statutory guidance (accessible version)" in led and ">9 March 2026<" in led
    at = led.partition('href="')[2].partition('"')[0]
    assert "within 5 working days" in (await there.client.get(at)).text
