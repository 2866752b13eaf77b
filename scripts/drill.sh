#!/usr/bin/env bash
# Damages a running API in many ways and checks the stored orders.
set -euo pipefail

usage() {
  cat <<'EOT'
Usage: scripts/drill.sh NAME [--strikes N | --minutes N | --seconds N]

Starts the API and a new PostgreSQL. Clients of three tenants place, read, list, change, pay, ship, refund and finish orders
while the drill causes faults. The clients verify each response, and repeat each request that got none. The drill ends with an
error unless the stored orders match the responses: one order for each key, no lost order, events without gaps, consistent
totals, sums of payments that match the transactions, counters of units that match the fulfillments, cancellations and
returns, and no row that another tenant sees.

Faults, caused N times in total, in turn (default: 20):
  crash    kill -9 of the API, and of a backend of PostgreSQL
  server   kill -9 of PostgreSQL with all its processes; the drill starts it again
  disk     the disk of PostgreSQL is full for a while; needs root or unprivileged user namespaces
  stall    the network to PostgreSQL delays all data for a while
  cut      the network cuts responses of PostgreSQL in the middle; PostgreSQL ends connections
  lock     every statement hangs until the pool is empty and statements time out
  freeze   PostgreSQL and the API are suspended for a while
  clock    the clock of the API jumps by up to two hours
  pooled   some of these faults behind PgBouncer in transaction mode, with one connection for all tenants; needs pgbouncer
  mixed    in turn, the faults that need no special rights or tools

Measurements:
  load     the highest number of requests per second, and then 80 % of it for N minutes (default: 10), while the drill
           ends connections and kills backends every five seconds
  noisy    the effect on one tenant when another sends far too many requests; N seconds each (default: 10)
  outage   the time until requests succeed again after PostgreSQL was down, N times (default: 20)
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
  # No other process sees the mounts of the new namespace. They disappear with the process.
  if [[ $EUID -eq 0 ]]; then
    drill=(unshare --mount "${drill[@]}")
  elif unshare --mount --map-root-user true 2>/dev/null; then
    drill=(unshare --mount --map-root-user "${drill[@]}")
  fi
fi
exec "${drill[@]}"
