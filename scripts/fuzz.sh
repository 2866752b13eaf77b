#!/usr/bin/env bash
# Tries many bad inputs on the readers and on each adapter's conversion.
set -euo pipefail

usage() {
  cat <<'EOT'
Usage: scripts/fuzz.sh [--tries N]

Mutates good requests, bodies, cursors, tokens, claims, and the events of each platform, and says how many were answered
and how. The tests do the same with 1,000 of each. A failure names the input, and the seed by which jqwik makes it again.

Options:
  --tries N   how many of each of the eight kinds (default: 200000)
  --help      this text
EOT
}

tries=200000
case "${1:-}" in
'') ;;
--tries)
  tries=${2:-}
  if [[ ! $tries =~ ^[1-9][0-9]*$ ]]; then
    usage >&2
    exit 2
  fi
  ;;
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
mvn -q -B -Plocal,aws,azure,gcp -Dadapter=all -Dfunctions.skip -Dassembly.skipAssembly test \
  -Dtest='*FuzzTest' -Djqwik.tries.default="$tries"
