#!/usr/bin/env bash
# Runs the whole contract through PgBouncer, with all tenants on one connection to the server.
set -euo pipefail

usage() {
  cat <<'EOT'
Usage: scripts/check_pgbouncer.sh

Starts PgBouncer (the Debian package pgbouncer) in transaction mode with a single connection to PostgreSQL. Through this
connection the check runs:
  - the conformance suite, except the case that needs seven connections at once
  - the tests of concurrency and of the separation of tenants
  - a drill whose three tenants share the connection while the drill cuts and kills it
Without the package the check prints NOT CHECKED.
EOT
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/usage.sh
takes_no_arguments "$@"

if ! DB_POOLER=$(PATH="$PATH:/usr/sbin" command -v pgbouncer); then
  echo 'NOT CHECKED: pgbouncer is missing; install the package pgbouncer'
  exit 0
fi
export DB_POOLER

mvn -q -B -ntp -Plocal test -Dtest='LocalConformanceTest,ConcurrencyTest,TenantIsolationTest'
scripts/drill.sh pooled --strikes 8
echo "$("$DB_POOLER" --version | head -n 1), one connection for all tenants: passed"
