#!/usr/bin/env bash
# Kills the API and PostgreSQL's backends at random moments and counts what is left.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: scripts/crash_drill.sh [KILLS]

Runs the API on a PostgreSQL of its own, kills the API (kill -9) and backends of PostgreSQL (kill -9) in turn, KILLS
times in all (default: 100), while clients place and change orders under idempotency keys. Ends with an error unless
there is exactly one order for each key, none is lost, events are gapless and totals add up. 100 kills take about ten
minutes.
EOF
}

kills="${1:-100}"
if [[ ! "$kills" =~ ^[0-9]+$ ]]; then
  usage
  [[ "$kills" == --help || "$kills" == -h ]] && exit 0
  exit 2
fi

cd "$(dirname "${BASH_SOURCE[0]}")/.."
mvn -q -B -Plocal test-compile dependency:build-classpath -Dmdep.outputFile=target/local/classpath -Dmdep.includeScope=test
exec java -cp "target/local/test-classes:target/local/classes:$(cat target/local/classpath)" \
  com.ecommerce.orders.local.CrashDrill "$kills"
