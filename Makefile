# Movewire: a few verbs. Each makes its own environment from nothing but Python 3.11+ and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
CONFIG ?= config/movewire.yaml

.PHONY: help run demo test test-slow cov lint format types check bench lock clean
help:  ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort | expand -t 12

$(VENV)/.run: pyproject.toml requirements.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

run: $(VENV)/.run  ## start the daemon with the shipped feeds; alerts go to the terminal
	$(BIN)/movewire --config $(CONFIG) run

demo: $(VENV)/.run  ## the same without a network: sample feeds that change, a local receiver
	$(BIN)/movewire demo

test: $(VENV)/.dev  ## the fast tests (under 3 minutes)
	$(BIN)/python -m pytest -n $(WORKERS) -m "not slow"

test-slow: $(VENV)/.dev  ## the tests that take longer: processes killed, minutes of replay
	$(BIN)/python -m pytest -m slow --timeout=900

cov: $(VENV)/.dev  ## the fast tests with branch coverage
	$(BIN)/python -m pytest -n $(WORKERS) -m "not slow" --cov --cov-report=term-missing:skip-covered

lint: $(VENV)/.dev  ## ruff and mypy
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

format: $(VENV)/.dev  ## let ruff rewrite
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

bench: $(VENV)/.dev  ## every measurement: a table, and JSON in build/
	$(BIN)/python -m benchmarks

COMPILE = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header
lock: $(VENV)/.run  ## renew both lock files (hashes, no registry's address)
	$(BIN)/python -m pip install --quiet uv
	$(COMPILE) --group build pyproject.toml --output-file requirements.lock
	$(COMPILE) --extra dev --constraint requirements.lock pyproject.toml --output-file requirements-dev.lock

clean:  ## remove the environment and what was built
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
