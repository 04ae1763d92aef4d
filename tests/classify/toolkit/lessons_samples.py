"""A report with recommendations and a finding, and what is read of a page or a text."""

from crawler.bodies.html import fragment
from crawler.classify.toolkit import lessons
from crawler.model import Section


def section(path: str, number: str = "", heading: str = "", text: str = "") -> Section:
    return Section(path=path, number=number, heading=heading, text=text)


REPORT = (
    section("introduction", text="A report."),
    section("recommendations", heading="Recommendations", text="We make these recommendations."),
    section("recommendation-1", "Recommendation 1", text="The Home Office should publish the figures."),
    section("recommendation-2", "Recommendation 2", "Training", "Police forces must train first responders."),
    section("finding-3-1", "Finding 3.1", text="Data were poor."),
    section("conclusion", heading="Conclusion", text="Recommendation 9 of last year was met."),
)


def of_page(html: str, *, running: bool = False) -> list[tuple[str, str, str]]:
    """Return number, addressee and words of the lessons of a page."""
    sections = {each.path: each for each in fragment(html, url="https://a.sample.invalid/report")}
    return [
        (each.number, each.addressee, sections[each.path].text[each.begins : each.ends or None])
        for each in lessons(list(sections.values()), running=running)
    ]


def told(text: str, *, running: bool = False, heading: str = "Recommendations") -> list[tuple[str, str, str]]:
    """Return number, addressee and words of the lessons of a section."""
    return [
        (each.number, each.addressee, text[each.begins : each.ends or None])
        for each in lessons([section("s", heading=heading, text=text)], running=running)
    ]
