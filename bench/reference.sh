#!/bin/sh
# The same job by public tools: speak, measure, gain and limiter into a 64 kbit/s MP3, measure the result.
# usage: reference.sh ARTICLE OUT.mp3
set -eu
wav=$(mktemp --suffix=.wav)
trap 'rm -f "$wav"' EXIT
espeak-ng -v en -f "$1" -w "$wav"
loudness=$(ffmpeg -hide_banner -nostats -i "$wav" -af ebur128=peak=true:framelog=verbose -f null - 2>&1 |
    awk '/^ *I:/ { print $2 }' | tail -n 1)
gain=$(awk "BEGIN { print -16 - ($loudness) }")
ffmpeg -hide_banner -nostats -loglevel error -y -i "$wav" \
    -af "volume=${gain}dB,alimiter=limit=-1.5dB:level=false" -ac 1 -b:a 64k "$2"
ffmpeg -hide_banner -nostats -i "$2" -af ebur128=peak=true:framelog=verbose -f null - 2>&1 |
    awk '/^ *I:/ { print $2 }' | tail -n 1
