# Two commands are enough: `make demo` shows the exchange, `make test` checks it.
PYTHON ?= python3
PORT ?= 8000
RUN := .venv/bin/python
export PORT

.PHONY: setup demo test simulate crossings bench schema freeze lock

setup: ## build the environment from the locks; instant when nothing changed
	@command -v $(PYTHON) >/dev/null || { echo "Civic Exchange needs Python 3.11 or newer; $(PYTHON) is not there."; exit 1; }
	@$(PYTHON) deploy/make_environment.py

demo: setup ## PostgreSQL, Valkey, the demo city, web, worker and beat in the foreground (PORT=8000)
	@$(RUN) -m civic.embedded.demo --tied

test: setup ## formatting, lint, types, contracts, migrations and all tests (FAST=1: of what has changed, no browser, no kills)
	@$(RUN) -m tests.run

simulate: setup ## a city walked at random, every fault with its shortest story (STEPS=10000, LENGTH=150, SEED=… to repeat)
	@$(RUN) -m tests.simulation

crossings: setup ## write anew what each verb answers in each state of its neighbours; read the difference
	@CROSSINGS=write $(RUN) -m pytest -q tests/whole/test_crossings.py

bench: setup ## figures beside their floors (QUALITY in docs)
	@$(RUN) -m bench

schema: setup ## regenerate the schema dump from the migrations
	@$(RUN) -m civic.embedded.schema

freeze: setup ## put new migrations and SQL files on the list of those that stay as they are
	@$(RUN) -m tests.architecture.frozen

lock: setup ## recompile the lock after a change of pyproject.toml
	@$(RUN) -m uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet --output-file deploy/requirements.lock
