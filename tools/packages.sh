#!/bin/sh
# Sees that the Debian packages named are there ("chromium", "postgresql-15"); root installs what is missing.
missing=""
for package in "$@"; do
    case "$package" in
        chromium) command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || missing="$missing chromium" ;;
        postgresql-15) [ -x /usr/lib/postgresql/15/bin/postgres ] || missing="$missing postgresql-15" ;;
    esac
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing$missing ..."
    # shellcheck disable=SC2086
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } >/dev/null 2>&1 && exit 0
fi
echo "Missing on this machine:$missing. Install it as root: apt-get install$missing" >&2
exit 1
