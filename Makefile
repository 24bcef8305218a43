# Everything a newcomer needs; `make` alone explains itself.
# The environment is made from requirements.txt, which pins every package with its hash.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python -m
export NO_MKDOCS_2_WARNING := 1

ZENSICAL := .venv-zensical
# Two processes take file by file, the slow ones first: what the tests of a file share is made once.
TWO := -n 2 --dist loadfile --no-loadscope-reorder

.PHONY: zensical help serve quick style test build preview check pictures sheets bench lock clean

help:
	@echo "make serve   show the handbook at http://127.0.0.1:8000, live; some projects with PROJECTS='a*'"
	@echo "make quick   style, types and quick tests, for every save"
	@echo "make test    run every test; installs a browser where there is none"
	@echo "make build   write the site to site/, strictly; of some projects only with PROJECTS='a* b*'"
	@echo "make preview write a site to preview/ that opens from disk, search included"
	@echo "make zensical build the same site with Zensical, into exported/site/"
	@echo "make check   look for problems in checklists/ and projects/"
	@echo "make bench   measure, with made-up projects"
	@echo "make pictures renew the pictures of the guides (needs a Chromium)"
	@echo "make sheets  let LibreOffice save filled sheets anew, as cases for the tests"
	@echo "make lock    renew requirements.txt (needs uv)"

serve: $(VENV)/ready
	NAVIGATOR_PROJECTS='$(PROJECTS)' $(RUN) mkdocs serve --livereload

build: $(VENV)/ready
	NAVIGATOR_PROJECTS='$(PROJECTS)' $(RUN) mkdocs build --strict

preview: $(VENV)/ready
	OFFLINE=true $(RUN) mkdocs build --strict --site-dir preview

check: $(VENV)/ready
	$(RUN) macros check

# For every save: style, types, and all that needs neither a browser nor a site of its own; properties with fewer examples.
quick: style
	NAVIGATOR_TESTS=quick $(RUN) pytest $(TWO) -m "not browser and not builds"

test: style
	$(RUN) pytest $(TWO)

style: $(VENV)/ready
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy

pictures: $(VENV)/ready
	$(RUN) tests.support.pictures

sheets: $(VENV)/ready
	$(RUN) tests.support.workbooks

bench: $(VENV)/ready
	$(VENV)/bin/python tests/benchmarks/bench.py --json bench.json

zensical: $(VENV)/ready $(ZENSICAL)/ready
	$(RUN) macros export exported
	cd exported && ../$(ZENSICAL)/bin/zensical build --strict

lock:
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
	  --generate-hashes --no-header --quiet --upgrade --output-file requirements.txt
	uv pip compile --group zensical --universal --python-version 3.11 \
	  --generate-hashes --no-header --quiet --upgrade --output-file requirements-zensical.txt

clean:
	rm -rf $(VENV) $(ZENSICAL) exported site preview .pytest_cache .mypy_cache .ruff_cache .hypothesis bench.json

# uv where it is there, else pip: both refuse a package whose hash is not in the file.
$(VENV)/ready: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit("The Navigator needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 serve" if sys.version_info < (3, 11) else 0)'
	@rm -rf $(VENV)
	@if command -v uv >/dev/null; then \
	  uv venv --quiet --python $(PYTHON) $(VENV) && \
	  uv pip install --quiet --python $(VENV)/bin/python --require-hashes -r requirements.txt; \
	else \
	  $(PYTHON) -m venv $(VENV) && \
	  $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt; \
	fi
	@touch $@

# The other renderer has an environment of its own: nothing else needs it.
$(ZENSICAL)/ready: requirements-zensical.txt
	@rm -rf $(ZENSICAL)
	@$(PYTHON) -m venv $(ZENSICAL)
	@$(ZENSICAL)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@
