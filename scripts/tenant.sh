#!/usr/bin/env bash
# Exports or erases the data of a tenant, or of one of its customers.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: scripts/tenant.sh export TENANT
       scripts/tenant.sh erase TENANT [--yes]
       scripts/tenant.sh erase-customer TENANT CUSTOMER_ID|EMAIL [--yes]
       scripts/tenant.sh purge-keys [--older-than HOURS]

  export          writes all data of a tenant to standard output, one JSON object in a line
  erase           deletes all data of a tenant: orders, items, transactions, fulfillments, cancellations, returns, events,
                  the event log and stored responses
  erase-customer  removes the data of one person from orders and all that belongs to them; the orders are kept. Run it
                  without --yes first, and check the spellings of the e-mail that it prints
  purge-keys      deletes the stored responses of all tenants that are older than 72 hours (or more). Requests that write
                  also delete old responses of their tenant

Without --yes, erase and erase-customer print what they would erase, and erase nothing. docs/operations.md explains the
commands.

Environment:
  DB_URL             JDBC URL, for example jdbc:postgresql://db.example.org:5432/orders?sslmode=verify-full
  DB_OWNER           role that owns the tables
  DB_OWNER_PASSWORD  password of the owner

Exit codes: 0 done, 1 failed, 2 wrong usage.
EOF
}

# refuse TEXT: ends because the command line is wrong.
refuse() {
  printf 'scripts/tenant.sh: %s\n  See scripts/tenant.sh --help\n' "$1" >&2
  exit 2
}

words=() confirmed=''
for word in "$@"; do
  [[ $word == --help || $word == -h ]] && usage && exit 0
  [[ -n $word ]] || refuse 'an argument is empty'
  if [[ $word == --yes ]]; then confirmed=--yes; else words+=("$word"); fi
done

command=${words[0]:-}
case "$command" in
export) expected=TENANT ;;
erase) expected='TENANT [--yes]' ;;
erase-customer) expected='TENANT CUSTOMER_ID|EMAIL [--yes]' ;;
purge-keys) expected='[--older-than HOURS]' ;;
*) refuse "the command must be export, erase, erase-customer or purge-keys, not '$command'" ;;
esac
case "$command ${#words[@]} $confirmed" in
'export 2 ' | 'erase 2 '* | 'erase-customer 3 '* | 'purge-keys 1 ') ;;
'purge-keys 3 ')
  [[ ${words[1]} == --older-than ]] || refuse "use it as: $command $expected"
  if ! [[ ${words[2]} =~ ^[1-9][0-9]{0,5}$ ]] || ((words[2] < 72)); then
    refuse "--older-than must be a number of hours, at least 72, because the API promises 72 hours"
  fi
  ;;
*) refuse "use it as: $command $expected" ;;
esac

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/program.sh

needs_setting tenant.sh DB_URL jdbc:postgresql://db.example.org:5432/orders
needs_setting tenant.sh DB_OWNER orders_owner
needs_java tenant.sh
java_program com.ecommerce.orders.admin.TenantData "$@"
