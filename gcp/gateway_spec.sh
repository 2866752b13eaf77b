#!/usr/bin/env bash
# Prints the specification of the API gateway.
set -euo pipefail

usage() {
  cat <<'EOT'
Usage: gcp/gateway_spec.sh

Prints the specification of the API gateway (OpenAPI 2.0): gcp/api-gateway-head.yaml, and a route for each operation of
src/main/resources/openapi.yaml. scripts/deploy_gcp.sh fills in the values in braces, such as {BACKEND_URL}.
EOT
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/usage.sh
takes_no_arguments "$@"

cat gcp/api-gateway-head.yaml
printf '\npaths:\n'
awk '
  # A browser asks what it may send before it has a token.
  function end_path() {
    if (secured) {
      name = path
      gsub(/[^A-Za-z]+/, " ", name)
      count = split(name, words, " ")
      name = ""
      for (i = 1; i <= count; i++) name = name toupper(substr(words[i], 1, 1)) substr(words[i], 2)
      print "    options:"
      print "      operationId: preflight" name
      print "      summary: A browser asks what it may send"
      print "      security: []"
      print "      responses:"
      print "        default: {description: The response of the function}"
    }
    secured = 0
  }
  function end_operation() {
    if (method == "") return
    print "    " method ":"
    print "      operationId: " id
    print "      summary: " summary
    if (open) print "      security: []"
    else secured = 1
    print "      responses:"
    print "        default: {description: The response of the function}"
    method = ""
  }
  /^paths:/ { inside = 1; next }
  inside && /^[a-zA-Z]/ { end_operation(); end_path(); exit }
  inside && /^  \// {
    end_operation()
    end_path()
    path = $1
    sub(/:$/, "", path)
    print "  " path ":"
    rest = path
    if (rest ~ /\{/) print "    parameters:"
    while (match(rest, /\{[A-Za-z]+\}/)) {
      print "      - {name: " substr(rest, RSTART + 1, RLENGTH - 2) ", in: path, required: true, type: string}"
      rest = substr(rest, RSTART + RLENGTH)
    }
  }
  inside && /^    (get|head|post|put|patch|delete):/ {
    end_operation()
    method = $1
    sub(/:$/, "", method)
    id = ""; summary = ""; open = 0
  }
  inside && method != "" && /^      operationId: / { id = $2 }
  inside && method != "" && /^      summary: / { summary = $0; sub(/^      summary: /, "", summary) }
  inside && method != "" && /^      security: \[\]/ { open = 1 }
' src/main/resources/openapi.yaml
