#!/usr/bin/env bash
# Adds the operation of docs/extending.md to a copy of the repository and runs the contract on it.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: scripts/check_example.sh

Copies the repository to a directory of its own, applies docs/examples/reorder.patch, and runs the local conformance
suite with the cases that the patch adds, and the test of the architecture.
EOF
}

case "${1:-}" in
'') ;;
--help | -h)
  usage
  exit 0
  ;;
*)
  usage >&2
  exit 2
  ;;
esac

cd "$(dirname "${BASH_SOURCE[0]}")/.."

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
grep -q 'POST /orders/\*/reorder 201' "$directory/output" || {
  echo "check_example.sh: the new operation was not asked for" >&2
  exit 1
}
echo 'The worked example: passed'
