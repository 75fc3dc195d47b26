# Development tasks. `make` alone sets everything up and builds the sample.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PEERS := $(VENV)/.peers-ready
BROWSER := $(VENV)/browser/.ready
AXE_VERSION := 4.14.1

AUDIT := $(VENV)/audit
SITE := $(VENV)/site

.DEFAULT_GOAL := all
.PHONY: all setup peers browser test coverage check audit fix goldens bench soak docs site wheel lock clean help

all: setup  ## set up, and build the sample brochure into out/
	$(BIN)/brochure build layouts/proven-model -o out

setup: $(READY)  ## make .venv and install the locked dependencies

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(READY)

test: setup  ## run the tests (quick ones; `make soak` runs the long ones)
	$(BIN)/python -m pytest -n 2 -q -m "not soak" tests

coverage: setup  ## run the tests and measure which lines they reach (slower than `make test`)
	$(BIN)/python -m pytest -n 2 -q -m "not soak" --cov --cov-report=term tests

COVERED = tests/l10n tests/spec tests/layout tests/blocks tests/structure tests/approval tests/manuscript tests/pdf_import

check: setup  ## format, lint, types, the order of imports, and the floor of coverage
	$(BIN)/ruff format --check brochure tests bench assets docs
	$(BIN)/ruff check brochure tests bench assets docs
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2 -q -m "not soak" --cov --cov-report= --cov-fail-under=60 $(COVERED)

audit: setup  ## look for known vulnerabilities in the locked packages (needs a network)
	test -e $(AUDIT)/.ready || ($(PYTHON) -m venv $(AUDIT) && $(AUDIT)/bin/python -m pip install --quiet \
		--disable-pip-version-check --require-hashes -r requirements-audit.lock && touch $(AUDIT)/.ready) || true
	$(BIN)/python -m tests.security.audit $(AUDIT)/bin/pip-audit

fix: setup  ## fix what the formatter and the linter can fix
	$(BIN)/ruff format brochure tests bench assets docs
	$(BIN)/ruff check --fix brochure tests bench assets docs

goldens: setup  ## rewrite the golden pages and images; review the diff before you commit
	BROCHURE_GOLDENS=write $(BIN)/python -m pytest -q -m goldens tests

peers: $(PEERS)  ## install the programs that `make bench` compares with

bench: $(PEERS)  ## measure speed and memory against other programs; write docs/performance.md
	$(BIN)/python -m bench

$(PEERS): $(READY) requirements-bench.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock \
		|| echo "some programs to compare with could not be installed; the tables will say so"
	touch $(PEERS)

browser: $(BROWSER)  ## install axe-core, which checks the accessibility of the proof in tests (needs npm)

$(BROWSER): $(READY)
	npm install --silent --no-fund --no-audit --prefix $(VENV)/browser axe-core@$(AXE_VERSION)
	touch $(BROWSER)

soak: setup  ## run the long tests: fuzzing, random brochures, properties with new examples
	$(BIN)/python -m pytest -n 2 -q -m "soak or hypothesis" --hypothesis-profile=random tests

docs: setup  ## write the reference pages and the page images in docs/
	$(BIN)/python -m docs.reference
	$(BIN)/python -m docs.languages
	$(BIN)/python -m docs.example_pictures
	$(BIN)/python -m docs.tutorial_pictures
	$(BIN)/python -m docs.pages
	$(BIN)/python -m docs.gallery
	$(BIN)/python -m docs.chart_pictures
	$(BIN)/python -m docs.drawing_pictures
	$(BIN)/python -m docs.setting_pictures
	$(BIN)/python -m docs.sheet_pictures
	$(BIN)/python -m docs.proof_pictures
	$(BIN)/python -m docs.proof_movie

site: $(SITE)/.ready  ## write the documentation as a web site into build/site/
	PYTHONPATH=. $(SITE)/bin/python -m sphinx -q -W --keep-going -b html -c docs/site . build/site
	$(SITE)/bin/python -m docs.site.resources build/site

$(SITE)/.ready: requirements-site.lock
	$(PYTHON) -m venv $(SITE)
	$(SITE)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-site.lock
	touch $(SITE)/.ready

wheel: setup  ## build the wheel into dist/
	rm -rf build/lib
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-cache-dir \
		--wheel-dir dist .

lock: setup  ## update the requirements*.lock files from pyproject.toml
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url \
		--no-emit-find-links --no-header --extra dev --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url \
		--no-emit-find-links --no-header --extra bench --constraint requirements.lock \
		--output-file requirements-bench.lock pyproject.toml
	echo pip-audit | $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url \
		--no-emit-find-links --no-header --output-file requirements-audit.lock -
	printf 'furo\nmyst-parser\nsphinx\n' | $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
		--no-emit-index-url --no-emit-find-links --no-header --constraint requirements.lock \
		--output-file requirements-site.lock -

clean:  ## remove the environment, caches and outputs
	rm -rf $(VENV) out build dist .import_linter_cache .pytest_cache .mypy_cache .ruff_cache .hypothesis

help:  ## list these targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 10
