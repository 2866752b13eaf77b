#!/usr/bin/env bash
# Builds and measures everything, prints the tables and draws the plots.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: benchmarks/run.sh [--quick]

Measures cold starts and warm calls (aws.sh), load (load.sh) and many orders (scale.sh); with --quick in about ten minutes.
USAGE
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/usage.sh
takes_option --quick "$@"
echo '## AWS Lambda'
benchmarks/aws.sh "$@"
mkdir -p target/benchmark/plot
cp target/benchmark/aws/cold.csv target/benchmark/plot
echo
echo '## Load'
benchmarks/load.sh "$@"
cp target/benchmark/load/load.csv target/benchmark/plot
echo
echo '## Many orders'
benchmarks/scale.sh "$@"
"${JAVA_HOME:+$JAVA_HOME/bin/}java" benchmarks/Plot.java target/benchmark/plot/cold.csv target/benchmark/plot/load.csv \
  benchmarks/cold-start.svg benchmarks/throughput.svg
