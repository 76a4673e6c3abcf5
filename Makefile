# Two commands do everything on a fresh machine: `make audio` and `make test`.
# Each sets up what it needs and does nothing twice.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: audio test check bench lock clean

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

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.audio: pyproject.toml constraints.txt | .venv/bin/python
	$(PIP) install --constraint constraints.txt --editable .
	@touch $@

.venv/.test: pyproject.toml constraints.txt | .venv/bin/python
	$(PIP) install --constraint constraints.txt --editable ".[dev]"
	@touch .venv/.audio $@

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

## lock: pin the newest versions that pass the tests
lock: | .venv/bin/python
	$(PIP) install --upgrade --editable ".[dev]"
	$(BIN)/python -m pip freeze --exclude-editable > constraints.new
	grep audioop-lts constraints.txt >> constraints.new # only Python 3.13 and newer install it
	sort -f constraints.new > constraints.txt && rm constraints.new

clean:
	rm -rf .venv build dist .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache
