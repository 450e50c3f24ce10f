# Everything a person types. Every target makes .venv first when requirements.lock or pyproject.toml is newer.
PYTHON ?= $(shell command -v python3.11 || echo python3)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
export NO_CYTHON = 1

.DEFAULT_GOAL := help
.PHONY: help setup demo test check format lock test-kafka kafka test-ops evaluate bench-extract bench-poll bench-ledger chaos schemas docs wheel clean

help: ## Show the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: $(STAMP) ## Make .venv from the committed lock (hashes checked)

$(STAMP): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "dealwire needs Python 3.11: $(PYTHON) was not found; try: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "dealwire needs Python 3.11; $(PYTHON) is another version"; exit 1; }
	@echo "setting up .venv (a minute or so the first time)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup ## Run the whole line on the sample feeds; ONCE=1 ends by itself and checks the result
	@$(BIN)/dealwire demo $(if $(ONCE),--once)

test: setup ## All tests that need only Python
	@$(BIN)/pytest -n 2 --dist loadfile

check: setup ## Format, lint, types, import direction
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: setup ## Write the format and the safe lint fixes
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

lock: setup ## Resolve pyproject.toml again into requirements.lock
	@$(BIN)/pip install --quiet uv
	@$(BIN)/uv pip compile pyproject.toml --extra dev --generate-hashes --python-version 3.11 --quiet --upgrade -o requirements.lock

schemas: setup ## Write schemas/snapshots anew from the models
	@$(BIN)/python -m schemas.snapshot

docs: setup ## Write the pages of docs/ that are made from code
	@$(BIN)/python -m streams.docs

evaluate: setup ## Score extraction on labelled articles: make evaluate DIR=path (default: tests/eval/articles)
	@$(BIN)/dealwire evaluate $(or $(DIR),$(firstword $(wildcard ../shared/eval/dev) tests/eval/articles))

bench-extract: setup ## Articles a second on one core, memory, import time, worst of 10,000 hostile texts
	@$(BIN)/python -m bench.extract

bench-poll: setup ## Polls and articles a second, memory, loop lag and spread of the poller
	@$(BIN)/python -m bench.poll

bench-ledger: setup ## One mention with up to a million happenings in the book, memory, table values, restoring; QUICK=1: up to 10,000
	@$(BIN)/python -m bench.ledger $(if $(QUICK),--quick)

chaos: setup ## Exact under fire: N=20000 articles on Apache Kafka while everything fails; FAULTS=2: so many of each; WITHOUT=--no-guard
	@$(BIN)/python -m bench.chaos --articles $(or $(N),20000) $(if $(FAULTS),--faults $(FAULTS)) $(if $(SEED),--seed $(SEED)) $(WITHOUT)

kafka: setup ## Start Apache Kafka 4.1.1 on 127.0.0.1:9092 (needs Java 17 and Maven); Ctrl-C stops it
	@$(BIN)/python deploy/kafka/run.py

test-kafka: setup ## The whole-line and restart tests on Apache Kafka 4.1.1
	@$(BIN)/python deploy/kafka/run.py -- $(BIN)/pytest -m kafka tests

test-ops: setup ## Rules, routing and every query, on a real Prometheus (Debian: prometheus, prometheus-alertmanager)
	@$(BIN)/pytest -m "ops or not ops" -rs tests/ops

wheel: setup ## Build the wheel
	@$(BIN)/python -m build --wheel --no-isolation

clean: ## Remove what the targets made
	rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .kafka
