# The two commands are `make demo` and `make test`. Each sets up .venv first when it is missing or stale.
PYTHON ?= python3
BIN := .venv/bin
PLANWEAVE := $(BIN)/planweave

.DEFAULT_GOAL := help
.PHONY: help setup assets compiled demo test lint bench docs lock clean

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

setup: .venv/ready assets  ## the virtual environment, from the hashed requirements, and the browser libraries

# uv where it is installed (faster), otherwise venv and pip; a Python without ensurepip borrows the system's pip.
.venv/ready: requirements.lock pyproject.toml
	@rm -rf .venv
	@echo "Setting up .venv from requirements.lock …"
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv --quiet --python $(PYTHON) .venv && \
	  uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.lock && \
	  uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e . ; \
	elif $(PYTHON) -m venv .venv >/dev/null 2>&1; then \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . ; \
	else \
	  rm -rf .venv && $(PYTHON) -m venv --without-pip .venv && \
	  $(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check --require-hashes -r requirements.lock && \
	  $(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . ; \
	fi
	@touch $@

# Exact versions, held against their SHA-256; nothing is fetched where they are there. The pages work without them.
assets: .venv/ready  ## the browser libraries of the workspace, through npm
	-@$(BIN)/python -m planweave.web.assets

# The demo and the tests start many processes. Where Python may not keep what it compiles (PYTHONDONTWRITEBYTECODE),
# each would compile every module again; this keeps it all the same.
compiled: .venv/ready
	@$(BIN)/python -m compileall -q planweave tests benchmarks

demo: .venv/ready assets compiled  ## read the five bundled plans into one graph, say what they leave out, and write files of both
	@$(PLANWEAVE) build
	@$(PLANWEAVE) check -o weave/findings.html
	@$(PLANWEAVE) check -o weave/findings.xlsx | tail -1
	@$(PLANWEAVE) export -o weave/all.trig
	@$(PLANWEAVE) export -o weave/all.xlsx
	@$(PLANWEAVE) export -o weave/actions.json
	@$(PLANWEAVE) export -o weave/actions.csv
	@echo "See all of it in the browser: $(PLANWEAVE) serve"

test: .venv/ready assets compiled lint  ## lint, types and every test, Chromium's included
	@$(BIN)/python tests/chromium.py
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

lint: .venv/ready  ## ruff and mypy (strict)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: .venv/ready  ## measure reading, weaving and loading; tables go to benchmarks/
	@$(BIN)/python -m benchmarks $(BENCH)

docs: .venv/ready  ## write the pages that are made from the text files again
	@$(BIN)/python -m planweave.vocabulary docs/vocabulary.html
	@$(BIN)/python -m planweave.question_pages docs/questions

lock: pyproject.toml  ## choose the versions in requirements.lock anew (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --quiet --output-file requirements.lock

clean:  ## remove what was set up or built
	rm -rf .venv weave build dist .pytest_cache .mypy_cache .ruff_cache
