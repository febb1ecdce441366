# Klankbord. `make demo` shows it, `make test` proves it.
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test check bench messages requirements lock clean
PORT ?= 8000
DATA ?= ./.demo
BIN := .venv/bin

help: ## what there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 20

setup: ## build .venv with the klankbord command
	@scripts/setup.sh runtime

setup-dev: ## build .venv with what tests and checks need too
	@scripts/setup.sh dev

demo: setup ## found the fictitious organisations and serve them (PORT=8000 DATA=./.demo)
	@exec $(BIN)/klankbord demo --data "$(DATA)" --port "$(PORT)"

test: setup-dev ## prove all of it (SKIP=browser,postgres leaves those out and says so)
	@scripts/test.sh

check: setup-dev ## style, types, import contracts, migrations, deployment settings, messages, requirements
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/klankbord manage makemigrations --check --dry-run
	KLANKBORD_HTTPS=true KLANKBORD_BASE_URL=https://report.example.org $(BIN)/klankbord manage check --deploy --fail-level WARNING
	$(BIN)/python scripts/messages.py check
	$(BIN)/python scripts/requirements.py check

bench: setup-dev ## measure it: prints a table and writes bench/result.json
	@scripts/bench.sh

messages: setup-dev ## collect the texts of templates and code into locale/*, and compile them
	$(BIN)/python scripts/messages.py update

requirements: setup-dev ## write docs/requirements.md: what is asked, where it is built, what proves it
	$(BIN)/python scripts/requirements.py update

lock: setup-dev ## renew requirements/*.txt from requirements/*.in
	@scripts/lock.sh

clean: ## remove what make built (not the demo's data)
	rm -rf .venv build dist src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
