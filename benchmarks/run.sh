#!/usr/bin/env bash
# Builds and measures everything, prints the tables and draws the plots.
set -euo pipefail

if [[ $# -gt 1 || ($# -eq 1 && $1 != --quick) ]]; then
  echo "Usage: benchmarks/run.sh [--quick]"
  echo
  echo "Measures cold starts and warm calls (aws.sh), load (load.sh) and many orders (scale.sh); with --quick in about ten minutes."
  [[ "$1" == --help || "$1" == -h ]] && exit 0
  exit 2
fi

cd "$(dirname "${BASH_SOURCE[0]}")/.."
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
