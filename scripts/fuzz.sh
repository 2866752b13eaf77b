#!/usr/bin/env bash
# Sends many bad inputs to the readers and to the request mappers of the adapters.
set -euo pipefail

usage() {
  cat <<'EOT'
Usage: scripts/fuzz.sh [--tries N]

Mutates good requests, bodies, cursors, tokens, claims, and the events of each platform, and counts the responses. The
tests do the same with 1,000 inputs of each kind. A failure names the input, and the seed with which jqwik makes the input
again.

Options:
  --tries N   number of inputs of each kind (default: 200000)
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
  -Dmaven.test.redirectTestOutputToFile=false -Dtest='*FuzzTest' -Djqwik.tries.default="$tries"
