#!/usr/bin/env bash
# Measures the local API under load.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: benchmarks/load.sh [--quick]

Packages the local API and measures its orders per second over 1 to 32 connections. If pgbench is installed, the script
also measures pgbench with the same SQL.

  --quick  fewer and shorter rounds
  --help   this text
USAGE
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/usage.sh
takes_option --quick "$@"
mode=${option_given:+quick}
mode=${mode:-whole}
bin=${JAVA_HOME:+$JAVA_HOME/bin/}
pgbench=$(command -v pgbench || find /usr/lib/postgresql -name pgbench 2>/dev/null | sort | tail -n 1)

work=target/benchmark/load
rm -rf "$work"
mkdir -p "$work/program"
mvn -q -B -Plocal -DskipTests package dependency:build-classpath -DincludeScope=test "-Dmdep.outputFile=$work/class-path"
class_path="target/local/test-classes:$(<"$work/class-path")"
"${bin}javac" -Xlint:all,-path,-try -d "$work/program" -cp "$class_path" \
  benchmarks/LoadBenchmark.java benchmarks/Clients.java benchmarks/Figures.java

"${bin}java" -cp "$work/program:$class_path" LoadBenchmark "$mode" target/ecommerce-order-api.jar test_order.json \
  benchmarks/create.pgbench "$work/load.csv" ${pgbench:+"$pgbench"}
