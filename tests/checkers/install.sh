#!/bin/sh
# Install the programs that check what earmark publishes: on Debian as root, or under CI, where a
# missing one is a failure. Elsewhere the tests that need them are skipped by name.
set -eu
cd "$(dirname "$0")"

missing=
command -v ffmpeg >/dev/null || missing="$missing ffmpeg"
command -v node >/dev/null || missing="$missing nodejs"
command -v npm >/dev/null || missing="$missing npm"
if [ -n "$missing" ] && [ -f /etc/debian_version ] && [ "$(id -u)" = 0 ]; then
    echo "installing the checkers:$missing"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update --quiet=2
    # shellcheck disable=SC2086 # a list of names
    apt-get install --quiet=2 --yes --no-install-recommends $missing >/dev/null
fi

if command -v npm >/dev/null && [ -f package.json ] && { [ ! -e node_modules/.installed ] || [ package-lock.json -nt node_modules/.installed ]; }; then
    npm ci --silent --no-audit --no-fund --ignore-scripts
    touch node_modules/.installed
fi
