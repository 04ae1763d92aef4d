"""Names that were given up stay so: modules, classes, tables and columns that have the field's term now."""

import re
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "crawler"
MODULES = """
archive: whole nameless originals foreign coding grouping extract checking
bodies: ending running scrubbing targets walk content labels pdf/furniture pdf/headed pdf/prose office/flow
changes: furniture near similar reach place counts kinds
cli: looking showing adding entry writing archiving crawling evaluating
entries: due concerned lengths opening certainty wording reasons
feeds: telling meant hits waiting words common captures hiding private
identifiers: citing numbers references affected said
ingest: works streams absence copies arrivals keeping begins notes statements differences anew
ingest: bands triage twins toolkit unread
protocols: excuses refusals recognise pages code cellar/words cellar/works cellar/texts cellar/draft cellar/drafting
protocols: cellar/flow cellar/labels cellar/dossiers govuk/ways govuk/access govuk/markup
protocols/soft_errors: checks closed missing plain
publish: edge faults web live limits asking standing show sheet searching matching questions numbers reach citing
publish: checklist_answers checklist_files checklist_law library lessons guidance shadows strangers guard
redaction: hashes views trees cutting binary pages trial payloads files
run: redactions taking withholding reducing anew order intact starting examine bundle statement
spiders: asking drive tries heads bodies pace stop opening backlog endpoints addresses
store: told held copies twins places laws revisits aside put_off kept hidden privacy
classify/toolkit: labelled finding lengths places points
classify/relevance: counting finding normal about measure
sources: shapes positions problems checks recorded curated_reading curated_shapes relevance
"""
CLASSES = """
Told Said Standing Arrival Joined Accepted Again Judged Confirmed Kept Knife Met Left LeftOut Begun Trial Withholding
Originals Order Drive Pace Stop Ask Asker Asked Look Shower Around Behind Later Where Gives Point Guarded Hits Waiting
Saying
"""
TABLES = """
held aside put_off copies references_of compared signatures unclassified redacted_copies document_search entry_counts
"""
COLUMNS = """
aliases.copy series.told sources.baseline sources.baseline_reading sources.reading versions.reading fetches.reading
quarantine.confirmed quarantine.reading documents.hidden sections.indexed changes.silent changes.entry documents.silent
documents.announced relevance.published
"""


def test_no_module_has_its_old_name() -> None:
    lines = [line.split(": ") for line in MODULES.split("\n") if line]
    names = {f"{package}/{name}" for package, some in lines for name in some.split()}
    there = {name for name in names if any((PACKAGE / f"{name}{end}").exists() for end in (".py", "/__init__.py"))}
    assert there == set()


def test_no_class_has_its_old_name() -> None:
    texts = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    assert set(re.findall(r"^class (\w+)", texts, re.MULTILINE)) & set(CLASSES.split()) == set()


def test_no_table_and_no_column_has_its_old_name() -> None:
    script = (PACKAGE / "store" / "schema.sql").read_text("utf-8")
    tables = dict(re.findall(r"^create table (\w+) \((.*?)^\)", script, re.DOTALL | re.MULTILINE))
    columns = {
        f"{table}.{name}" for table, body in tables.items() for name in re.findall(r"^  (\w+)", body, re.MULTILINE)
    }
    assert {*TABLES.split(), *COLUMNS.split()} & (tables.keys() | columns) == set()
