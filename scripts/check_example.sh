#!/usr/bin/env bash
# Adds the operation of docs/extending.md to a copy of the repository and runs the contract on it.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: scripts/check_example.sh

Copies the repository to a temporary directory and applies docs/examples/reorder.patch there. Then runs the test of the
architecture and the local conformance suite, which includes the cases of the patch.
EOF
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/usage.sh
takes_no_arguments "$@"

directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT

git ls-files --cached --others --exclude-standard -z | tar --create --null --files-from=- --ignore-failed-read |
  tar --extract --directory="$directory"
cd "$directory"
git apply docs/examples/reorder.patch
mvn -q -B -ntp -Plocal test -Dtest='LocalConformanceTest,ArchitectureTest' >"$directory/output" 2>&1 || {
  cat "$directory/output" >&2
  exit 1
}
grep -q 'POST /orders/{orderId}/reorder 201' "$directory/output" || {
  echo "check_example.sh: the suite sent no request to the new operation" >&2
  exit 1
}
echo 'The worked example: passed'
