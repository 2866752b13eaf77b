#!/usr/bin/env bash
# Measures the API's statements with few and with many orders.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: benchmarks/scale.sh [--quick]

Creates two databases, each on its own PostgreSQL server, with ten thousand orders and with many orders. Measures create,
get, list and events in both databases in turns.

  --quick  a million orders of 1,000 tenants instead of ten million orders of 10,000 tenants
  --help   this text

Environment:
  ORDERS, TENANTS  other numbers of orders and tenants
  SCALE_DIR        the folder in which the databases are kept for later runs (default: target/benchmark/scale); ten million
                   orders are 20 GB
USAGE
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/usage.sh
takes_option --quick "$@"
if [[ -n $option_given ]]; then orders=1000000 tenants=1000; else orders=10000000 tenants=10000; fi
bin=${JAVA_HOME:+$JAVA_HOME/bin/}
work=target/benchmark/scale-program
mkdir -p "$work"
mvn -q -B -Plocal -DskipTests package dependency:build-classpath -DincludeScope=test "-Dmdep.outputFile=$work/class-path"
class_path="target/local/classes:$(<"$work/class-path")"
"${bin}javac" -Xlint:all,-path,-try -d "$work" -cp "$class_path" \
  benchmarks/ScaleBenchmark.java benchmarks/ManyOrders.java benchmarks/Figures.java
"${bin}java" -cp "$work:$class_path" ScaleBenchmark "${SCALE_DIR:-target/benchmark/scale}" benchmarks/orders.sql \
  benchmarks/stored-order.json 200 10000 10 "${ORDERS:-$orders}" "${TENANTS:-$tenants}"
