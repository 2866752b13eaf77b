#!/usr/bin/env bash
# Runs the whole contract through PgBouncer, with all tenants on one connection to the server.
set -euo pipefail

usage() {
  cat <<'EOT'
Usage: scripts/check_pgbouncer.sh

Starts PgBouncer (Debian's package pgbouncer) in transaction mode with a single connection to PostgreSQL, and runs by way
of it the conformance suite (but for the one case that needs seven connections at once), the tests of concurrency and of
the separation of tenants, and a drill whose three tenants share that connection while it is cut and killed. Says so
where the package is not installed.
EOT
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

if ! DB_POOLER=$(PATH="$PATH:/usr/sbin" command -v pgbouncer); then
  echo 'NOT CHECKED: pgbouncer is missing; install the package pgbouncer'
  exit 0
fi
export DB_POOLER

mvn -q -B -ntp -Plocal test -Dtest='LocalConformanceTest,ConcurrencyTest,TenantIsolationTest'
scripts/drill.sh pooled --strikes 8
echo "$("$DB_POOLER" --version | head -n 1), one connection for all tenants: passed"
