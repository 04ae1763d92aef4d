# Everything this project does, as commands. Needs Python 3.11 or newer, and make. `make help` lists the targets.

PYTHON ?= python3
PORT ?= 8001
DATA ?= data
SOURCES ?= sources.yaml

UV := $(shell command -v uv 2>/dev/null)
BIN := .venv/bin
ROUNDUP := $(BIN)/python -m crawler
INSTALLED := .venv/.installed
READ := --data "$(DATA)" --sources "$(SOURCES)"

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help install demo demo-data test test-all test-next check soak browser pictures roundup crawl feeds serve rebuild bench bench-site docs versions lock clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.* ## ' Makefile | sed 's/:.* ## /: /'


# --- Setting up ---

# The stamp holds the folder it was made for: an environment that was copied elsewhere does not work, nor one whose
# Python is gone or another one now. Both are made anew.
$(shell test ! -e $(INSTALLED) || { test "$$(cat $(INSTALLED))" = "$$(pwd -P)" && $(BIN)/python -Ic "import click"; } \
  2>/dev/null || rm -rf .venv)

install: $(INSTALLED) ## make .venv, with the locked packages and this project in it

$(INSTALLED): requirements.lock pyproject.toml
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "'$(PYTHON)' is not Python 3.11 or newer; name one that is: make PYTHON=python3.12 …" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' || \
	  { echo "'$(PYTHON)' cannot make environments: install its venv module (Debian, Ubuntu: python3-venv)" >&2; exit 1; }
	$(BIN)/python -c 'import pip' 2>/dev/null || "$(PYTHON)" -m venv --clear .venv
ifeq ($(UV),)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
else
	"$(UV)" pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
endif
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@pwd -P > $@

lock: ## choose the newest packages that fit, and write requirements.lock (needs uv)
	uv pip compile --universal --generate-hashes --no-emit-index-url --upgrade --quiet \
	  --custom-compile-command "make lock" --extra cluster --extra dev --extra notify pyproject.toml -o requirements.lock

clean: ## remove what can be made again, but neither .venv nor the data
	rm -rf build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info
	find . -name ".venv*" -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +


# --- The sample world: invented text, no network ---

SAMPLE := data/sample
DEMO := build/demo
# The sample world keeps its own authority and addresses, whatever stands in the environment.
IN_SAMPLE := ROUNDUP_AUTHORITY= ROUNDUP_PUBLIC_URL= ROUNDUP_CONTACT= $(ROUNDUP)

demo: demo-data ## run the whole job on the sample world and serve it: make demo PORT=8001
	$(IN_SAMPLE) serve --data $(DEMO) --sources $(SAMPLE)/sources.yaml --port $(PORT)

# Three crawls, a week apart. One that ends with 1 did its work: some source of the sample world is unhealthy.
demo-data: $(INSTALLED) ## the same without serving
	rm -rf $(DEMO)
	mkdir -p $(DEMO)
	$(IN_SAMPLE) pack --sample $(SAMPLE) $(DEMO)/sample.warc.gz
	for day in 2026-03-02 2026-03-09 2026-03-16; do echo "--- $$day"; \
	  $(IN_SAMPLE) crawl --data $(DEMO) --sources $(SAMPLE)/sources.yaml --replay $(DEMO)/sample.warc.gz --as-of $$day || \
	  [ $$? -eq 1 ] || exit; \
	done


# --- The real thing: asks the sources in sources.yaml, and says to them who you are ---

roundup: crawl serve ## crawl what is due, publish, serve: ROUNDUP_CONTACT=you@example.org make roundup

crawl: $(INSTALLED) ## crawl what is due, and write the feeds
	$(ROUNDUP) crawl $(READ) --due || { code=$$?; [ $$code -eq 1 ] || exit $$code; }

feeds: $(INSTALLED) ## write the feeds again
	$(ROUNDUP) feeds $(READ)

serve: $(INSTALLED) ## serve what was read: make serve PORT=8001
	$(ROUNDUP) serve $(READ) --port $(PORT)

rebuild: $(INSTALLED) ## make the database and the feeds anew, from the archive
	$(ROUNDUP) rebuild --data "$(DATA)"


# --- Working on it ---

PYTEST := $(BIN)/python -m pytest -r fEs
TOGETHER := -n 2 --dist worksteal

test: $(INSTALLED) ## run the quick tests: no child process, no wait, no recordings
	$(PYTEST) $(TOGETHER) --tier quick

test-all: $(INSTALLED) ## run the quick tests, and a short form of everything
	$(PYTEST) $(TOGETHER)

check: $(INSTALLED) ## everything that must hold before a change is merged, test-all included
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PYTEST) $(TOGETHER)

soak: $(INSTALLED) ## run the long forms alone: ten times the examples, kills, random worlds, fuzz, then bench-site
	$(PYTEST) $(TOGETHER) --tier soak
	$(MAKE) bench-site

browser: $(INSTALLED) ## look at every page of the sample world in chromium, at two widths; needs chromedriver
	$(PYTEST) tests/browser/test_browser.py tests/browser/whole.py

pictures: $(INSTALLED) ## take the pictures in the README anew; needs chromedriver
	$(BIN)/python -m tests.browser.pictures

# The lock file holds one generation of Datasette; the next one has an environment of its own.
test-next: demo-data ## ask Datasette's next version for the folder of roundup export
	"$(PYTHON)" -m venv --clear .venv-next
	.venv-next/bin/python -m pip install --quiet --pre "datasette>=1.0a1,<2"
	$(IN_SAMPLE) export --data $(DEMO) --to build/folder
	.venv-next/bin/python tests/next.py build/folder

docs: $(INSTALLED) ## write the generated parts of the documentation
	$(BIN)/python -m tests.docs

versions: $(INSTALLED) ## write again by which code the archive is read: after each change of code that reads or judges
	$(BIN)/python -m tests.code_versions

bench: $(INSTALLED) ## measure time, memory and requests, against a bare Scrapy spider
	$(BIN)/python -m tests.bench

bench-site: $(INSTALLED) ## measure what readers wait for at 200,000 documents; make bench-site IN=FOLDER keeps them there
	$(BIN)/python -m tests.bench.site $(IN)
