#!/usr/bin/env bash
# Runs the tests that use the database on PostgreSQL 15, the oldest version that is served.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: scripts/check_postgres15.sh

Starts Debian's PostgreSQL 15 (package postgresql-15) on a free port of the loopback interface, in a directory of its
own, and runs the tests of the storage and of operators' programs and the conformance suite on it. Says so where the
package is not installed.
EOF
}

case "${1:-}" in
'') ;;
--help | -h)
  usage
  exit 0
  ;;
*)
  usage >&2
  exit 2
  ;;
esac

cd "$(dirname "${BASH_SOURCE[0]}")/.."

bin=/usr/lib/postgresql/15/bin
if [[ ! -x $bin/postgres ]]; then
  echo "NOT CHECKED: $bin/postgres is missing; install Debian's package postgresql-15"
  exit 0
fi

as_user() {
  # PostgreSQL refuses to run as root; in a user namespace it doesn't.
  if [[ $EUID -eq 0 ]]; then unshare -U "$@"; else "$@"; fi
}

directory=$(mktemp -d)
port=$((20000 + RANDOM % 20000))
trap 'as_user "$bin/pg_ctl" -D "$directory/data" -m fast stop >/dev/null 2>&1 || true; rm -rf "$directory"' EXIT

chmod 777 "$directory"
as_user "$bin/initdb" -D "$directory/data" -U postgres -A trust -E UTF8 >/dev/null
as_user "$bin/pg_ctl" -D "$directory/data" -w -l "$directory/log" \
  -o "-p $port -k $directory -c listen_addresses=127.0.0.1 -c max_connections=200 -c fsync=off" start >/dev/null

DB_URL="jdbc:postgresql://127.0.0.1:$port/postgres" DB_OWNER=postgres DB_OWNER_PASSWORD='' \
  mvn -q -B -ntp -Plocal test -Dtest='PostgresOrdersTest,TenantIsolationTest,ListPlansTest,LocalConformanceTest,ConcurrencyTest,TenantDataTest'
echo "PostgreSQL $("$bin/postgres" --version | grep -o '[0-9.]*' | head -n 1): passed"
