#!/usr/bin/env bash
# Brings a PostgreSQL database to the newest schema, and creates or updates the role of the API.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: scripts/migrate.sh [--login password|rds-iam|entra|cloudsql-iam]

Runs the command migrate of target/ecommerce-order-api.jar. Without a current jar, the script compiles the sources first.
java -jar target/ecommerce-order-api.jar help migrate explains the options and the environment.
docs/command-line.md explains the exit codes.
EOF
}

if [[ ${1:-} == --help || ${1:-} == -h ]]; then
  usage
  exit 0
fi

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/program.sh
api_command scripts/migrate.sh migrate "$@"
