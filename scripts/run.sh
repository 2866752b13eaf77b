#!/usr/bin/env bash
# Runs the API on this machine.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: scripts/run.sh

Builds and runs the API on this machine, as mvn spring-boot:run does. Settings, as environment variables:

  PORT                        where to listen (default: 8080)
  ORDERS_DATA_DIR             where the embedded PostgreSQL keeps its data (default: .data)
  DB_URL DB_USER DB_PASSWORD  a PostgreSQL of your own instead
  ORDERS_IDENTITY_JWT_*       an issuer of your own instead of the development tokens; see README.md
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
exec mvn -q -B spring-boot:run
