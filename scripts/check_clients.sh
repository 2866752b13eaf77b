#!/usr/bin/env bash
# Generates clients from openapi.yaml and uses them against the running API.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: scripts/check_clients.sh

Generates a Java client (openapi-generator) and a TypeScript client (openapi-typescript) from openapi.yaml, as users of
the API would. Starts a local API, on which each client makes, reads, lists, changes and cancels an order. Each client
also follows the events of a new tenant while others write, and after scripts/tenant.sh has erased the tenant. The
clients are in clients/. The first run downloads the generators. Without Node.js the check prints NOT CHECKED for the
TypeScript client and for asyncapi.yaml, whose form the parser of AsyncAPI checks.
EOF
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/usage.sh
. scripts/lib/program.sh
takes_no_arguments "$@"
needs_java check_clients.sh

directory=$(mktemp -d)
api=''
trap 'if [[ -n $api ]]; then kill "$api" 2>/dev/null || true; wait "$api" 2>/dev/null || true; fi; rm -rf "$directory"' EXIT

unset "${!DB_@}" "${!ORDERS_@}"
(PORT=0 ORDERS_DATA_DIR="$directory/data" java_program com.ecommerce.orders.local.LocalApplication) >"$directory/log" 2>&1 &
api=$!
until ORDERS_URL=$(grep -o 'http://localhost:[0-9]*$' "$directory/log"); do
  sleep 0.2
  kill -0 "$api" 2>/dev/null || {
    cat "$directory/log" >&2
    exit 1
  }
done
ORDERS_TOKEN=$(curl --fail --silent "$ORDERS_URL/dev/token")
# The operator's script erases tenants in the embedded database, whose port the API has printed.
DB_URL=jdbc:postgresql://localhost:$(sed -n 's/.*(PostgreSQL on port \([0-9]*\)).*/\1/p' "$directory/log")/orders
DB_OWNER=orders_owner
ORDERS_TENANT_SCRIPT=$PWD/scripts/tenant.sh
export ORDERS_URL ORDERS_TOKEN ORDERS_TENANT_SCRIPT DB_URL DB_OWNER

mvn -q -B -ntp -Dstyle.color=never -f clients/java/pom.xml clean test
echo 'The Java client: passed'

if command -v npm >/dev/null; then
  cd clients/typescript
  npm ci --silent
  npm run --silent check-asyncapi
  echo 'asyncapi.yaml: valid AsyncAPI'
  npm run --silent generate >"$directory/generated"
  npm run --silent compile
  npm test --silent
  echo 'The TypeScript client: passed'
else
  echo 'asyncapi.yaml and the TypeScript client: NOT CHECKED, npm is missing; install Node.js 20 or later'
fi
