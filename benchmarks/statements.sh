#!/usr/bin/env bash
# Measures PostgreSQL's CPU for each statement of the API.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: benchmarks/statements.sh [COMMIT]

Measures the CPU that PostgreSQL takes for creating, reading, confirming and shipping an order and for recording a
transaction. Starts a PostgreSQL server (the Debian package postgresql-15) on a free port of the loopback interface, in a
temporary directory.

  COMMIT   also measures the migrations of this commit, in turns, and prints ratios to it
  --help   this text

Environment:
  ROUNDS   rounds of all measurements (default: 9)
  CALLS    calls of each statement in a round (default: 1000)
  PG_BIN   folder of the server's programs (default: /usr/lib/postgresql/15/bin)
USAGE
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/usage.sh
if [[ ${1:-} == -* || $# -gt 1 ]]; then takes_no_arguments "$@"; fi
commit=${1:-}
rounds=${ROUNDS:-9}
calls=${CALLS:-1000}
bin=${PG_BIN:-/usr/lib/postgresql/15/bin}
directory=$(mktemp -d)
chmod 777 "$directory"
port=$((20000 + RANDOM % 20000))

as_user() {
  # PostgreSQL refuses to run as root, but runs in a user namespace.
  if [[ $EUID -eq 0 ]]; then unshare -U "$@"; else "$@"; fi
}

sql() { "$bin/psql" -h 127.0.0.1 -p "$port" -U postgres -v ON_ERROR_STOP=1 -qAt "$@"; }

trap 'as_user "$bin/pg_ctl" -D "$directory/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$directory"' EXIT
as_user "$bin/initdb" -D "$directory/data" -U postgres -A trust -E UTF8 >/dev/null
as_user "$bin/pg_ctl" -D "$directory/data" -w -l "$directory/log" \
  -o "-p $port -k $directory -c listen_addresses=127.0.0.1 -c autovacuum=off" start >/dev/null
sql -c 'CREATE ROLE app' -c 'CREATE ROLE owner CREATEROLE LOGIN'

# migrate DATABASE FOLDER
migrate() {
  local file
  sql -c "CREATE DATABASE $1 OWNER owner"
  for file in "$2"/V*.sql; do sql -U owner -d "$1" -f "$file"; done
  sql -U owner -d "$1" -c 'CREATE TABLE flyway_schema_history (version text, success boolean)' \
    -c "$(sed 's/[$]{app_role}/app/g' "$2/afterMigrate__grants.sql")" 2>/dev/null
}

migrate now database/migrations
if [[ -n $commit ]]; then
  git archive "$commit" database/migrations | tar -x -C "$directory"
  migrate before "$directory/database/migrations"
fi

order=$(sed -n "s/.*uuidv7(), '\(.*\)'::json, uuidv7().*/\1/p" benchmarks/create.pgbench)
patch=$(sed -n "s/.*'alice@example.org', '\(.*\)'::json, '\[.*/\1/p" benchmarks/create.pgbench)
confirmed=${order/PLACED/CONFIRMED}

# statements DATABASE: prepares the statements as the driver does. $1 is the order.
statements() {
  cat <<SQL
PREPARE place (uuid) AS SELECT r_outcome, r_answer FROM create_order_1('tenant', \$1, '$order'::json, gen_random_uuid(),
  'alice', 'alice@example.org', '$patch'::json, '["currency","customer","items","shipping"]'::json, NULL, NULL, false, false);
PREPARE place_with_key (uuid) AS SELECT r_outcome, r_answer FROM create_order_1('tenant', \$1, '$order'::json,
  gen_random_uuid(), 'alice', 'alice@example.org', '$patch'::json, '["currency","customer","items","shipping"]'::json,
  \$1::text, 'f', false, false);
PREPARE get (uuid) AS SELECT * FROM get_order_1('tenant', \$1);
PREPARE read (uuid) AS SELECT r_fingerprint, r_order_id, r_version, r_answer, (r_order).*
  FROM get_order_for_change_1('tenant', \$1, NULL);
PREPARE confirm (uuid) AS SELECT r_outcome, r_answer FROM replace_order_1('tenant', \$1, 1, '$confirmed'::json, false,
  gen_random_uuid(), 'ORDER_CONFIRMED', 'alice', NULL, '{"status":"CONFIRMED"}'::json, '["status"]'::json, NULL, NULL, false);
SQL
  if [[ $1 == now ]]; then
    cat <<'SQL'
PREPARE record (uuid) AS SELECT r_outcome, r_status, r_entry_id, r_version, r_answer FROM record_transaction_1('tenant', $1,
  gen_random_uuid(), ('{"kind":"SALE","state":"SUCCEEDED","amount":6181,"currency":"USD","provider":"stripe","reference":"'
  || $1 || '"}')::json, NULL, gen_random_uuid(), now(), 'alice', NULL, NULL, NULL, false);
PREPARE ship (uuid) AS SELECT r_outcome, r_status, r_entry_id, r_version, r_answer FROM write_entry_1('tenant', $1,
  gen_random_uuid(), 'fulfillments', 'create', '{}'::json, NULL, gen_random_uuid(), now(), 'alice', NULL, NULL, NULL, false);
SQL
  fi
}

number=0

# id NUMBER
id() { printf '00000000-0000-7000-8000-%012d' "$1"; }

# clock NAME: a query of this session's CPU time in nanoseconds.
clock() { echo "SELECT '$1', split_part(pg_read_file('/proc/self/schedstat'), ' ', 1);"; }

# fill DATABASE: stores orders and gathers statistics. Otherwise a session would plan its statements for empty tables.
fill() {
  {
    statements "$1"
    echo '\o /dev/null'
    for ((i = 1; i <= 500; i++)); do echo "EXECUTE place_with_key('10000000-0000-7000-8000-$(printf %012d "$i")');"; done
  } | sql -d "$1"
  sql -d "$1" -c 'VACUUM ANALYZE'
}

# measure DATABASE: prints STATEMENT DATABASE MICROSECONDS for each statement.
measure() {
  local first=$number i name names='place place_with_key get confirm'
  if [[ $1 == now ]]; then names+=' record ship'; fi
  number=$((number + 3 * calls))
  {
    statements "$1"
    echo 'SET ROLE app; \o /dev/null'
    for ((i = first + 2 * calls; i < number; i++)); do echo "EXECUTE place('$(id $i)');"; done
    for name in $names; do
      echo "RESET ROLE; \\o"
      clock "$name"
      echo 'SET ROLE app; \o /dev/null'
      for ((i = first; i < first + calls; i++)); do
        case $name in
        place) echo "EXECUTE place('$(id $i)');" ;;
        place_with_key) echo "EXECUTE place_with_key('$(id $((i + calls)))');" ;;
        get) echo "EXECUTE get('$(id $((i + 2 * calls)))');" ;;
        confirm) echo "EXECUTE read('$(id $i)'); EXECUTE confirm('$(id $i)');" ;;
        ship) echo "EXECUTE ship('$(id $i)');" ;;
        record) echo "EXECUTE record('$(id $((i + 2 * calls)))');" ;;
        esac
      done
    done
    echo "RESET ROLE; \\o"
    clock end
  } | sql -d "$1" | awk -F'|' -v database="$1" -v calls="$calls" '
      NF == 2 { if (name != "") print name, database, ($2 - before) / 1000 / calls
        name = $1; before = $2 }'
}

databases=now
if [[ -n $commit ]]; then databases='now before'; fi
for database in $databases; do fill "$database"; done
for ((round = 1; round <= rounds; round++)); do
  for database in $databases; do measure "$database"; done
  # The next round has the other order.
  if [[ -n $commit ]]; then databases="${databases#* } ${databases% *}"; fi
done | sort -k1,2 -k3n | awk '
  { value[$1, $2, ++count[$1, $2]] = $3; names[$1] }
  function median(name, database,  n) { n = count[name, database]; return value[name, database, int((n + 1) / 2)] }
  END {
    for (name in names) {
      line = sprintf("%-15s %6.0f us of CPU", name, median(name, "now"))
      if (count[name, "before"]) line = line sprintf(", before %6.0f, ratio %.2f", median(name, "before"), median(name, "now") / median(name, "before"))
      print line
    }
  }'
