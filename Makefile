# Needs only make and Python 3.11 or newer. `make demo` is the place to start.
PYTHON ?= python3
UV ?= uv
PYTEST_WORKERS ?= 2
PYTEST_ARGS ?=
BENCHMARKS ?= $(wildcard benchmarks/bench_*.py)
BENCH_ARGS ?=
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate --no-strip-extras
TEST_SETTINGS := DJANGO_SETTINGS_MODULE=gongkai.config.testing

.PHONY: help demo run test check bench screenshots venv dev lock clean

help:
	@echo "make demo    演示：建立示例机关，打开门户与工作台 / a demonstration on this machine"
	@echo "make run     启动系统 / serve"
	@echo "make test    测试 / the test suite (DATABASE_URL=postgresql://… for PostgreSQL)"
	@echo "make check   代码检查 / lint, types, layers, migrations, templates, licences"
	@echo "make bench   性能测量 / measurements"
	@echo "make screenshots  重新拍摄手册图片 / the pictures of the manual (needs Chromium, fonts, LibreOffice)"
	@echo "make lock    更新依赖锁定 / lock the dependencies anew (needs uv)"
	@echo "make clean   删除虚拟环境与缓存，保留 var/ 中的数据 / remove what was built, keep var/"

demo: venv
	$(BIN)/gongkai demo

run: venv
	$(BIN)/gongkai serve

test: dev
	$(BIN)/pytest -n $(PYTEST_WORKERS) -q $(PYTEST_ARGS)

check: dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(TEST_SETTINGS) $(BIN)/django-admin check --fail-level WARNING
	$(TEST_SETTINGS) $(BIN)/django-admin makemigrations --check --dry-run
	$(TEST_SETTINGS) $(BIN)/python .ci/check_templates.py
	$(BIN)/python .ci/check_licences.py

bench: dev
	@for measurement in $(BENCHMARKS); do \
		echo "== $$measurement"; $(BIN)/python $$measurement $(BENCH_ARGS) || exit 1; \
	done

screenshots: dev
	$(BIN)/python docs/tools/screenshots.py $(NAMES)

venv: .venv/.runtime
dev: .venv/.dev

.venv/bin/python:
	$(PYTHON) -m venv .venv

# hatchling and editables are locked too, so that the editable install asks no index for them.
.venv/.runtime: requirements/runtime.txt requirements/build.txt pyproject.toml | .venv/bin/python
	$(PIP) install --require-hashes -r requirements/runtime.txt -r requirements/build.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.runtime
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

lock:
	$(LOCK) pyproject.toml -o requirements/runtime.txt
	$(LOCK) --group build -c requirements/runtime.txt -o requirements/build.txt
	$(LOCK) pyproject.toml --group dev -c requirements/runtime.txt -o requirements/dev.txt

clean:
	rm -rf .venv build dist htmlcov .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests -name __pycache__ -prune -exec rm -rf {} +
