# Needs only python3 (3.11 or later) and make. Each target sets up what it needs in $(VENV); a stamp keeps that to once.
VENV ?= .venv
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
PIP = $(VENV)/bin/python -m pip --disable-pip-version-check install --quiet --no-compile
SAMPLES ?= $(sort $(wildcard samples/*-*-*))

.PHONY: help brief test check evals figures lock docs samples clean
.DELETE_ON_ERROR:

help:
	@echo "make brief   set up $(VENV) and print the briefing of samples/"
	@echo "make test    run the tests            make check   ruff, mypy --strict, import-linter"
	@echo "make evals   hold the evals to what was accepted, from recordings"
	@echo "make figures renew the figures of evals/README.md"
	@echo "make lock    renew the lock files     make docs    renew docs/cli.md from the program itself"
	@echo "make samples renew samples/briefings/"

brief: $(VENV)/.runtime
	@$(VENV)/bin/python -m briefer run $(SAMPLES)

# A process a core; the tests of one file stay together, as some share what takes long to make.
test: $(VENV)/.development
	$(VENV)/bin/python -m pytest --numprocesses auto --dist loadfile

# All four, so that one run shows all that is to be mended.
check: $(VENV)/.development
	@failed=; for tool in "ruff check ." "ruff format --check ." mypy lint-imports; do \
		echo "$$tool"; $(VENV)/bin/$$tool || failed="$$failed; $$tool"; done; \
	[ -z "$$failed" ] || { echo "failed: $${failed#; }" >&2; exit 1; }

# Offline, from recordings: the cases are sound, no reader got worse, and the README says what they do.
evals: $(VENV)/.runtime
	$(VENV)/bin/python -m briefer eval lint evals
	$(VENV)/bin/python -m briefer eval run evals --gate --quiet
	$(VENV)/bin/python -m briefer eval run evals --extractor rules --gate --quiet
	$(VENV)/bin/python -m briefer eval figures evals --check evals/README.md

figures: $(VENV)/.runtime
	$(VENV)/bin/python -m briefer eval figures evals --write evals/README.md

# The edition of each day, from that day's folder alone, as docs/samples.md has it.
samples: $(VENV)/.runtime
	@mkdir -p samples/briefings
	@for day in $(notdir $(SAMPLES)); do \
		$(VENV)/bin/python -m briefer run samples/$$day --date $$day --quiet --out samples/briefings/$$day.md; done

docs: $(VENV)/.development
	$(VENV)/bin/python scripts/make_cli_docs.py

$(VENV)/bin/python:
	@if [ -z "$(PYTHON)" ]; then \
		echo "briefer needs Python 3.11 or later; here is: $$(python3 --version 2>&1 || true)." >&2; \
		echo "Install a newer one, or name it: make brief PYTHON=/path/to/python3" >&2; exit 2; fi
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments: its venv module is missing." >&2; \
		echo "On Debian or Ubuntu: sudo apt-get install python3-venv; then run make again." >&2; exit 2; }
	@echo "Setting up $(VENV) (once)" >&2
	@$(PYTHON) -m venv --clear $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(VENV)/.development: requirements-dev.lock $(VENV)/.runtime
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

# The locks hold every platform's hashes and no addresses. The runtime one holds the build backend too, so that
# `pip install -e .` needs nothing that is not locked.
LOCK = build/lock/bin/uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet
lock:
	@test -x build/lock/bin/uv || { $(PYTHON) -m venv --clear build/lock && build/lock/bin/python -m pip install -q uv; }
	@printf 'hatchling\neditables\n' > build/lock/backend.in
	$(LOCK) $(LOCK_FLAGS) pyproject.toml build/lock/backend.in -o requirements.lock
	$(LOCK) $(LOCK_FLAGS) pyproject.toml build/lock/backend.in --extra dev -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
