#!/bin/sh
# Makes the virtual environment $1 with the first Python that is new enough.
for name in ${PYTHON:-python3.11 python3.12 python3.13 python3.14 python3}; do
    command -v "$name" >/dev/null 2>&1 || continue
    "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { old="$name"; continue; }
    if ! "$name" -c 'import venv, ensurepip' 2>/dev/null; then
        echo "$name has no module venv. On Debian install it with: apt-get install $name-venv" >&2
        exit 1
    fi
    echo "Making $1 with $("$name" --version) ..."
    "$name" -m venv "$1" && exit 0
    rm -rf "$1"
    exit 1
done
if [ -n "$old" ]; then
    echo "$old is $("$old" --version 2>&1 | cut -d' ' -f2); Indgang needs Python 3.11 or newer. Install it, or name it: make PYTHON=/path/to/python3.11" >&2
else
    echo "No Python was found; Indgang needs Python 3.11 or newer. Install it, or name it: make PYTHON=/path/to/python3.11" >&2
fi
exit 1
