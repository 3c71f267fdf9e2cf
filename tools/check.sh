#!/bin/sh
# All static checks; the first that fails ends it.
set -e
bin=.venv/bin
$bin/ruff check --quiet indgang tests benchmarks manage.py
$bin/ruff format --quiet --check indgang tests benchmarks manage.py || { echo "Some files are not formatted; run make format." >&2; exit 1; }
tools/no-addresses.sh
$bin/lint-imports --no-cache >/tmp/indgang-imports.$$ 2>&1 || { cat /tmp/indgang-imports.$$; rm -f /tmp/indgang-imports.$$; exit 1; }
rm -f /tmp/indgang-imports.$$
$bin/mypy --no-error-summary indgang
data="$(mktemp -d)"
trap 'rm -rf "$data"' EXIT
INDGANG_DATA="$data" $bin/python manage.py check -v0
INDGANG_DATA="$data" $bin/python -W ignore manage.py makemigrations --check --dry-run -v0 || { echo "A model changed without a migration; run manage.py makemigrations." >&2; exit 1; }
echo "check: all fine"
