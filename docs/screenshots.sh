#!/bin/sh
# Take the README's screenshots of the sample articles: `make screenshots`.
set -eu
cd "$(dirname "$0")/.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
.venv/bin/earmark build articles -o "$out/audio" --plain
node docs/screenshots.mjs "$(command -v chromium)" "$out/audio" docs/screenshots
