#!/bin/sh
# Static checks, every test, and the kernel tests once more on PostgreSQL 15.
set -e
note=""
if [ "$BROWSER" = none ]; then
    chosen="not browser"
    note=" WITHOUT THE BROWSER TESTS (BROWSER=none)"
else
    tools/packages.sh chromium || { echo "Or leave the browser out: BROWSER=none make test" >&2; exit 1; }
    chosen=""
fi
tools/check.sh
.venv/bin/python -c 'from indgang.assembly.assets import compile_translations; compile_translations()'
.venv/bin/python -m pytest -q -n "${WORKERS:-2}" --dist loadgroup -m "$chosen"
older=/usr/lib/postgresql/15/bin
[ "$(id -u)" = 0 ] && { tools/packages.sh postgresql-15 || true; }
if [ -x "$older/postgres" ]; then
    INDGANG_TEST_POSTGRES="$older" .venv/bin/python -m pytest -q -m kernel
else
    note="$note WITHOUT POSTGRESQL 15 (apt-get install postgresql-15)"
fi
echo "test: all passed$note"
