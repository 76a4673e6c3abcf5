#!/bin/sh
# The least that makes an MP3 of an article: no loudness, no chapters, no captions.
# usage: bare.sh ARTICLE OUT.mp3
set -eu
espeak-ng -v en --stdout -f "$1" | lame --quiet -b 64 - "$2"
