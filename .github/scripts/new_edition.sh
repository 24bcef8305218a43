#!/usr/bin/env bash
# Says whether the shared handbook has a newer edition; 1 if it has one.
#
#   new_edition.sh ADDRESS EDITION
#
# ADDRESS is where the shared handbook is fetched from, EDITION the one that is used here, such as v2026.1.
set -euo pipefail

if [ -z "$1" ]; then
  echo "The shared handbook is not named. Write the address that it is cloned from into the variable UPSTREAM."
  exit 0
fi
if ! tags="$(git ls-remote --tags --refs -- "$1" 'v[0-9]*')"; then
  echo "The shared handbook cannot be reached, so nobody knows whether there is a newer edition."
  exit 0
fi
newest="$(sed -n 's#.*refs/tags/\(v[0-9]\{4\}\.[0-9]\{1,3\}\)$#\1#p' <<< "$tags" | sort -V | tail -n 1)"
if [ -z "$newest" ] || [ "$(printf '%s\n' "$newest" "$2" | sort -V | tail -n 1)" = "$2" ]; then
  echo "There is no newer edition than $2."
  exit 0
fi
echo "Edition $newest of the shared handbook is out; this repository uses $2."
echo "How to take it in is on the page regions/upgrade of the handbook."
exit 1
