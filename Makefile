# 研答: what people and CI run. `make` alone lists it; everything lives in .venv and .yanda.

PYTHON ?= python3
PORT ?= 8000
# not `?=`: some shells export HOST as the name of the machine, which would open the chat to the network
HOST := 127.0.0.1

VENV := .venv
BIN := $(VENV)/bin
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help serve index test check bench screenshots clean browser

help:           ## what can be made
	@sed -n 's/^\([a-z]*\): .*## /  make \1\t/p' Makefile | expand -t 20

serve: $(VENV)/.ready ## the chat on http://127.0.0.1:8000, its index brought up to date first (PORT=9000 HOST=0.0.0.0)
	@$(BIN)/yanda serve --index --host '$(HOST)' --port '$(PORT)'

index: $(VENV)/.ready ## the index alone, from the folders of the setting corpus
	@$(BIN)/yanda index

test: $(VENV)/.ready-dev browser ## the whole test suite, in a real browser too where there is one
	@$(BIN)/python -m pytest

check: $(VENV)/.ready-dev ## format, lint and types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

bench: $(VENV)/.ready-dev ## quality and speed, written into the READMEs' tables
	@$(BIN)/python -m bench

screenshots: $(VENV)/.ready-dev browser ## the page's main states, photographed into docs/screenshots
	@$(BIN)/python -m bench.screenshots

clean:          ## forgets the installation and every cache; the index and saved answers in .yanda stay
	@rm -rf $(VENV) .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# one pip command each: split in two, pip may swap the pinned torch for another build
$(VENV)/.ready: pyproject.toml constraints.txt
	@$(call install,.)
	@touch $@

$(VENV)/.ready-dev: pyproject.toml constraints.txt
	@$(call install,.[dev])
	@touch $(VENV)/.ready $@

define install
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	echo "$(PYTHON) is missing or older than 3.11; name a newer one: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }; \
test -x $(BIN)/pip || $(PYTHON) -m venv --clear $(VENV) || { \
	echo "$(PYTHON) cannot make a virtual environment; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }; \
echo "installing into $(VENV) (some minutes the first time) …"; \
$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '$(1)'
endef

# Debian's browser and a font with Chinese in it; where they cannot be had, the browser tests skip and say so
browser:
	@command -v chromium >/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "installing chromium and Chinese fonts for the browser tests …"; \
			{ apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium fonts-noto-cjk; } \
				>/dev/null 2>&1 || echo "chromium could not be installed: the browser tests will skip"; \
		else echo "no chromium here: the browser tests will skip (Debian: apt-get install chromium fonts-noto-cjk)"; fi; }
