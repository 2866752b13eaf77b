#!/usr/bin/env bash
# Uses the console in a browser, as developers do.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: scripts/check_console.sh

Opens the console of the local API in a headless Chromium. Takes an order from placed to refunded, once by mouse and once
by keyboard, and checks the pages with axe-core. Keeps pictures in target/console/. Without Chromium (the Debian packages
chromium and chromium-driver) the check prints NOT CHECKED.
EOF
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/usage.sh
takes_no_arguments "$@"

needs_tools 'the console' 'chromium and chromium-driver' chromium chromedriver

rm -rf target/console
mvn -q -B -ntp -Plocal test -Dtest="Console*InBrowser"
echo "The console: passed; see target/console/"
