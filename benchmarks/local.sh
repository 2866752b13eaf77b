#!/usr/bin/env bash
# Measures the local API.
set -euo pipefail

if [[ $# -gt 0 ]]; then
  echo "Usage: benchmarks/local.sh"
  echo
  echo "Packages the local API and measures its start to the first order, and warm calls, on this machine."
  [[ "$1" == --help || "$1" == -h ]] && exit 0
  exit 2
fi

cd "$(dirname "${BASH_SOURCE[0]}")/.."
mvn -q -B -Plocal -DskipTests package
exec java benchmarks/LocalBenchmark.java target/ecommerce-order-api.jar test_order.json
