# Haven's two commands. README.md says what they need and what can be set.

PYTHON ?= python3

.PHONY: run test bench lock

# Try Haven out: prepare what is missing, then start it on a fictional landlord; Ctrl-C stops it.
run:
	@$(PYTHON) bin/bootstrap
	@.venv/bin/haven up --demo

# Check everything that the project claims.
test:
	@$(PYTHON) bin/bootstrap --check
	@.venv/bin/python3 bin/check

# Measure Haven at the sizes that SIZES names (10,000 and 100,000 cases); the figures are kept in build/bench.json.
bench:
	@$(PYTHON) bin/bootstrap --check
	@.venv/bin/python3 -m bench

# Write the locked lists of packages anew after changing requirements.in or requirements-dev.in (needs uv).
lock:
	uv pip compile requirements.in -o requirements.txt $(LOCKING)
	uv pip compile requirements-dev.in -o requirements-dev.txt -c requirements.txt $(LOCKING)

LOCKING = --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-header --no-annotate --quiet
