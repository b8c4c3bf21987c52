# make run      set up, index the reports, open the page (REPORTS=folder for your own reports, PORT=number)
# make test     set up and pass the tests
# make check    tests, style, types
# make gates    evaluate on the gold questions and hold the gates; each run is kept in runs/ with a page to read
# make baseline the same, and what is reached becomes what later changes are held against
# make setup    only install, into .venv

PYTHON3 ?= python3
VENV := .venv
PYTHON := $(VENV)/bin/python
REPORTS ?= documents
STORE ?= $(if $(filter documents,$(REPORTS)),.store,.store-$(notdir $(patsubst %/,%,$(REPORTS))))
PORT ?= 7860
# The five published reports, where they are at hand; without them only the sample documents are evaluated.
PUBLISHED ?= $(wildcard ../shared/corpus)

.PHONY: run setup test check lint gates baseline clean

run: setup
	@$(PYTHON) -m index "$(REPORTS)" --store "$(STORE)" || test $$? -eq 1
	@$(PYTHON) app.py --store "$(STORE)" --port $(PORT)

setup: $(VENV)/installed

$(VENV)/installed: requirements.txt
	@$(PYTHON3) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; set PYTHON3=...")'
	@test -x $(PYTHON) || $(PYTHON3) -m venv $(VENV)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/installed-dev: requirements.txt requirements-dev.txt $(VENV)/installed
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

test: $(VENV)/installed-dev
	PUBLISHED_REPORTS="$(PUBLISHED)" $(PYTHON) -m pytest

lint: $(VENV)/installed-dev
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy

check: lint test

gates: $(VENV)/installed-dev
	@$(PYTHON) -m index documents --store .store || test $$? -eq 1
	$(PYTHON) -m eval gold-check --store .store --gold eval/gold/samples.jsonl
	$(PYTHON) -m eval run --store .store --gold eval/gold/samples.jsonl --runs runs $(EVAL)
ifneq ($(PUBLISHED),)
	@$(PYTHON) -m index "$(PUBLISHED)" --store .store-published || test $$? -eq 1
	$(PYTHON) -m eval gold-check --store .store-published --gold eval/gold/reports.jsonl
	$(PYTHON) -m eval run --store .store-published --gold eval/gold/reports.jsonl --runs runs $(EVAL)
else
	@echo "The published reports are not here: eval/gold/reports.jsonl was not run. Set PUBLISHED=folder."
endif

baseline:
	-$(MAKE) gates EVAL=--save-baseline
	@echo "Read the changes of eval/gold/*.baseline.json, then commit them."

clean:
	rm -rf $(VENV) .store .store-*
