# landgrade: `make test` for a new user, the rest for developers.
CARGO ?= cargo

.PHONY: help demo test check build system clean

help: ## this list
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

system: ## install the system packages the build and the tests need
	@sh scripts/system-packages.sh

demo: build ## the main job on the sample city: two releases made, published, compared (PARCELS=3000, DEMO=demo)
	@sh scripts/demo.sh

build: system ## build for release
	$(CARGO) build --release --locked

test: system ## every test
	$(CARGO) test --locked

check: system ## what CI runs before the tests: format, lints, docs with checked links, dependency rules
	$(CARGO) fmt --check
	$(CARGO) clippy --locked --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --locked --no-deps --quiet
	@sh scripts/check-links.sh
	@if $(CARGO) deny --version >/dev/null 2>&1; then $(CARGO) deny --offline check bans licenses sources; \
	else echo "skipped: cargo-deny is not installed (cargo install cargo-deny)"; fi

clean: ## remove what was built and made here
	$(CARGO) clean
