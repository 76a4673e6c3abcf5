#!/bin/sh
# Install the programs that check what earmark publishes: on Debian as root, or under CI, where a
# missing one is a failure. Elsewhere the tests that need them are skipped by name. Arguments are folders of
# checkers that only the tests which take long ask.
set -eu
cd "$(dirname "$0")"

missing=
command -v ffmpeg >/dev/null || missing="$missing ffmpeg"
command -v node >/dev/null || missing="$missing nodejs"
command -v npm >/dev/null || missing="$missing npm"
command -v java >/dev/null || missing="$missing default-jre-headless"
command -v chromium >/dev/null || missing="$missing chromium"
command -v hugo >/dev/null || missing="$missing hugo"
command -v strace >/dev/null || missing="$missing strace"
command -v faketime >/dev/null || missing="$missing faketime"
if [ -n "$missing" ] && [ -f /etc/debian_version ] && [ "$(id -u)" = 0 ]; then
    echo "installing the checkers:$missing"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update --quiet=2
    # shellcheck disable=SC2086 # a list of names
    apt-get install --quiet=2 --yes --no-install-recommends $missing >/dev/null
fi

# Ace and playwright would each fetch a browser of their own; the system's serves.
export PUPPETEER_SKIP_DOWNLOAD=1 PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
for folder in . ace "$@"; do
    if command -v npm >/dev/null && { [ ! -e "$folder/node_modules/.installed" ] || [ "$folder/package-lock.json" -nt "$folder/node_modules/.installed" ]; }; then
        (cd "$folder" && npm ci --silent --no-audit --no-fund --ignore-scripts)
        touch "$folder/node_modules/.installed"
    fi
done

# A server of S3's protocol, with all that it needs by version and hash, in an environment of its own.
locked=../../requirements/s3.txt
if [ ! -e s3/.installed ] || [ "$locked" -nt s3/.installed ]; then
    python3 -m venv --clear s3
    s3/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --requirement "$locked"
    touch s3/.installed
fi
