#!/usr/bin/env bash
# Damages a running API in many ways and counts what is left.
set -euo pipefail

usage() {
  cat <<'EOT'
Usage: scripts/drill.sh NAME [--strikes N | --minutes N | --seconds N]

Starts the API and a PostgreSQL of its own, lets clients of three tenants place, read, list, change and finish orders,
and lets faults strike meanwhile. Each answer is verified; what is not answered is repeated. Ends with an error unless
exactly what was answered is stored: one order for each key, none lost, events gapless, totals consistent, no row of
another tenant seen.

Faults, struck N times in all, in turn (default: 20):
  crash    kill -9 of the API, and of one of PostgreSQL's backends
  server   kill -9 of PostgreSQL with all its processes, which is started again
  disk     PostgreSQL's disk is full for a while; needs root, or unprivileged user namespaces
  stall    the network to PostgreSQL delivers nothing for a while, and then what it held back
  cut      the network cuts answers of PostgreSQL in the middle; PostgreSQL ends connections
  lock     every statement hangs, until the pool is dry and statements take too long
  freeze   PostgreSQL, and the API, stand still for a while
  clock    the API's clock jumps by up to two hours
  pooled   some of these behind PgBouncer in transaction mode, with one connection for all tenants; needs pgbouncer
  mixed    one after the other of those that need nothing special

Figures:
  load     the most requests a second, and then 80 % of them for N minutes (default: 10) while connections are ended
           and backends killed every five seconds
  noisy    what one tenant notices of another that sends far too much; N seconds each (default: 10)
  outage   how soon requests are answered again after PostgreSQL was away, N times (default: 20)
EOT
}

name="${1:-}"
case "$name" in
crash | server | disk | stall | cut | lock | freeze | clock | pooled | mixed | outage) option=--strikes amount=20 ;;
load) option=--minutes amount=10 ;;
noisy) option=--seconds amount=10 ;;
--help | -h)
  usage
  exit 0
  ;;
*)
  usage >&2
  exit 2
  ;;
esac
if [[ $# -eq 3 && ($2 == "$option" || ($name == load && $2 == --seconds)) && $3 =~ ^[1-9][0-9]*$ ]]; then
  option=$2 amount=$3
elif [[ $# -ne 1 ]]; then
  echo "scripts/drill.sh $name takes $option and a number, for example: scripts/drill.sh $name $option $amount" >&2
  exit 2
fi
if [[ $option == --minutes ]]; then
  amount=$((amount * 60))
fi

cd "$(dirname "${BASH_SOURCE[0]}")/.."
mvn -q -B -Plocal test-compile dependency:build-classpath -Dmdep.outputFile=target/local/classpath -Dmdep.includeScope=test
classes="target/local/test-classes:target/local/classes:$(cat target/local/classpath)"
drill=(java -cp "$classes" com.ecommerce.orders.local.Drill "$name" "$amount")
if [[ $name == disk ]]; then
  # What is mounted there nobody else sees, and it goes with the process.
  if [[ $EUID -eq 0 ]]; then
    drill=(unshare --mount "${drill[@]}")
  elif unshare --mount --map-root-user true 2>/dev/null; then
    drill=(unshare --mount --map-root-user "${drill[@]}")
  fi
fi
exec "${drill[@]}"
