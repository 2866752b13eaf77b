#!/usr/bin/env bash
# Runs the API on this machine.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: scripts/run.sh

Builds and runs the API on this machine, as mvn spring-boot:run does.

Environment:
  PORT                        port to listen on (default: 8080)
  ORDERS_DATA_DIR             folder for the data of the embedded PostgreSQL (default: .data)
  DB_URL DB_USER DB_PASSWORD  your own PostgreSQL instead
  ORDERS_IDENTITY_JWT_*       your own issuer instead of the development tokens; see README.md
EOF
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/usage.sh
takes_no_arguments "$@"
echo "Builds the API and starts it on http://localhost:${PORT:-8080}. This takes about half a minute. The first time, it takes
a few minutes: Maven downloads about 130 MB of libraries."
exec mvn -q -B spring-boot:run
