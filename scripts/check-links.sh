#!/bin/sh
# Every relative link in the Markdown files must lead to a file of this repository.
set -eu
bad=0
for page in $(git ls-files -co --exclude-standard '*.md'); do
    folder=$(dirname "$page")
    for target in $(grep -oE '\]\([^)# ]+' "$page" | cut -c3- | grep -vE '^(https?:|mailto:)' || true); do
        [ -e "$folder/$target" ] || { echo "$page: dead link: $target" >&2; bad=1; }
    done
done
[ "$bad" = 0 ] && echo "links: all lead somewhere"
exit "$bad"
