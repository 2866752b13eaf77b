#!/usr/bin/env bash
# Uses the page /docs in a browser, as a reader does.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: scripts/check_docs_page.sh

Opens /docs of the local API in a headless Chromium, places an order on it and finds it in the list; keeps pictures in
target/docs-page/. Says so where Chromium (Debian's packages chromium and chromium-driver) is not installed.
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

for tool in chromium chromedriver; do
  if ! command -v "$tool" >/dev/null; then
    echo "NOT CHECKED: $tool is missing; install Debian's packages chromium and chromium-driver"
    exit 0
  fi
done

rm -rf target/docs-page
mvn -q -B -ntp -Plocal test -Dtest=DocsInBrowser
echo "The page /docs: passed; see target/docs-page/"
