#!/usr/bin/env bash
# Exports or erases the data of a tenant, or of one of its customers.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: scripts/tenant.sh export TENANT
       scripts/tenant.sh erase TENANT [--register FILE] [--yes]
       scripts/tenant.sh erase-customer TENANT CUSTOMER_ID|EMAIL [--register FILE] [--yes]
       scripts/tenant.sh re-erase --register FILE [--yes]
       scripts/tenant.sh purge [--older-than HOURS]

Runs the command tenant of target/ecommerce-order-api.jar. Without a current jar, the script compiles the sources first.
scripts/tenant.sh help COMMAND explains a command. scripts/tenant.sh help explains the environment.
docs/command-line.md explains the exit codes.
EOF
}

if [[ ${1:-} == --help || ${1:-} == -h ]]; then
  usage
  exit 0
fi

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/program.sh
api_command scripts/tenant.sh tenant "$@"
