#!/usr/bin/env bash
# Checks the deployment to Google Cloud as far as possible without an account.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: gcp/check.sh

Checks every gcloud command of scripts/deploy_gcp.sh and docs/deploying-gcp.md with the linter of the SDK. Compares the
routes of the gateway with openapi.yaml. Needs no account. Without the SDK the check prints NOT CHECKED.
EOF
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/usage.sh
takes_no_arguments "$@"

scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
failed=false

dry_runs() {
  scripts/deploy_gcp.sh --dry-run --settings gcp/deploy.env.example
  scripts/deploy_gcp.sh --dry-run=again --settings gcp/deploy.env.example
  cat >"$scratch/network.env" <<'TEXT'
PROJECT_ID=my-project
DEPLOY_WITH=run
NETWORK=default
SUBNET=default
SQL_AVAILABILITY=regional
SECRETS=DB_PASSWORD=orders-db-password:3,OTHER=other:12
ORDERS_IDENTITY_MODE=gateway
ORDERS_IDENTITY_TENANTS_ALLOWED=acme-x1y2z,globex-a1b2c
ORDERS_IDENTITY_TENANTS_ALIAS={"acme-x1y2z":"acme","globex-a1b2c":"globex"}
TEXT
  scripts/deploy_gcp.sh --dry-run --settings "$scratch/network.env"
  scripts/deploy_gcp.sh --dry-run=again --settings "$scratch/network.env"
  cat >"$scratch/production.env" <<'TEXT'
PROJECT_ID=my-project
ALARM_EMAIL=ops@example.com
BILLING_ACCOUNT=012345-6789AB-CDEF01
TEXT
  scripts/deploy_gcp.sh --dry-run --preset production --settings "$scratch/production.env"
  scripts/deploy_gcp.sh --dry-run=again --preset production --settings "$scratch/production.env"
  local way
  for way in functions run image; do
    cat >"$scratch/front.env" <<TEXT
PROJECT_ID=my-project
DEPLOY_WITH=$way
PUBLIC_URL=https://api.example.com
TEXT
    scripts/deploy_gcp.sh --dry-run --settings "$scratch/front.env"
  done
}

# Prints the gcloud commands of the page. Joins continued lines.
documented() {
  awk '/^```/ { inside = !inside; next } inside' docs/deploying-gcp.md |
    sed -e ':a' -e '/\\$/N' -e 's/ *\\\n */ /' -e 'ta' | sed -n 's/^gcloud /gcloud /p'
  # In tables a command stands in backquotes.
  # shellcheck disable=SC2016
  grep '^|' docs/deploying-gcp.md | grep -o '`gcloud [^`]*`' | tr -d '`'
}

dry_runs >"$scratch/dry-runs"
{
  sed -n 's/^+ gcloud /gcloud /p' "$scratch/dry-runs"
  documented
} | sort -u >"$scratch/commands"
count=$(wc -l <"$scratch/commands" | tr -d ' ')
if ((count < 30)); then
  echo "only $count gcloud commands found, but at least 30 are expected: correct how gcp/check.sh finds them" >&2
  exit 1
fi

if command -v gcloud >/dev/null 2>&1; then
  {
    printf '['
    sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/.*/{"command_string":"&"},/' "$scratch/commands" | tr -d '\n' | sed 's/,$//'
    printf ']'
  } >"$scratch/commands.json"
  CLOUDSDK_CORE_DISABLE_PROMPTS=1 gcloud meta lint-gcloud-commands "--commands-file=$scratch/commands.json" >"$scratch/result" || true
  passed=$({ grep -o '"success": true' "$scratch/result" || true; } | wc -l | tr -d ' ')
  if [[ "$passed" == "$count" ]]; then
    echo "gcloud commands: $count checked, the SDK accepts all of them"
  else
    failed=true
    echo "gcloud commands: $passed of $count pass" >&2
    grep -oE '"command_string": "([^"\\]|\\.)*"|"error_message": "([^"\\]|\\.)*"' "$scratch/result" |
      grep -B 1 '^"error_message"' >&2 || true
  fi
else
  echo "NOT CHECKED: $count gcloud commands; install the Google Cloud SDK" >&2
fi

# Prints "path method" for every operation. The gateway has preflights on its own.
routes() {
  awk '/^paths:/ { inside = 1; next } /^[a-zA-Z]/ { inside = 0 }
    inside && /^  \// { path = $1; sub(/:$/, "", path) }
    inside && /^    (get|head|post|put|patch|delete):/ { method = $1; sub(/:$/, "", method); print path, method }' "$1" | sort
}

openapi=src/main/resources/openapi.yaml
if [[ -f "$openapi" ]]; then
  if diff <(routes "$openapi") <(gcp/gateway_spec.sh | routes /dev/stdin) >"$scratch/routes"; then
    echo "gateway routes: $(gcp/gateway_spec.sh | routes /dev/stdin | wc -l | tr -d ' '), the same as in $openapi"
  else
    failed=true
    echo "gateway routes differ from $openapi (< openapi, > gateway):" >&2
    cat "$scratch/routes" >&2
  fi
else
  echo "NOT CHECKED: the gateway routes, because there is no $openapi" >&2
fi

if $failed; then exit 1; fi
