#!/usr/bin/env bash
# Measures the local API.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: benchmarks/local.sh

Packages the local API and measures its start to the first order, and warm calls, on this machine.
USAGE
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/usage.sh
takes_no_arguments "$@"
mvn -q -B -Plocal -DskipTests package
exec java benchmarks/LocalBenchmark.java target/ecommerce-order-api.jar test_order.json
