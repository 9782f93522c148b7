# `make run` and `make test` are all one needs; each sets up what it lacks.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.PHONY: run build test bench fleet-test crash-test chaos-test replay shots

# Serves the product with a demo company on an SQLite file under var/.
run: build
	target/release/calliyo demo --jobs --if-empty
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
	scripts/setup test
	. scripts/env; scripts/postgres cargo run --release -p calliyo --example bench

# Lives through 500 due instants with four servers on PostgreSQL, and with one that is killed again and again on SQLite.
fleet-test: build
	scripts/setup test
	. scripts/env; CALLIYO_FLEET_INSTANTS=500 scripts/postgres cargo test -p calliyo --test fleet -- --nocapture

# Kills the server in the middle of runs, 50 times on each database.
crash-test: build
	scripts/setup kill-test
	scripts/postgres scripts/crash-test 50

# Random sequences of saves, runs, kills and clock jumps, 100 on each database.
chaos-test: build
	scripts/setup kill-test
	scripts/postgres scripts/chaos-test 100

# Plays a call centre's real fortnight, each call through the product, and compares every figure with the files' own sums:
# make replay LEADS=leads.csv CALLS=calls.csv; without them the extract in server/tests/data.
replay:
	scripts/setup test
	scripts/build-site
	. scripts/env; $(if $(LEADS),CALLIYO_REPLAY_LEADS=$(abspath $(LEADS))) $(if $(CALLS),CALLIYO_REPLAY_CALLS=$(abspath $(CALLS))) \
	  scripts/postgres cargo test --release -p calliyo --test replay -- --nocapture --test-threads 1

# A picture of every page in end2end/shots: light and dark, 1440 and 390 px.
shots: build
	scripts/setup test
	. scripts/env; cd end2end && npx playwright test --config shots.config.ts
