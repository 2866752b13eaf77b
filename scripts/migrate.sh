#!/usr/bin/env bash
# Brings a PostgreSQL database to the newest schema and makes or updates the application's role.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: scripts/migrate.sh [--login password|rds-iam|entra|cloudsql-iam]

Brings the database that DB_URL names to the newest schema, and makes or updates the role as which the API logs in.
Safe to repeat. Settings, as environment variables:

  DB_URL             JDBC URL, for example jdbc:postgresql://db.example.org:5432/orders?sslmode=verify-full
  DB_OWNER           the role that owns the tables; needs CREATEROLE, must not be a superuser's everyday role
  DB_OWNER_PASSWORD  its password
  DB_USER            the API's role (default: orders_api)
  DB_PASSWORD        its password, for --login password
  DB_USER_OBJECT_ID  the object id (principal id) of the managed identity, for --login entra

Options:
  --login HOW        how the API's role logs in: by a password (default), or by the cloud's own tokens; with entra the
                     database is created as well if it does not exist
  --help             this text
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
