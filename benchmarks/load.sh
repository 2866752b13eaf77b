#!/usr/bin/env bash
# Measures the local API under load, and its statements on many orders.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: benchmarks/load.sh [--quick]

Packages the local API and measures how many orders a second it takes over 1 to 32 connections, beside pgbench with the
same SQL where pgbench is installed; then what create, get and list cost on ten thousand orders and on many more.

  --quick  fewer and shorter rounds, a million orders at the most
  --help   this text

Environment:
  ORDERS, TENANTS  how many to generate at the most (default: 10,000,000 over 10,000; quick: 1,000,000 over 1,000).
                   Ten million need 30 GB of disk.
USAGE
}

mode=whole
case "${1:-}" in
'') ;;
--help | -h)
  usage
  exit 0
  ;;
--quick) mode=quick ;;
*)
  usage >&2
  exit 2
  ;;
esac

cd "$(dirname "${BASH_SOURCE[0]}")/.."
bin=${JAVA_HOME:+$JAVA_HOME/bin/}
if [[ $mode == quick ]]; then
  orders=${ORDERS:-1000000} tenants=${TENANTS:-1000} calls=200
else
  orders=${ORDERS:-10000000} tenants=${TENANTS:-10000} calls=1000
fi
pgbench=$(command -v pgbench || find /usr/lib/postgresql -name pgbench 2>/dev/null | sort | tail -n 1)

work=target/benchmark/load
rm -rf "$work"
mkdir -p "$work/program"
mvn -q -B -Plocal -DskipTests package dependency:build-classpath -DincludeScope=test "-Dmdep.outputFile=$work/class-path"
class_path="target/local/test-classes:$(<"$work/class-path")"
"${bin}javac" -Xlint:all,-path,-try -d "$work/program" -cp "$class_path" \
  benchmarks/LoadBenchmark.java benchmarks/ScaleBenchmark.java benchmarks/Figures.java

"${bin}java" -cp "$work/program:$class_path" LoadBenchmark "$mode" target/ecommerce-order-api.jar test_order.json \
  benchmarks/create.pgbench "$work/load.csv" ${pgbench:+"$pgbench"}
"${bin}java" -cp "$work/program:$class_path" ScaleBenchmark benchmarks/orders.sql benchmarks/stored-order.json "$calls" \
  10000 10 "$orders" "$tenants"
