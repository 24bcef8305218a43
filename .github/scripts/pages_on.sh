#!/usr/bin/env bash
# Says which setting is missing before GitHub Pages can publish the site. Needs GH_TOKEN and GITHUB_REPOSITORY.
set -euo pipefail

where="Open Settings, Pages, and choose GitHub Actions as the source. Then run this workflow again."
if answer="$(gh api "repos/$GITHUB_REPOSITORY/pages" --jq .build_type 2>&1)"; then
  [ "$answer" != legacy ] || { echo "::error title=Pages publishes a branch::$where"; exit 1; }
elif [[ "$answer" == *"HTTP 404"* ]]; then
  echo "::error title=Pages is not switched on::$where"
  exit 1
else
  echo "::warning::Whether Pages is switched on could not be read. If publishing fails: $where"
fi
