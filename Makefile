# `make run` and `make test` are all one needs; each sets up what it lacks.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.PHONY: run build test bench fleet-test crash-test chaos-test shots

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

# Lives through 500 due instants with four servers on PostgreSQL, and with one that is killed again and again on SQLite.
fleet-test: build
	. scripts/env; CALLIYO_FLEET_INSTANTS=500 scripts/postgres cargo test -p calliyo --test fleet -- --nocapture

# Kills the server in the middle of runs, 50 times on each database.
crash-test: build
	scripts/postgres scripts/crash-test 50

# Random sequences of saves, runs, kills and clock jumps, 100 on each database.
chaos-test: build
	scripts/postgres scripts/chaos-test 100

# A picture of every page in end2end/shots: light and dark, 1440 and 390 px.
shots: build
	scripts/setup test
	. scripts/env; cd end2end && npx playwright test --config shots.config.ts
