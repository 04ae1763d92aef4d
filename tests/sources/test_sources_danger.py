"""danger.yaml: read strictly, each mistake with its line."""

import pytest

from crawler.errors import SourcesError
from crawler.sources.danger import load_danger, loads_danger

FILE = """\
patterns:
  strong: ["{plea}"]
  weak: ["^ {alone} $"]
  vague: ["{speaks}"]
languages:
  xx:
    words:
      plea: help [me|us], save me
      alone: help
      practice: law
"""
SCRIPTS = FILE.replace("languages:", "scripts: [ა-ჰ, 一-鿿]\nlanguages:").replace("law", "law, 法律")


def problems(text: str) -> list[str]:
    with pytest.raises(SourcesError) as caught:
        loads_danger(text, "danger.yaml")
    return list(caught.value.problems)


def test_words_are_expanded_and_patterns_know_what_makes_them_not_count() -> None:
    (language,) = loads_danger(FILE, "danger.yaml")
    strong, weak = language.patterns
    assert strong.elements[0].words == ("help me", "help us", "save me")
    assert (strong.vetoes, weak.vetoes) == ((), ("law",))
    assert [element.mark for element in weak.elements] == ["^", "", "$"]


def test_scripts_are_a_language_with_what_practitioners_write_in_them() -> None:
    *_, scripts = loads_danger(SCRIPTS, "danger.yaml")
    (pattern,) = scripts.patterns
    assert (pattern.elements[0].letters, pattern.vetoes) == ("ა-ჰ一-鿿", ("法律",))


def test_a_common_pattern_is_left_out_where_a_language_lacks_its_words() -> None:
    (language,) = loads_danger(FILE.replace("      alone: help\n", ""), "danger.yaml")
    assert [pattern.text for pattern in language.patterns] == ["{plea}"]


@pytest.mark.parametrize(
    ("before", "after", "cause"),
    [
        ("      practice: law", "      practice: law\n    strong: ['{nobody}']", "{nobody}; expected one of"),
        ("help [me|us]", "help [me|us", "bracket"),
        ("help [me|us]", "he*lp me", "a * that is not at the end of a word"),
        ('["{plea}"]', '["^ {plea}* $"]', "fits every search"),
        ("languages:", "scripts: [ა]\nlanguages:", "string should match pattern"),
        ("  xx:", "  xx:\n    spaces: true", "unknown key"),
    ],
)
def test_mistakes_are_told(before: str, after: str, cause: str) -> None:
    assert any(cause in line for line in problems(FILE.replace(before, after)))


def test_our_own_file_has_the_languages_of_those_who_are_trafficked_most() -> None:
    codes = {language.code for language in load_danger()}
    assert {"en", "ro", "pl", "sq", "vi", "bg", "uk", "ru", "hu", "lt", "ar", "zh", "hi", "bn", "ti", "am"} <= codes
