# Everything a newcomer needs; `make` alone explains itself.
# The environment is made from requirements-serve.txt, or for tests from requirements.txt, which holds the same and more.
# Both pin every package with its hash.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python -m
# What serving, building and checking need; an environment for tests has it too.
SERVES := $(if $(wildcard $(VENV)/ready),$(VENV)/ready,$(VENV)/serves)
TOOLS := .venv-tools
export NO_MKDOCS_2_WARNING := 1

ZENSICAL := .venv-zensical
# Two processes take file by file, the slow ones first: what the tests of a file share is made once.
TWO := -n 2 --dist loadfile --no-loadscope-reorder
# Rewriting the assertions of all tests takes longer than reading them: what is rewritten is kept, whatever is set.
PYTEST := PYTHONDONTWRITEBYTECODE= $(RUN) pytest

.PHONY: zensical help serve quick style test build preview check pictures sheets bench sbom audit versions lock clean \
  ready run news

help:
	@echo "make serve   show the handbook at http://127.0.0.1:8000, live; some projects with PROJECTS='a*'"
	@echo "make quick   style, types and quick tests, for every save"
	@echo "make test    run every test; installs a browser where there is none"
	@echo "make build   write the site to site/, strictly; of some projects only with PROJECTS='a* b*'"
	@echo "make preview write a site to preview/ that opens from disk, search included"
	@echo "make zensical build the same site with Zensical, into exported/site/"
	@echo "make check   look for problems in checklists/ and projects/"
	@echo "make run     run any other command: DO='new --help'"
	@echo "make news    say whether the shared handbook at UPSTREAM has a newer edition"
	@echo "make bench   measure, with made-up projects"
	@echo "make pictures renew the pictures of the guides, and take every kind of page in every look, to be looked at"
	@echo "make sheets  let LibreOffice save filled sheets and tables anew, as cases for the tests"
	@echo "make sbom    list the packages that the site is built with, and their licences, in sbom.json"
	@echo "make audit   look for known vulnerabilities in all packages; fails where one cannot be looked up"
	@echo "make versions make the environment anew with other packages: VERSIONS=highest or lowest-direct"
	@echo "make lock    renew the requirements files"

serve: $(SERVES)
	NAVIGATOR_PROJECTS='$(PROJECTS)' $(RUN) mkdocs serve --livereload

build: $(SERVES)
	NAVIGATOR_PROJECTS='$(PROJECTS)' $(RUN) mkdocs build --strict

preview: $(SERVES)
	OFFLINE=true $(RUN) mkdocs build --strict --site-dir preview

check: $(SERVES)
	$(RUN) macros check

ready: $(SERVES)

run: $(SERVES)
	@$(RUN) macros $(DO)

news:
	@bash .github/scripts/new_edition.sh "$$UPSTREAM" "$$(sed -n 's/^edition: *"*\(v[0-9.]*\).*/\1/p' checklists/navigator.yml)"

# For every save: style, types, and all that needs neither a browser nor a site of its own; properties with fewer examples.
quick: style
	NAVIGATOR_TESTS=quick $(PYTEST) $(TWO) -m "not browser and not builds"

test: style
	$(PYTEST) $(TWO)

style: $(VENV)/ready
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy

pictures: $(VENV)/ready
	$(RUN) tests.support.pictures
	$(RUN) tests.support.looks

sheets: $(VENV)/ready
	$(RUN) tests.support.workbooks
	$(RUN) tests.support.tables

bench: $(VENV)/ready
	$(VENV)/bin/python tests/benchmarks/bench.py --json bench.json

zensical: $(SERVES) $(ZENSICAL)/ready
	$(RUN) macros export exported
	cd exported && ../$(ZENSICAL)/bin/zensical build --strict

# Of an environment of its own: what only tests need is no part of a site.
sbom: $(TOOLS)/ready
	@$(PYTHON) -m venv $(TOOLS)/serves
	@$(TOOLS)/serves/bin/python -m pip install $(PIP) -r requirements-serve.txt
	@$(TOOLS)/serves/bin/python -m pip uninstall --quiet --yes pip setuptools
	$(TOOLS)/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --gather-license-texts \
	  --output-format JSON --output-file sbom.json $(TOOLS)/serves/bin/python

audit: $(TOOLS)/ready
	for file in requirements.txt requirements-tools.txt requirements-zensical.txt; do \
	  $(TOOLS)/bin/pip-audit --require-hashes --disable-pip --progress-spinner off --strict -r $$file || exit 1; \
	done

# The newest or the oldest packages that pyproject.toml allows, with those of tests as new as they fit.
versions: $(TOOLS)/ready
	$(TOOLS)/bin/uv pip compile --quiet --python $(PYTHON) --resolution $(or $(VERSIONS),highest) pyproject.toml \
	  --output-file .versions.txt
	$(TOOLS)/bin/uv pip compile --quiet --python $(PYTHON) --group dev --constraint .versions.txt pyproject.toml \
	  --output-file .versions-dev.txt
	rm -rf $(VENV)
	$(TOOLS)/bin/uv venv --quiet --python $(PYTHON) $(VENV)
	$(TOOLS)/bin/uv pip install --quiet --python $(VENV)/bin/python -r .versions-dev.txt
	rm .versions.txt .versions-dev.txt
	touch $(VENV)/ready

COMPILE := $(TOOLS)/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet --upgrade

lock: $(TOOLS)/ready
	$(COMPILE) pyproject.toml --group dev --output-file requirements.txt
	$(COMPILE) pyproject.toml --constraint requirements.txt --output-file requirements-serve.txt
	$(COMPILE) --group tools --output-file requirements-tools.txt
	$(COMPILE) --group zensical --output-file requirements-zensical.txt

clean:
	rm -rf $(VENV) $(ZENSICAL) $(TOOLS) exported site preview .*.draft .pytest_cache .mypy_cache .ruff_cache .hypothesis \
	  bench.json sbom.json

PIP := --quiet --disable-pip-version-check --require-hashes

# Makes an environment from a file: uv where it is there, else pip. Both refuse a package whose hash is not in the file.
define ENVIRONMENT
@$(PYTHON) -c 'import sys; sys.exit("The Navigator needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 serve" if sys.version_info < (3, 11) else 0)'
@echo "Installing $$(grep -c == $<) packages into $(@D)$(1)."
@rm -rf $(@D)
@if command -v uv >/dev/null; then \
  uv venv --quiet --python $(PYTHON) $(@D) && \
  uv pip install --python $(@D)/bin/python --require-hashes -r $<; \
else \
  $(PYTHON) -m venv $(@D) && \
  $(@D)/bin/python -m pip install --progress-bar off --disable-pip-version-check --require-hashes -r $<; \
fi
@touch $@
endef

$(VENV)/serves: requirements-serve.txt
	$(call ENVIRONMENT, (about 190 MB))

$(VENV)/ready: requirements.txt
	$(call ENVIRONMENT, (about 640 MB; tests need a browser driver and a Java))

# The other renderer and the tools have environments of their own: nothing else needs them.
$(ZENSICAL)/ready: requirements-zensical.txt
	$(call ENVIRONMENT)

$(TOOLS)/ready: requirements-tools.txt
	$(call ENVIRONMENT)
