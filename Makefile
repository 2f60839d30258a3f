# The few commands of this repository; `make` alone lists them. Everything they need goes into .venv and node_modules.
.DEFAULT_GOAL := help
.PHONY: help run test check e2e bench prove coverage format types lock

# Whatever Python there is starts the set-up, which then picks one that is new enough or says what is missing.
ANY_PYTHON := $(firstword $(shell command -v python3 python3.13 python3.12 python3.11))
NO_PYTHON = { echo "OneDoor needs Python 3.11 or newer. On Debian or Ubuntu: sudo apt install python3 python3-venv"; exit 1; };
PREPARE := $(if $(ANY_PYTHON),$(ANY_PYTHON),$(NO_PYTHON)) tools/prepare.py
PYTHON := .venv/bin/python
# Most tests wait more than they work, so more run at once than there are processors; not many more, since some of them
# measure how soon something happens.
BESIDE = -m "not e2e and not bench and not prove" -n 3 --dist loadfile --no-loadscope-reorder --ignore=tests/unit/core
# The core's rules by themselves, so that no line or branch of them is reached only by way of a server.
CORE = tests/unit/core -n0 --cov=queue_server.core --cov-report=term:skip-covered --cov-fail-under=100
BROWSER = -m e2e -n 2 --dist loadfile
PYTEST = ONEDOOR_CHROMIUM="$$(cat .venv/.chromium)" $(PYTHON) -m pytest

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## Set everything up and run a hall here (ARGS="…" goes to `onedoor demo`)
	@$(PREPARE)
	@exec .venv/bin/onedoor demo $(ARGS)

test: ## Set everything up and run the tests, the browser's included, but not bench and prove (ARGS="…" goes to pytest)
	@$(PREPARE) test
	@echo "Testing the pages' code …"
	@$(PYTHON) tools/pages.py vitest run
	@echo "Testing everything else …"
	@if [ -n "$(ARGS)" ]; then $(PYTEST) $(ARGS); else \
	  failed=0; $(PYTEST) $(CORE) || failed=$$?; $(PYTEST) $(BESIDE) || failed=$$?; $(PYTEST) $(BROWSER) || failed=$$?; exit $$failed; fi

check: ## Check style, types and which room imports which
	@$(PREPARE)
	@failed=; for step in "ruff check" "ruff format --check" "mypy" "lint-imports" "python tools/pages.py vue-tsc --noEmit"; do \
	  echo "— $$step"; .venv/bin/$$step || failed="$$failed · $$step"; \
	done; if [ -n "$$failed" ]; then echo "Not passed:$$failed"; exit 1; fi

e2e: ## Run the browser tests alone
	@$(PREPARE) test
	@$(PYTEST) -m e2e $(ARGS)

bench: ## Measure speed on this machine
	@$(PREPARE) test
	@$(PYTEST) -m bench $(ARGS)

prove: ## Run the long proofs (an hour and more)
	@$(PREPARE) test
	@$(PYTEST) -m prove $(ARGS)

coverage: ## Say which lines the quick tests leave out; the core must have none
	@$(PREPARE) test
	@$(PYTEST) -m "not bench and not prove and not e2e" --cov --cov-report= $(ARGS)
	@$(PYTHON) -m coverage report
	@$(PYTHON) -m coverage report --include="queue_server/core/*" --fail-under=100

format: ## Put the code into its form
	@$(PREPARE)
	$(PYTHON) -m ruff check --fix
	$(PYTHON) -m ruff format

types: ## Write the pages' types of the messages anew from queue_server/protocol/
	@$(PREPARE)
	@PYTHONPATH=. $(PYTHON) tools/wire_types.py

lock: ## Write requirements.lock anew from pyproject.toml
	@$(PREPARE)
	$(PYTHON) tools/lock.py
