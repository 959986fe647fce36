# What CI calls, so local = CI. `make` alone lists the targets.
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
APPS := site hearings knowledge news search demo tests bench scripts manage.py gunicorn.conf.py
PYTEST := $(PYTHON) -m pytest

.PHONY: help setup run demo test test-postgres browser lint format messages bench bench-hearings bench-search lock check-deploy
help: ## List the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

setup: ## Make .venv and install the locked packages
	python3.11 -c "from scripts.bootstrap import ensure_venv; ensure_venv()" 2>/dev/null || python3 -c "from scripts.bootstrap import ensure_venv; ensure_venv()"

run: ## Development server on http://localhost:8000 (load the content once with: manage.py load_demo)
	$(PYTHON) manage.py migrate -v0 && $(PYTHON) manage.py createcachetable && $(PYTHON) manage.py runserver

demo: ## Serve the demo, like production but on loopback
	python3 -m demo

test: ## All tests that need no server
	python3 -m tests

test-postgres: ## All tests on a throw-away PostgreSQL and Elasticsearch
	bash -c 'source scripts/start_postgres.sh && source scripts/start_elasticsearch.sh && trap "stop_postgres; stop_elasticsearch" EXIT && DATABASE_URL=$$POSTGRES_URL REQUIRE_SERVERS=1 $(PYTEST) -q --create-db -n 2 --dist loadfile --ignore tests/browser'

browser: ## The journeys, axe, sizes and policies in a real Chromium; Lighthouse alone, because it measures time
	REQUIRE_SERVERS=1 $(PYTEST) -m browser -n 2 --dist loadfile tests/browser --ignore tests/browser/test_lighthouse.py
	REQUIRE_SERVERS=1 $(PYTEST) -m browser tests/browser/test_lighthouse.py

lint: ## Style, types, templates, migrations, translations
	$(PYTHON) -m ruff check $(APPS)
	$(PYTHON) -m ruff format --check $(APPS)
	$(PYTHON) scripts/lint_templates.py
	$(PYTHON) -m mypy site hearings knowledge news search
	$(PYTHON) manage.py makemigrations --check --dry-run -v1
	$(PYTHON) scripts/messages.py --check
	$(PYTHON) -m pip check

format: ## Bring the code into shape
	$(PYTHON) -m ruff check --fix -q $(APPS); $(PYTHON) -m ruff format -q $(APPS)
	$(PYTHON) scripts/lint_templates.py --fix

messages: ## Collect strings into locale/th and compile
	$(PYTHON) scripts/messages.py

bench: ## Kilobytes and queries of the first views
	$(PYTHON) bench/first_view.py

bench-search: ## How well and how quickly search finds, beside the stock search of Wagtail
	$(PYTHON) bench/search.py
	$(PYTHON) bench/search_speed.py

bench-hearings: ## Queries, CPU and growth of a hearing with 1,000 and 100,000 comments
	$(PYTHON) bench/hearings.py

check-deploy: ## Django's deployment check on the production settings
	$(PYTEST) -q tests/project/test_settings.py

lock: ## Write requirements.lock anew from pyproject.toml (needs: pip install uv)
	$(PYTHON) -m uv pip compile -q --universal --generate-hashes --python-version 3.11 --group dev pyproject.toml -o requirements.lock --custom-compile-command "make lock"
