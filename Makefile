# A newcomer needs only `make run` and `make test`; both install what they use.
PORT ?= 8000
KILLS ?= 1000
SEED ?= 2026
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9

.PHONY: run run-aws test soak lint bench bench-check peers wheel package arm64 golden lock screenshots lighthouse browser emulators proxies pango

run: $(VENV)/run.ok pango
	$(BIN)/python build.py serve --port $(PORT)

# The same on emulators of AWS; deletes its data at the end.
run-aws: $(VENV)/test.ok $(VENV)/functions.ok emulators
	$(BIN)/python -m tests.commands.run_aws $(PORT)

test: $(VENV)/test.ok $(VENV)/functions.ok browser emulators proxies pango lint
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

# The long form of tests/functions/cases/test_soak.py: takes minutes, prints figures for
# docs/reliability.md.
soak: $(VENV)/test.ok
	$(BIN)/python -m tests.commands.soak --kills $(KILLS) --seed $(SEED)

lint: $(VENV)/test.ok
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: $(VENV)/test.ok $(VENV)/functions.ok browser emulators peers
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.pages
	$(BIN)/python -m benchmarks.samples
	$(BIN)/python -m benchmarks.build

# Exits with 1 if builds, starts or filings are 1.5 times as slow as in benchmarks/last.json.
bench-check: $(VENV)/test.ok $(VENV)/functions.ok
	$(BIN)/python -m benchmarks.regression

# The generators that `python -m benchmarks.build` compares the build with; nothing else needs them.
PEERS := build/peers
peers: $(PEERS)/ok
$(PEERS)/ok: $(VENV)/test.ok
	mkdir -p $(PEERS)
	command -v hugo >/dev/null || { apt-get update -q && \
		apt-get -o DPkg::Lock::Timeout=300 install -y -q hugo; }
	PATH="$(CURDIR)/$(BIN):$$PATH" npm install --silent --no-audit --no-fund --prefix $(PEERS) @11ty/eleventy@3.1.8
	$(BIN)/uv venv -q --allow-existing $(PEERS)/python
	$(BIN)/uv pip install -q --python $(PEERS)/python/bin/python 'pelican[markdown]==4.12.0' mkdocs==1.6.1
	touch $@

# The program as a wheel with the command `ombud`; docs/commands.md says how to install it.
wheel: $(VENV)/uv.ok
	rm -f build/ombud-*.whl
	$(BIN)/uv build -q --wheel --out-dir build

# The packages that Lambda runs; docs/operations.md says how to deploy it.
package: $(VENV)/functions.ok $(VENV)/node.ok
	$(BIN)/python -m infra.package $(VENV)/functions build

# Rewrites the generated files that are committed: golden pages, the schema, the catalogues, the
# words and style sheet of the desk, and the examples of the Chinese page on the format.
golden: $(VENV)/test.ok
	$(BIN)/pybabel -q extract -F babel.cfg -o $(VENV)/ombud.pot --omit-header --sort-output --no-location .
	$(BIN)/pybabel -q update -i $(VENV)/ombud.pot -d site_src/locale -D ombud --no-fuzzy-matching --ignore-obsolete --no-wrap --omit-header
	$(BIN)/python -m pytest tests/site_src/render/test_golden.py tests/site_src/render/test_gallery.py \
		tests/site_src/numbers/test_samples.py tests/functions/views/desk \
		tests/docs/test_policy_format.py::test_chinese_page_has_every_example --update-golden

# The packages of Lambda on Python 3.13 for arm64, whose processor is emulated: takes minutes.
arm64: $(VENV)/test.ok $(VENV)/functions.ok $(VENV)/node.ok
	$(BIN)/python -m tests.commands.arm64.fetch
	$(BIN)/python -m pytest tests/commands/arm64/checks.py

screenshots: $(VENV)/test.ok browser
	$(BIN)/python -m tests.commands.screenshots

# Audits six pages, three times each: takes four to eight minutes.
lighthouse: $(VENV)/node.ok browser
	$(BIN)/python -m tests.commands.lighthouse

# With hashes and without index addresses, so any mirror works.
lock: $(VENV)/uv.ok
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
		pyproject.toml -o locks/run.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
		--extra aws --group test pyproject.toml -o locks/test.txt
	$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --python-version 3.13 \
		--python-platform aarch64-manylinux2014 --group functions -c locks/test.txt -o locks/functions.txt
	echo ministack | $(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url \
		--python-version 3.11 - -o locks/ministack.txt
	PATH="$(CURDIR)/$(BIN):$$PATH" npm install --silent --package-lock-only

browser:
	@command -v chromium >/dev/null || { apt-get update -q && \
		apt-get -o DPkg::Lock::Timeout=300 install -y -q chromium fonts-noto-cjk; }

# WeasyPrint draws receipts and posters with it. Everything else works without it.
PANGO := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-noto-cjk
pango: $(VENV)/run.ok
	@$(BIN)/python -m functions.adapters.weasyprint || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
		&& apt-get update -q && apt-get -o DPkg::Lock::Timeout=300 install -y -q $(PANGO); } \
		|| echo "No PDF: install $(PANGO)"

# Caddy and nginx, before which tests put our examples: unpacked, so that nothing is installed or started.
proxies: $(VENV)/proxies/ok
$(VENV)/proxies/ok: $(VENV)/uv.ok
	mkdir -p $(VENV)/proxies
	! command -v apt-get >/dev/null || { apt-get update -q && cd $(VENV)/proxies && \
		apt-get download -q caddy nginx nginx-common && for package in *.deb; do dpkg-deb -x $$package .; done; }
	touch $@

emulators: $(VENV)/ministack.ok $(VENV)/node.ok
	@command -v java >/dev/null || { apt-get update -q && \
		apt-get -o DPkg::Lock::Timeout=300 install -y -q default-jre-headless; }

$(VENV)/uv.ok:
	python3 -m venv $(VENV) || { apt-get update -q && apt-get install -y -q python3-venv && python3 -m venv $(VENV); }
	$(BIN)/python -m pip install -q uv==$(UV_VERSION)
	touch $@

# Python and Jinja compile what is first used and keep it: let the first build not wait for that. What
# is wrong with the policies, a build that somebody asks for says.
COMPILE := $(BIN)/python build.py build --keep-going --out $(VENV)/compiled >/dev/null 2>&1 || true

$(VENV)/run.ok: $(VENV)/uv.ok locks/run.txt
	$(BIN)/uv pip install -q --require-hashes --python $(BIN)/python -r locks/run.txt
	$(COMPILE)
	touch $@

$(VENV)/test.ok: $(VENV)/uv.ok locks/test.txt
	$(BIN)/uv pip sync -q --require-hashes --python $(BIN)/python locks/test.txt
	$(COMPILE)
	touch $@ $(VENV)/run.ok

# Wheels for Lambda's Python, whatever Python this machine has.
$(VENV)/functions.ok: $(VENV)/uv.ok locks/functions.txt
	rm -rf $(VENV)/functions
	$(BIN)/uv pip install -q --target $(VENV)/functions --only-binary :all: --require-hashes \
		--python-platform aarch64-manylinux2014 --python-version 3.13 -r locks/functions.txt
	touch $@

# The test lock contains Node: Debian 12's own is too old for osls.
$(VENV)/node.ok: $(VENV)/test.ok package-lock.json
	PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent
	touch $@

# The AWS emulator pins its own botocore, so it lives in a virtual environment of its own.
$(VENV)/ministack.ok: $(VENV)/uv.ok locks/ministack.txt
	$(BIN)/uv venv -q --allow-existing $(VENV)/ministack
	$(BIN)/uv pip sync -q --require-hashes --python $(VENV)/ministack/bin/python locks/ministack.txt
	touch $@
