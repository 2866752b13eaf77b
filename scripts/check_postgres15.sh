#!/usr/bin/env bash
# Runs the tests that use the database on PostgreSQL 15, the oldest version that the API supports.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: scripts/check_postgres15.sh

Starts PostgreSQL 15 (the Debian package postgresql-15) on a free port of the loopback interface, in a temporary
directory. On this server the check runs the commands of docs/operations.md for a backup, the tests of the storage and of
the programs for operators, and the conformance suite. Without the package the check prints NOT CHECKED.
EOF
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/usage.sh
takes_no_arguments "$@"

bin=/usr/lib/postgresql/15/bin
if [[ ! -x $bin/postgres ]]; then
  echo "NOT CHECKED: $bin/postgres is missing; install the Debian package postgresql-15"
  exit 0
fi

as_user() {
  # PostgreSQL refuses to run as root, but runs in a user namespace.
  if [[ $EUID -eq 0 ]]; then unshare -U "$@"; else "$@"; fi
}

directory=$(mktemp -d)
chmod 777 "$directory"
port=$((20000 + RANDOM % 20000))
stop() { as_user "$bin/pg_ctl" -D "$directory/$1" -m fast stop >/dev/null 2>&1 || true; }
trap 'stop main; stop other; rm -rf "$directory"' EXIT

# start NAME PORT
start() {
  as_user "$bin/initdb" -D "$directory/$1" -U postgres -A trust -E UTF8 >/dev/null
  as_user "$bin/pg_ctl" -D "$directory/$1" -w -l "$directory/$1.log" \
    -o "-p $2 -k $directory -c listen_addresses=127.0.0.1 -c max_connections=200 -c fsync=off" start >/dev/null
}

# The backup runs first, because the other tests make roles with the same names.
start main "$port"
start other "$((port + 1))"
DB_URL="jdbc:postgresql://127.0.0.1:$port/postgres" \
  DB_URL_OF_ANOTHER_SERVER="jdbc:postgresql://127.0.0.1:$((port + 1))/postgres" \
  PATH="$bin:$PATH" mvn -q -B -ntp -Plocal test -Dtest=DocumentedBackup
stop main
stop other
rm -rf "$directory/main"

start main "$port"
DB_URL="jdbc:postgresql://127.0.0.1:$port/postgres" DB_OWNER=postgres DB_OWNER_PASSWORD='' \
  mvn -q -B -ntp -Plocal test -Dtest.processes=1 -Dtest='PostgresOrdersTest,TenantIsolationTest,ListPlansTest,LocalConformanceTest,ConcurrencyTest,TenantDataTest,ReadinessTest,MigrationTest'
echo "PostgreSQL $("$bin/postgres" --version | grep -o '[0-9.]*' | head -n 1): passed"
