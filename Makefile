# Everything one can do with Indgang from a shell; `make help` lists it.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.SUFFIXES:

VENV := .venv
PY := $(VENV)/bin/python
STAMPS := $(VENV)/stamps
export INDGANG_DEMO ?= 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup setup-dev run test journeys drill format check bench bench-large requirements lock clean

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name text; do printf '  make %-14s %s\n' "$$name" "$$text"; done

run: setup  ## start Indgang with a demo town; stop with Ctrl-C
	@exec $(VENV)/bin/indgang up

setup: $(STAMPS)/runtime $(STAMPS)/assets $(VENV)/bin/indgang  ## install what running needs
	@:

setup-dev: setup $(STAMPS)/development

test: setup-dev  ## all checks and tests (BROWSER=none leaves the browser out)
	@tools/test.sh

journeys: setup-dev  ## every journey through a started system
	@tools/packages.sh chromium
	@$(PY) -m pytest tests/journeys -q

drill: setup-dev  ## kill every process while messages are in flight, and count
	@$(PY) -m indgang.assembly.drill

format: setup-dev  ## format the code
	@$(VENV)/bin/ruff check --quiet --fix indgang tests benchmarks manage.py || true
	@$(VENV)/bin/ruff format --quiet indgang tests benchmarks manage.py

check: setup-dev  ## all static checks
	@tools/check.sh

bench: setup-dev  ## measure; each script prints its ratios
	@for script in benchmarks/*.py; do case "$$script" in */_*|*/large.py) continue;; esac; \
		echo "== $$script"; PYTHONPATH=. $(PY) "$$script" || exit 1; done

bench-large: setup-dev  ## a million cases under 120 requests a second (LARGE="--cases 100000 --rate 40" for less)
	@PYTHONPATH=. $(PY) benchmarks/large.py $(LARGE)

requirements: setup-dev  ## must-requirements without a test
	@PYTHONPATH=. $(PY) tests/requirements.py

lock:  ## pin the dependencies anew (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv (pip install uv)."; exit 1; }
	@uv pip compile -q --generate-hashes --universal --python-version 3.11 --custom-compile-command "make lock" -o requirements.lock requirements.in
	@uv pip compile -q --generate-hashes --universal --python-version 3.11 --custom-compile-command "make lock" -o requirements-dev.lock requirements-dev.in
	@tools/no-addresses.sh

clean:  ## remove what was built (never the data folder)
	rm -rf $(VENV) node_modules static-built .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find indgang -name '*.mo' -delete

$(PY):
	@tools/python.sh $(VENV)

$(STAMPS)/runtime: requirements.lock | $(PY)
	@echo "Installing locked dependencies ..."
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PY) -m ensurepip >/dev/null  # a first start that was cut off
	@$(PY) -m pip install -qq --require-hashes -r requirements.lock
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/development: requirements.lock requirements-dev.lock | $(STAMPS)/runtime
	@echo "Installing locked development tools ..."
	@$(PY) -m pip install -qq --require-hashes -r requirements-dev.lock
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/assets: package-lock.json .npmrc | $(STAMPS)/runtime
	@echo "Installing browser assets ..."
	@tools/assets.sh $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(VENV)/bin/indgang: tools/indgang.sh | $(PY)
	@cp tools/indgang.sh $@ && chmod 755 $@
