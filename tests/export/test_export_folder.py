import json
from pathlib import Path

import pytest
from datasette.app import Datasette

from crawler.cli.main import exit_code
from crawler.errors import ConfigError
from crawler.export import folder
from crawler.public.database import FILE
from crawler.public.named import QUERIES

pytestmark = pytest.mark.process

PARAMETERS = {
    "by_facet": "facet=kind&value=act",
    "search": "words=trafficking",
    "sections_at": "document=ukpga/2001/9001&provision=&date=2026-03-10",
    "commencement_of": "document=ukpga/2001/9001&provision=",
    "changes_of": "document=ukpga/2001/9001&provision=",
    "names": "document=ukpga/2001/9001",
    "coming_into_force": "day=2026-03-01&topic=",
    "closing": "day=2026-03-01",
    "entries_for": "role=local_authority&jurisdiction=&since=2026-01-01",
}


@pytest.fixture(scope="module")
def made(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("folder") / "data"
    folder(sample.with_name(FILE), target)
    return target


@pytest.fixture
def plain(made: Path) -> Datasette:
    """The folder as ``datasette serve FOLDER`` takes it."""
    return Datasette(config_dir=made)


def test_the_folder_holds_what_both_generations_of_datasette_read(made: Path) -> None:
    names = {"public.db", "metadata.json", "settings.json", "datasette.yaml", "inspect-data.json"}
    assert {path.name for path in made.iterdir()} == names
    assert set(json.loads((made / "datasette.yaml").read_text())["databases"]["public"]["queries"]) == set(QUERIES)


@pytest.mark.parametrize("name", QUERIES)
async def test_every_query_answers(plain: Datasette, name: str) -> None:
    answer = await plain.client.get(f"/public/{name}.json?_shape=array&{PARAMETERS.get(name, '')}")
    assert answer.status_code == 200
    assert answer.json() or name not in PARAMETERS, "the sample world has something to answer"


async def test_tables_are_counted_and_searched(plain: Datasette) -> None:
    table = (await plain.client.get("/public/documents.json?_size=1")).json()
    assert table["filtered_table_rows_count"] > 50
    for name in ("documents", "document_search"):
        found = await plain.client.get(f"/public/{name}.json?_search=trafficking&_shape=array")
        everything = await plain.client.get(f"/public/{name}.json?_shape=array&_size=max")
        assert 0 < len(found.json()) < len(everything.json()), name


async def test_readers_write_no_sql_there(plain: Datasette) -> None:
    assert (await plain.client.get("/public.json?sql=select+1")).status_code == 403


def test_without_a_public_file_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="crawl first, or run roundup export") as refused:
        folder(tmp_path / FILE, tmp_path / "data")
    assert exit_code(refused.value) == 2
    assert not (tmp_path / "data").exists()
