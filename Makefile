# What a machine needs: CPython 3.11 or later and make. Everything else is installed into .venv from the locks.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export UV_PYTHON_DOWNLOADS := never

.PHONY: demo test check bench docs lock clean

demo: $(VENV)/app ## Load the facts that ship and ask the three questions.
	$(BIN)/footprint load
	$(BIN)/footprint partners CARICOM --theme border-control --limit 5
	$(BIN)/footprint groupings --organisation CARICOM --limit 3
	$(BIN)/footprint entry-points SLE --as-of 2009-10-01 --limit 8
	@echo
	@echo "The graph stays loaded. Next: $(BIN)/footprint --help"

test: $(VENV)/dev ## The whole suite, on the embedded engine and on Neo4j.
	$(BIN)/pytest

check: $(VENV)/dev ## Style, types, who may import whom, and all Cypher.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.lint_cypher

bench: $(VENV)/dev ## Speeds, as ratios within one run.
	$(BIN)/python -m benchmarks.load

docs: $(VENV)/dev ## Write docs/model.md anew from the model.
	$(BIN)/python -m tools.model_page

lock: $(VENV)/dev ## Resolve the locks anew.
	for set in "app" "dev --group dev"; do set -- $$set; name=$$1; shift; \
	  $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 --upgrade \
	    pyproject.toml "$$@" --output-file requirements/$$name.lock; done

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis tools/node_modules

$(BIN)/uv: requirements/bootstrap.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.lock
	@touch $@

# The application alone, without what only developers need.
$(VENV)/app: $(BIN)/uv requirements/app.lock pyproject.toml
	@test -f $(VENV)/dev || $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/app.lock
	@test -f $(VENV)/dev || $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/build.lock
	@test -f $(VENV)/dev || $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev: $(BIN)/uv requirements/dev.lock pyproject.toml
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@
