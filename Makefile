# Two commands are all a newcomer needs: `make demo` and `make test`.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.requirements-installed
CLIENT := tests/contracts/client

.DEFAULT_GOAL := help
.PHONY: help demo setup test proofs fuzz lint bench schema clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: setup ## Set up, load demo content, serve http://127.0.0.1:8000 (PORT=... to change)
	$(BIN)/python manage.py demo --summary --port $(PORT)
	WAGTAILADMIN_BASE_URL=http://127.0.0.1:$(PORT) $(BIN)/python manage.py runserver 127.0.0.1:$(PORT) --noreload

setup: $(STAMP) ## Create .venv, install locked requirements, migrate, load demo content
	@$(BIN)/python manage.py demo --setup

$(STAMP): requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing locked requirements into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.txt
	@touch $@

test: $(STAMP) ## Run the test suite (SQLite, or the database in DATABASE_URL)
	$(BIN)/python -m pytest -n auto $(ARGS)

proofs: $(STAMP) ## Let programs of others judge our APIs (needs Node and Java)
	cd $(CLIENT) && npm ci --no-progress
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m outside --all-tools $(ARGS)

fuzz: $(STAMP) ## Call the APIs with many more requests, made up anew (needs PostgreSQL)
	$(BIN)/python -m pytest -n 0 -m outside --all-tools tests/outside/test_fuzz.py --fuzz-examples=150 $(ARGS)

lint: $(STAMP) ## Check style, types, import contracts and migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run

bench: $(STAMP) ## Measure the read path beside Wagtail's own APIs (needs wrk)
	$(BIN)/python -m benchmarks.run $(ARGS)

schema: $(STAMP) ## Write the OpenAPI snapshots that the tests compare with
	$(BIN)/python -m pytest -q tests/contracts/test_content_openapi.py tests/comments/test_api_read.py -k "purpose or reviewed" --update-snapshots

clean: ## Remove the virtual environment, databases and build output
	rm -rf $(VENV) $(CLIENT)/node_modules build dist staticfiles media *.sqlite3 *.sqlite3-* *.sqlite3.test* .pytest_cache .mypy_cache .ruff_cache
