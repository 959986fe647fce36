# What CI calls, so local = CI. `make` alone lists the targets.
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
.PHONY: help
help: ## List the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14
lock: ## Write requirements.lock anew from pyproject.toml
	$(PYTHON) -m uv pip compile -q --universal --generate-hashes --python-version 3.11 --group dev pyproject.toml -o requirements.lock --custom-compile-command "make lock"
