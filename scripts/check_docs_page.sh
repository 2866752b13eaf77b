#!/usr/bin/env bash
# Uses the page /docs in a browser, as readers do.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: scripts/check_docs_page.sh

Opens /docs of the local API in a headless Chromium, places an order on the page and finds the order in the list. Keeps
pictures in target/docs-page/. Without Chromium (the Debian packages chromium and chromium-driver) the check prints
NOT CHECKED.
EOF
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/usage.sh
takes_no_arguments "$@"

needs_tools 'the page /docs' 'chromium and chromium-driver' chromium chromedriver

rm -rf target/docs-page
mvn -q -B -ntp -Plocal test -Dtest=DocsInBrowser
echo "The page /docs: passed; see target/docs-page/"
