#!/usr/bin/env bash
# Measures what the cache for reading is worth.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: benchmarks/cache.sh [--quick]

Packages the local API with its cache and measures warm reads of an order without a cache, with one in the process and
with one in a Redis of its own (Debian's package redis-server; says so where it is missing), in turns, on an embedded
PostgreSQL. All on loopback, where a round trip costs the least that it can.

  --quick  fewer rounds and reads
  --help   this text
USAGE
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/usage.sh
takes_option --quick "$@"
mode=${option_given:+quick}
mode=${mode:-whole}
bin=${JAVA_HOME:+$JAVA_HOME/bin/}

work=target/benchmark/cache
rm -rf "$work"
mkdir -p "$work/program"
mvn -q -B -Plocal,cache -DskipTests package dependency:build-classpath -DincludeScope=test \
  "-Dmdep.outputFile=$work/class-path"
class_path="target/local/test-classes:$(<"$work/class-path")"
mv target/ecommerce-order-api.jar "$work"
"${bin}javac" -Xlint:all,-path,-try -d "$work/program" -cp "$class_path" benchmarks/CacheBenchmark.java benchmarks/Figures.java
"${bin}java" -cp "$work/program:$class_path" CacheBenchmark "$mode" "$work/ecommerce-order-api.jar" test_order.json \
  "$(command -v redis-server || true)"
