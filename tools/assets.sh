#!/bin/sh
# Installs the locked browser assets with the machine's Node, or with the one in the virtual environment $1.
major="$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')"
if [ "${major:-0}" -lt 20 ] || ! command -v npm >/dev/null 2>&1; then
    PATH="$(readlink -f "$1")/bin:$PATH"
    export PATH
fi
npm ci --ignore-scripts --silent --cache "$1/npm-cache" || {
    echo "npm ci failed; run it by hand to see why: npm ci --ignore-scripts" >&2
    exit 1
}
