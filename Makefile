# Thin calls of `cargo xtask`; every step lives there, once.
# `make run ARGS="--help"` passes ARGS on to the server.

# rustup's folder is missing from PATH until the next login after its installation.
export PATH := $(PATH):$(HOME)/.cargo/bin

.PHONY: run test check watch bench clean ready

run: ready
	@cargo xtask run $(ARGS)

test: ready
	@cargo xtask setup --wasm --browser
	@cargo xtask site
	@cargo xtask test

check: ready
	@cargo xtask setup --wasm
	@cargo xtask check

watch: ready
	@cargo xtask watch $(ARGS)

# As root, the mail figures too: they come with a Postfix of their own.
bench: ready
	@cargo xtask build
	@benches/all.sh

clean:
	cargo clean

ready:
	@scripts/prerequisites.sh
