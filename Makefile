# Two commands on a fresh machine with Python >= 3.11 and make: `make briefing`, `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: briefing lab test test-slow lint bench constraints clean

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; found " + sys.version.split()[0] + ". Name another one: make PYTHON=/path/to/python3 …")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

briefing: $(READY)
	$(BIN)/python notebooks/run.py --out briefing

lab: $(READY)
	$(BIN)/tellings lab

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy analysis
	$(BIN)/nbstripout --verify notebooks/*.ipynb

test: $(READY)
	$(BIN)/pytest -m "not slow"

test-slow: $(READY)
	$(BIN)/pytest -m slow

# Accuracy needs the corpora folder: make bench TELLINGS_CORPORA=/path/to/corpora
bench: $(READY)
	$(BIN)/python benchmarks/run.py

# Hashed pins without addresses; needs uv.
constraints:
	uv pip compile pyproject.toml --extra dev --generate-hashes --universal --python-version 3.11 \
	  --no-emit-index-url --no-header -o constraints.txt

clean:
	rm -rf $(VENV) briefing
