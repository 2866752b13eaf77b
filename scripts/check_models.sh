#!/usr/bin/env bash
# Explores every state of the protocol models in docs/models.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: scripts/check_models.sh

Checks the models of the event feed and of idempotency keys with Spin (the Debian package spin, and gcc):
  - each model in several sizes: Spin must explore every state and find no error
  - each mutation, which breaks one rule of a model: Spin must find an error
Prints a table with the number of states. Takes a few minutes, and up to 3 GB of memory. Without the tools the check prints
NOT CHECKED.
TEXT
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/usage.sh
takes_no_arguments "$@"

needs_tools 'the models in docs/models' 'spin and gcc' spin gcc

models=$PWD/docs/models
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0

# explore MODEL DEFINES: runs Spin and stores its output in the file output. DEFINES are the names and bounds, without -D.
explore() {
  local define defines=() compile=(-DSAFETY) search=()
  for define in $2; do defines+=("-D$define"); done
  # Weak fairness: a process that can always go on does so at some time.
  if [[ $2 == *LIVENESS* ]]; then compile=(-DNFAIR=3) search=(-a -f); fi
  (
    cd "$scratch"
    spin ${defines[@]+"${defines[@]}"} -a "$models/$1.pml" >output 2>&1
    gcc -O2 -w -DCOLLAPSE -DMEMLIM=4000 "${compile[@]}" -o pan pan.c >>output 2>&1
    nice ./pan -m500000 -w25 ${search[@]+"${search[@]}"} >>output 2>&1
  ) || true
}

# row MODEL DEFINES EXPECTED: prints a row of the table. EXPECTED is holds or error.
row() {
  local states result=unclear
  explore "$1" "$2"
  states=$(awk '/states, stored/ { print $1 }' "$scratch/output")
  if grep -q 'errors: 0$' "$scratch/output" && ! grep -qE 'Search not completed|too small' "$scratch/output"; then
    result=holds
  elif grep -qE 'assertion violated|acceptance cycle' "$scratch/output" && ! grep -q 'invalid array' "$scratch/output"; then
    result=error
  fi
  printf '%-12s %-60s %-8s %12s\n' "$1" "${2:-(default)}" "$result" "${states:--}"
  if [[ $result != "$3" ]]; then
    echo "scripts/check_models.sh: expected: $3. The end of the output:" >&2
    tail -n 20 "$scratch/output" >&2
    failures=$((failures + 1))
  fi
}

printf '%-12s %-60s %-8s %12s\n' model 'bounds or mutation' result states

row event_feed 'WRITERS=3 WRITES=1' holds
row event_feed 'WRITERS=2 WRITES=1 READERS=3' holds
row event_feed 'WRITERS=2 WRITES=1 FOLLOWERS=1' holds
row event_feed 'WRITERS=1 WRITES=2 ORDERS=1 TIMES=1 BATCH=1 PAGE=1 LIVENESS=1' holds
# Each of the two rules about an order's time is enough, if the running maximum covers the whole outbox.
row event_feed 'WRITERS=2 WRITES=1 MAX_OVER_BATCH=false' holds
row event_feed 'WRITERS=2 WRITES=1 NO_GREATEST MAX_OVER_OUTBOX=true' holds
for mutation in NO_FEED_LOCK NO_ORDER_BY NO_GREATEST DELETE_OTHER_ROWS OLD_SNAPSHOT HEAD_BEFORE_LOCK PAGE_BEFORE_COMMIT \
  HEAD_AFTER_PAGE DIRTY_READ OUTBOX_LATER SEQ_BEFORE_LOCK BLIND_RETRY; do
  row event_feed "WRITERS=3 WRITES=1 $mutation" error
done

row idempotency 'CLIENTS=1 REQUESTS=2' holds
row idempotency 'CLIENTS=2 REQUESTS=1' holds
row idempotency 'CLIENTS=1 REQUESTS=1 KEYLESS' holds
for mutation in NO_WAIT KEEP_KEY KEY_FIRST NO_FINGERPRINT RELEASE_ANY_KEY RETRY_WITHOUT_KEY FORGET_LOST; do
  row idempotency "CLIENTS=1 REQUESTS=2 $mutation" error
done
for mutation in NEW_IDS NO_SECOND_LOOK; do
  row idempotency "CLIENTS=1 REQUESTS=1 KEYLESS $mutation" error
done

if ((failures > 0)); then
  echo "scripts/check_models.sh: $failures rows are not as expected" >&2
  exit 1
fi
echo 'The models: passed'
