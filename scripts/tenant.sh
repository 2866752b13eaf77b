#!/usr/bin/env bash
# Exports or erases what is stored of a tenant, or of one of its customers.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: scripts/tenant.sh export TENANT
       scripts/tenant.sh erase TENANT [--yes]
       scripts/tenant.sh erase-customer TENANT CUSTOMER_ID|EMAIL [--yes]
       scripts/tenant.sh purge-keys [--older-than HOURS]

  export          writes all that is stored of a tenant to standard output, a JSON object a line
  erase           takes all of it away: orders, items, events, stored answers and their keys
  erase-customer  takes one person's data out of orders, events and stored answers; the orders are kept. Without --yes
                  check the spellings of the e-mail that it has found
  purge-keys      removes stored answers older than 72 hours (or more) of all tenants; a tenant that writes does so by
                  itself

Without --yes the two that erase say what there is, and erase nothing. docs/operations.md says more.

Settings, as environment variables:

  DB_URL             JDBC URL, for example jdbc:postgresql://db.example.org:5432/orders?sslmode=verify-full
  DB_OWNER           the role that owns the tables
  DB_OWNER_PASSWORD  its password

Exit codes: 0 done, 1 failed, 2 not understood.
EOF
}

if [[ "${1:-}" == --help || "${1:-}" == -h ]]; then
  usage
  exit 0
fi

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/program.sh

needs_java tenant.sh
java_program com.ecommerce.orders.local.TenantData "$@"
