#!/usr/bin/env bash
# Brings a PostgreSQL database to the newest schema, and creates or updates the role of the API.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: scripts/migrate.sh [--login password|rds-iam|entra|cloudsql-iam]

Brings the database of DB_URL to the newest schema, and creates or updates the role that the API logs in as. Safe to
repeat.

Options:
  --login HOW        how the role of the API logs in: with a password (default) or with tokens of the cloud; entra also
                     creates the database if it does not exist
  --help             this text

Environment:
  DB_URL             JDBC URL, for example jdbc:postgresql://db.example.org:5432/orders?sslmode=verify-full
  DB_OWNER           role that owns the tables; needs CREATEROLE; do not use a superuser
  DB_OWNER_PASSWORD  password of the owner
  DB_USER            role of the API (default: orders_api)
  DB_PASSWORD        password of the role, for --login password
  DB_USER_OBJECT_ID  object id (principal id) of the managed identity, for --login entra
EOF
}

case "${1:-}" in
'') login=password ;;
--login) login=${2:-} ;;
--help | -h)
  usage
  exit 0
  ;;
*)
  echo "scripts/migrate.sh: the only option is --login, not '$1'; see scripts/migrate.sh --help" >&2
  exit 2
  ;;
esac
case "$login" in
password | rds-iam | entra | cloudsql-iam) ;;
*)
  echo "scripts/migrate.sh: --login must be one of password, rds-iam, entra, cloudsql-iam, not '$login'" >&2
  exit 2
  ;;
esac
if (($# > 2)); then
  echo "scripts/migrate.sh: nothing may follow --login $login, as '$3' does" >&2
  exit 2
fi

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/program.sh

needs_setting migrate.sh DB_URL jdbc:postgresql://db.example.org:5432/orders
needs_setting migrate.sh DB_OWNER orders_owner
if [[ $login == password ]]; then needs_setting migrate.sh DB_PASSWORD '...'; fi
needs_java migrate.sh
java_program com.ecommerce.orders.admin.Migrate "$@"
