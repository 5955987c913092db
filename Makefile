# What a machine needs: CPython 3.11 or later and make. Everything else is installed into .venv from the locks.
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python
export UV_PYTHON_DOWNLOADS := never

.PHONY: demo test check bench evaluate docs lock clean

demo: .venv/app ## Load the facts that ship and ask the three questions.
	$(BIN)/footprint load
	$(BIN)/footprint partners CARICOM --theme border-control --limit 3
	$(BIN)/footprint groupings --organisation CARICOM --limit 3
	$(BIN)/footprint entry-points SLE --as-of 2009-10-01 --limit 5
	@echo
	@echo "The graph stays loaded. Go on with: $(BIN)/footprint --help"

test: .venv/dev ## The whole suite, on the embedded engine and on Neo4j, each in a process of its own.
	$(BIN)/pytest -n 2 --dist loadscope

check: .venv/dev ## Style, types, who may import whom, all Cypher, and that the made pages of docs/ and the explorer's files are up to date.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.lint_cypher
	$(BIN)/python -m tools.model_page --check
	$(BIN)/python -m tools.data_page --check
	$(BIN)/python -m tools.forms_page --check
	$(BIN)/python -m tools.explorer --check

bench: .venv/bench ## Speeds, as ratios within one run.
	$(BIN)/python -m benchmarks.load
	$(BIN)/python -m benchmarks.questions
	$(BIN)/python -m benchmarks.groupings
	$(BIN)/python -m benchmarks.http
	$(BIN)/python -m benchmarks.explorer

evaluate: .venv/dev ## How good the suggestions are, on documented cases of help.
	$(BIN)/python -m evaluation

docs: .venv/dev ## Write docs/model.md anew from the model, docs/data.md from the facts, docs/forms.md from the forms, and bundle the explorer.
	$(BIN)/python -m tools.model_page
	$(BIN)/python -m tools.data_page
	$(BIN)/python -m tools.forms_page
	$(BIN)/python -m tools.explorer

lock: .venv/dev ## Resolve the locks anew.
	for name in app build dev bench; do \
	  case $$name in app) what=pyproject.toml ;; build) what="--group build" ;; bench) what="pyproject.toml --group bench" ;; dev) what="pyproject.toml --all-extras --group dev" ;; esac; \
	  $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 --upgrade \
	    $$what --output-file requirements/$$name.lock; \
	done

.venv/bench: .venv/dev requirements/bench.lock
	$(UV) --require-hashes -r requirements/bench.lock
	@touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache tools/node_modules viz/explorer/node_modules

$(BIN)/uv: requirements/bootstrap.lock
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.lock
	@touch $@

# The application alone; what developers need besides comes with .venv/dev.
.venv/app: $(BIN)/uv requirements/app.lock requirements/build.lock pyproject.toml
	$(UV) --require-hashes -r requirements/app.lock -r requirements/build.lock
	$(UV) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: .venv/app requirements/dev.lock
	$(UV) --require-hashes -r requirements/dev.lock
	@touch $@
