ready: .navigator/$(COMMIT)
	@$(INSIDE) .venv/ready

# Nothing is built from another commit than the one that was read and named.
.navigator/$(COMMIT): $(UPSTREAM)
	git init --quiet .navigator
	git -C .navigator fetch --quiet --depth 1 "$(REPOSITORY)" "$(VERSION)"
	@found="$$(git -C .navigator rev-parse 'FETCH_HEAD^{commit}')"; test "$$found" = "$(COMMIT)" || \
	  { echo "$(VERSION) is commit $$found; $(UPSTREAM) says $(COMMIT)." >&2; exit 1; }
	git -C .navigator checkout --quiet --force FETCH_HEAD
	git -C .navigator clean --quiet -dffx --exclude=.venv
	@touch $@
