#!/usr/bin/env bash
# Measures the effect of the cache for reading.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: benchmarks/cache.sh [--quick]

Packages the local API with its cache and measures warm reads of an order in turns: without a cache, with a cache in the
process, and with a cache in its own Redis. Redis comes from Debian's package redis-server; the script says if the package
is missing. PostgreSQL is embedded. All programs are on loopback, where a round trip costs the least.

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
"${bin}java" -cp "$work/program:$class_path" CacheBenchmark "$mode" "$work/ecommerce-order-api.jar" test_order.json
