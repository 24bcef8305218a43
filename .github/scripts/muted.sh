#!/usr/bin/env bash
# Runs a command whose output may hold text from a pull request, so that GitHub does not take a line
# such as ::warning:: in it for a command of its own. Both streams become one, to keep their order.
set -euo pipefail

token="$(openssl rand -hex 32)"
echo "::stop-commands::$token"
trap 'printf "\n::%s::\n" "$token"' EXIT
"$@" 2>&1
