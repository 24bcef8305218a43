#!/usr/bin/env bash
# Says under the open merge requests of a GitLab project what they mean: for a pipeline of the default branch only.
#
#   gitlab_comments.sh COMMAND
#
# COMMAND compares the default branch with the folder that stands for {} in it. It runs without the token.
set -euo pipefail

script="$(dirname "$0")/other_forges.py"
if [ -z "${NAVIGATOR_TOKEN:-}" ]; then
  echo "No comment is written, because the variable NAVIGATOR_TOKEN is missing. Under Settings, Access tokens, make a"
  echo "token with the role Reporter and the scope api. Under Settings, CI/CD, Variables, save it as NAVIGATOR_TOKEN,"
  echo "protected and masked. What a change means is also kept in its merge request, as a file of the job meaning."
  exit 0
fi
token="$NAVIGATOR_TOKEN"
unset NAVIGATOR_TOKEN
export API="$CI_API_V4_URL" PROJECT="$CI_PROJECT_ID"
place="$(mktemp -d)"
TOKEN="$token" python3 "$script" list > "$place/open"
status=0
while read -r number; do
  if [ -z "$number" ]; then continue; fi
  git fetch --quiet --no-tags origin "+refs/merge-requests/$number/head:refs/request/$number"
  python3 "$script" say "$place/said" "$number" "refs/request/$number" -- "$@" < /dev/null || status=1
done < "$place/open"
TOKEN="$token" python3 "$script" send gitlab "$place/said"
exit "$status"
