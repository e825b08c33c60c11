#!/bin/sh
# Makes the pictures of the README and the docs from fresh recordings of samples. Run it on a machine with nothing else to do.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
images=$root/docs/images
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$root"  # so that no path of this machine gets into a picture
mkdir -p "$images"
"$root/threadlens" record -o "$work/first_look.threadlens" -- "$("$root/threadlens" python)" samples/first_look.py --seconds 8
"$root/threadlens" snapshot "$work/first_look.threadlens" -o "$images/timeline-light.png"
"$root/threadlens" snapshot "$work/first_look.threadlens" -o "$images/timeline-dark.png" --dark
for view in contention cores flame; do
    "$root/threadlens" snapshot "$work/first_look.threadlens" -o "$images/$view-light.png" --view $view
done
"$root/threadlens" compare --run --repeat 3 -o "$work/speedup" -- samples/speedup.py --threads 2 >"$work/compare.txt"
"$root/threadlens" snapshot "$work/speedup" -o "$images/compare-light.png" --view compare
"$root/threadlens" snapshot "$work/speedup" -o "$images/compare-dark.png" --view compare --dark
