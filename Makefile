# Every target makes what it needs: a fresh clone, `python3` (3.11 or newer) and `make` are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Two at a time, a file in one process: as many cores as the machines have that we promise fifteen minutes on. The slow
# files come first (tests/conftest.py).
TESTS := -n 2 --dist loadfile --no-loadscope-reorder
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes

.PHONY: demo test check bench bench-long lock format clean
.DEFAULT_GOAL := test

$(VENV)/.run: requirements/run.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12"; exit 1; }
	@echo "making $(VENV) from requirements/run.lock (once)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) -r requirements/run.lock
	@$(BIN)/python -c "import pathlib, sysconfig; pathlib.Path(sysconfig.get_path('purelib'), 'tocsin-src.pth').write_text(str(pathlib.Path('src').resolve()) + '\n', encoding='utf-8')"
	@printf '#!/bin/sh\nexec "%s/python" -m tocsin "$$@"\n' "$(abspath $(BIN))" > $(BIN)/tocsin
	@chmod +x $(BIN)/tocsin
	@touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.run
	@echo "adding the developers' tools from requirements/dev.lock (once)"
	@$(PIP) -r requirements/dev.lock
	@touch $@

demo: $(VENV)/.run
	@$(BIN)/tocsin demo

test: $(VENV)/.dev
	@$(BIN)/python -m pytest $(TESTS)

# Types are checked beside the tests, of which one process ends before the other.
check: $(VENV)/.dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/mypy & types=$$!; $(BIN)/python -m pytest $(TESTS); tests=$$?; wait $$types && exit $$tests
	@$(BIN)/python -m bench --gate

bench: $(VENV)/.dev
	@$(BIN)/python -m bench $(ARGS)

$(VENV)/.long: requirements/long.lock $(VENV)/.dev
	@echo "adding the fuzzer from requirements/long.lock (once)"
	@$(PIP) -r requirements/long.lock
	@touch $@

bench-long: $(VENV)/.long
	@$(BIN)/python -m bench --long $(ARGS)

format: $(VENV)/.dev
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock: $(VENV)/.dev
	@$(BIN)/python -m pip install --quiet uv==0.13.9
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements/run.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --group dev -o requirements/dev.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --group dev --group training -o requirements/training.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --group pyproject.toml:long -o requirements/long.lock

clean:
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
