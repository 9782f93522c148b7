# `make run` and `make test` are all one needs; each sets up what it lacks.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.PHONY: run build test bench crash-test shots

# Serves the product with a demo company on an SQLite file under var/.
run: build
	target/release/calliyo demo --if-empty
	exec target/release/calliyo serve

# The whole product in one file, target/release/calliyo.
build:
	scripts/setup build
	scripts/build-site
	. scripts/env; cargo build --release -p calliyo

# Every check there is.
test:
	scripts/test

# What a run costs beside the bare statements; prints, asserts nothing.
bench: build
	. scripts/env; scripts/postgres cargo run --release -p calliyo --example bench

# Kills the server in the middle of runs, 50 times on each database.
crash-test: build
	scripts/postgres scripts/crash-test 50

# A picture of every page in end2end/shots: light and dark, 1440 and 390 px.
shots: build
	scripts/setup test
	. scripts/env; cd end2end && npx playwright test --config shots.config.ts
