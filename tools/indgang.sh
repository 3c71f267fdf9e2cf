#!/bin/sh
# The command `indgang`: the project runs from its folder and is not installed into the environment.
here="$(dirname "$(readlink -f "$0")")"
root="$(dirname "$(dirname "$here")")"
PYTHONPATH="$root${PYTHONPATH:+:$PYTHONPATH}" exec "$here/python" -m indgang.assembly.commands "$@"
