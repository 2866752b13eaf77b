#!/usr/bin/env bash
# Uses the console in a browser, as developers do.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: scripts/check_console.sh [--update-docs]

Opens the console of the local API in a headless Chromium. Takes an order from placed to refunded, once by mouse and once
by keyboard, uses every form, and checks the pages with axe-core: light and dark, wide and on a phone. Keeps pictures in
target/console/. Without Chromium (the Debian packages chromium and chromium-driver) the check prints NOT CHECKED.

  --update-docs   replaces the pictures in docs/ by the new ones
EOF
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/usage.sh
takes_option --update-docs "$@"

needs_tools 'the console' 'chromium and chromium-driver' chromium chromedriver

rm -rf target/console
mvn -q -B -ntp -Plocal test -Dtest="Console*InBrowser"
if [[ -n $option_given ]]; then
  for picture in orders chart order stale preview; do
    cp "target/console/docs-$picture.png" "docs/console-$picture.png"
  done
fi
echo "The console: passed; see target/console/"
