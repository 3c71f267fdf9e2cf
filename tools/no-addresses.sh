#!/bin/sh
# Lock files and configuration name packages and hashes, never where they come from.
if grep -nE '://|--(extra-)?index-url|--find-links' requirements*.in requirements*.lock package.json package-lock.json .npmrc pyproject.toml; then
    echo "An address stands in a lock file or the configuration (lines above); take it out." >&2
    exit 1
fi
