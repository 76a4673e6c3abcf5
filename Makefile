# Two commands do everything on a fresh machine: `make audio` and `make test`.
# Each sets up what it needs and does nothing twice.

PYTHON ?= python3
BIN := .venv/bin
# As pip does with all else that it installs: where Python may keep nothing, each command would compile earmark anew.
COMPILE := $(BIN)/python -m compileall -q src
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: audio test check bench lock hashes sbom audit dist clean

## audio: build every article in articles/ into audio/
audio: .venv/.audio
	@$(BIN)/earmark build articles -o audio

## test: install what the tests need, then lint, type-check and test
test: .venv/.test checkers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	rm -f .coverage .coverage.*
	$(BIN)/coverage run -m pytest -n auto --dist loadfile
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

## soak: the tests that take long: kills, full disks, flipped bits, other clocks, other Pythons
.PHONY: soak
soak: .venv/.test
	@sh tests/checkers/install.sh azurite
	$(BIN)/pytest -m soak -n auto --dist load

.venv/bin/python:
	$(PYTHON) -m venv .venv

# What is installed has the hashes that requirements/ lists, for each platform and Python; then earmark itself.
.venv/.audio: pyproject.toml constraints.txt requirements/run.txt requirements/build.txt | .venv/bin/python
	$(PIP) install --require-hashes --requirement requirements/build.txt --requirement requirements/run.txt
	$(PIP) install --constraint constraints.txt --no-build-isolation --editable .
	@$(COMPILE)
	@touch $@

.venv/.test: pyproject.toml constraints.txt requirements/dev.txt requirements/build.txt | .venv/bin/python
	$(PIP) install --require-hashes --requirement requirements/build.txt --requirement requirements/dev.txt
	$(PIP) install --constraint constraints.txt --no-build-isolation --editable ".[dev]"
	@$(COMPILE)
	@touch .venv/.audio $@

.venv/.release: pyproject.toml requirements/release.txt requirements/build.txt | .venv/bin/python
	$(PIP) install --require-hashes --requirement requirements/build.txt --requirement requirements/release.txt
	@touch $@

.PHONY: checkers
checkers:
	@sh tests/checkers/install.sh

## bench: the whole commands of the README's table, side by side in one run
bench: .venv/.test
	$(BIN)/python bench/compare.py

## screenshots: what the README shows, taken anew in a real browser
.PHONY: screenshots
screenshots: .venv/.test checkers
	@sh docs/screenshots.sh

## reference: write what the documentation says of settings, commands, codes and files anew, from the code
.PHONY: reference docs
reference: .venv/.test
	@$(BIN)/python docs/reference.py

## docs: build the documentation into build/docs, each page with its audio; a warning fails
docs: .venv/.test
	@$(BIN)/mkdocs build --strict

## lock: pin the newest versions that pass the tests
lock: | .venv/bin/python
	$(PIP) install --upgrade --editable ".[dev]"
	$(BIN)/python -m pip freeze --exclude-editable > constraints.new
	grep audioop-lts constraints.txt >> constraints.new # only Python 3.13 and newer install it
	sort -f -u constraints.new > constraints.txt && rm constraints.new
	$(MAKE) hashes

# Of each pinned version the hashes of all its files: one lock for Linux, macOS and Windows, Python 3.11 and newer.
# uv stands in no lock before this has been run once: then it is taken as the index has it.
UV := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header
CONSTRAINED := $(UV) --constraint constraints.txt

## hashes: write requirements/ anew after a change to pyproject.toml or constraints.txt
hashes: | .venv/bin/python
	@test -x $(BIN)/uv || $(PIP) install uv
	$(CONSTRAINED) requirements/build.in --output-file requirements/build.txt
	$(CONSTRAINED) pyproject.toml --output-file requirements/run.txt
	$(CONSTRAINED) pyproject.toml --extra dev --output-file requirements/dev.txt
	$(CONSTRAINED) pyproject.toml --extra release --output-file requirements/release.txt
	$(UV) requirements/s3.in --output-file requirements/s3.txt

## sbom: what a user's installation consists of, as CycloneDX, in dist/
sbom: .venv/.release
	@mkdir -p dist
	$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --mc-type application --output-reproducible \
	  --spec-version 1.6 --output-format JSON --output-file dist/earmark.cdx.json requirements/run.txt

## audit: known vulnerabilities of what is locked; asks the Python Packaging Advisory Database
audit: .venv/.release
	$(BIN)/pip-audit --strict --disable-pip --require-hashes --requirement requirements/run.txt
	$(BIN)/pip-audit --strict --disable-pip --require-hashes --requirement requirements/dev.txt

# The bytes of a release depend on the commit alone: its time stands for the clock.
dist: export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 315532800)

## dist: wheel and source archive, the same bytes wherever they are built
dist: .venv/.test
	rm -rf dist
	$(BIN)/python -m hatchling build

clean:
	rm -rf .venv build dist .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache
