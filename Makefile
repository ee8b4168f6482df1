# Slipway. `make run` starts it, `make test` checks it. Each target is a script of the same name or one line.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: run test proof bench format lint setup screenshot clean help

DATA ?= .slipway
LISTEN ?= 127.0.0.1:8080
BROKER ?= 1883

run: ## Install what is missing, build, and serve the sample district on loopback
	scripts/setup
	scripts/assets
	swift build -c release --product slipway
	exec .build/release/slipway serve --sample --data "$(DATA)" --listen "$(LISTEN)" --broker "$(BROKER)"

test: ## Install what tests need and run every check and test
	scripts/setup --tests
	scripts/assets
	scripts/test

proof: ## The same with the long forms of those tests that have one
	scripts/setup --tests
	scripts/assets
	SLIPWAY_PROOF=1 scripts/test

bench: ## Measure, and write the figures to Benchmarks/results
	scripts/setup
	scripts/assets
	scripts/bench

format: ## Bring sources into shape
	swift format format --in-place --recursive --parallel Sources Tests Package.swift

lint: ## Check shape and house rules
	swift format lint --strict --recursive --parallel Sources Tests Package.swift
	scripts/check

setup: ## Install what building, running and testing need
	scripts/setup --tests
	scripts/assets

screenshot: ## Take the pictures in docs/images from a running sample
	scripts/setup --tests
	scripts/assets
	swift build --product slipway
	.venv/bin/python scripts/screenshot

clean: ## Remove what was built (data in .slipway stays)
	rm -rf .build .venv Sources/Web/Assets/vendor

help: ## Show this list
	@grep -E '^[a-z]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20
