# Stabilis: every command a person needs. `make demo` and `make test` need only Python 3.11 and make.
PYTHON ?= python3.11
PORT ?= 8800
BIN := .venv/bin
PIP := $(BIN)/uv pip install --quiet --system-certs --python $(BIN)/python
JOBS ?= auto
export PORT
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help demo test check bench docs lock assets pack messages clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## ?/\t/' | expand -t 12

demo: .venv/.runtime .venv/.assets ## Install, load the case data, serve the app and print its address
	@echo "Installed in $$(( $$(date +%s) - $$(cat .venv/.began) )) s (download included)"
	@STABILIS_DEMO=1 $(BIN)/stabilis demo

test: .venv/.dev ## Install and run the suite
	@$(BIN)/pytest -n $(JOBS) -m "not browser and not spark"

check: .venv/.dev ## Format, lint, types, floors, tests, docs: what CI asks for
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/stabilis-docs --check
	@$(MAKE) --no-print-directory test
	@$(BIN)/mkdocs build --strict --site-dir var/site

bench: .venv/.dev ## Measure ours, a peer and the floor in one run
	@$(BIN)/python -m benchmarks.ingest

docs: .venv/.dev ## Print the reference from the code and build the site into var/site
	@$(BIN)/stabilis-docs
	@$(BIN)/mkdocs build --strict --site-dir var/site

assets: .venv/.runtime ## Build the explorable charts and the map
	@rm -f .venv/.assets && $(MAKE) --no-print-directory .venv/.assets

lock: .venv/.uv ## Pin every dependency again, with hashes and without addresses
	@echo uv | $(BIN)/uv pip compile --quiet --no-header --no-emit-index-url --generate-hashes --upgrade - -o requirements/uv.txt
	@$(BIN)/uv pip compile --quiet --no-header --no-emit-index-url --generate-hashes --upgrade pyproject.toml -o requirements/runtime.txt
	@$(BIN)/uv pip compile --quiet --no-header --no-emit-index-url --generate-hashes -c requirements/runtime.txt --group test --group check --group docs pyproject.toml -o requirements/dev.txt
	@$(BIN)/uv pip compile --quiet --no-header --no-emit-index-url --generate-hashes --group browser -o requirements/browser.txt
	@$(BIN)/uv pip compile --quiet --no-header --no-emit-index-url --generate-hashes -c requirements/runtime.txt --extra spark pyproject.toml -o requirements/spark.txt
	@$(BIN)/uv pip compile --quiet --no-header --no-emit-index-url --generate-hashes --group assets -o requirements/assets.txt

messages: .venv/.dev ## Collect texts for translation (needs GNU gettext)
	@cd src/stabilis && ../../$(BIN)/python -m django makemessages --settings stabilis.config.settings --locale fr --locale ar --no-location --ignore casepack --verbosity 0
	@cd src/stabilis && ../../$(BIN)/python -m django compilemessages --settings stabilis.config.settings --verbosity 0

clean: ## Remove what these commands made, the loaded data included
	@rm -rf .venv var src/stabilis/interface/static/built

.venv/.uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Stabilis needs Python 3.11 or later as $(PYTHON). Name another: make demo PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing. Install it (Debian: apt install python3-venv) and run make again."; exit 1; }
	@mkdir -p .venv && date +%s > .venv/.began
	@echo "Making a virtual environment"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/uv.txt
	@touch $@

.venv/.runtime: .venv/.uv requirements/runtime.txt pyproject.toml
	@date +%s > .venv/.began
	@echo "Downloading and installing what Stabilis runs on"
	@$(PIP) -r requirements/runtime.txt
	@$(PIP) --no-deps --editable .
	@touch $@

.venv/.dev: .venv/.runtime requirements/dev.txt
	@echo "Installing what tests and checks need"
	@$(PIP) -r requirements/dev.txt
	@touch $@

.venv/.assets: .venv/.runtime $(wildcard src/stabilis/interface/assets/*) src/stabilis/interface/building.py
	@node -e 'process.exit(parseInt(process.versions.node) < 20)' 2>/dev/null && command -v npm >/dev/null || $(PIP) -r requirements/assets.txt
	@$(BIN)/python -m stabilis.interface.building --optional
	@test ! -e src/stabilis/interface/static/built/core.js || touch $@
