#!/usr/bin/env bash
# Runs the tests of all four adapters.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: scripts/check.sh [--full]

Compiles and tests everything together. Then packages each adapter alone and runs the tests that start its artifact.
Needs a JDK 17 and Maven 3.8. Checks shell scripts and templates as well, if the tools for that are installed. What the
tests print goes to target/surefire-reports and target/failsafe-reports.

Options:
  --full   also runs the checks that take longer: the console and the page /docs in a browser, generated clients, the
           manifests for Kubernetes, the worked example of docs/extending.md, the event log with many events, many
           sequences of payments and returns, the cache, 100 kills, PostgreSQL 15, PgBouncer, the models of the protocols
           and JDK 25.
           A check without its tool is left out, and the end of the output names it.
  --help   this text
EOF
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/usage.sh
takes_option --full "$@"

if [[ -t 1 && -z ${NO_COLOR:-} ]]; then
  bold=$'\e[1m' plain=$'\e[0m'
else
  bold='' plain=''
fi

step() {
  printf '%s== %s (%s)%s\n' "$bold" "$1" "$(date +%T)" "$plain"
}

said=$(mktemp) left_out=$(mktemp) scripts_output=$(mktemp) stamp=$(mktemp)
trap 'rm -f "$said" "$left_out" "$scripts_output" "$stamp"' EXIT

# not_checked TEXT: names a check that is left out. The end of the output names it again.
not_checked() {
  step "NOT CHECKED, $1"
  echo "NOT CHECKED, $1" >>"$left_out"
}

# with_tool TOOL [WORD...]: runs a command if its tool is installed.
with_tool() {
  local tool=$1
  shift
  if command -v "$tool" >/dev/null; then
    step "$*"
    "$@"
  else
    not_checked "$tool is missing: $*"
  fi
}

# partly TITLE WORD...: runs a check that prints NOT CHECKED for the parts that it leaves out.
partly() {
  step "$1"
  shift
  "$@" 2>&1 | tee "$said"
  grep 'NOT CHECKED' "$said" >>"$left_out" || true
}

# reports PATTERN: the files of the last run of Maven.
reports() {
  find target -path "*-reports/$1" -newer "$stamp" -print0
}

# maven WORD...: runs Maven, prints its warnings and errors, and the number of the tests that it ran. Fails if it ran none.
maven() {
  local start=$SECONDS
  touch "$stamp"
  mvn -q -B -ntp -Dstyle.color=never "$@"
  {
    reports '*-output.txt' | xargs -0 -r grep -h 'NOT CHECKED' || true
    reports 'TEST-*.xml' | xargs -0 -r sed -n 's/.*<skipped message="\([^"]*\)".*/\1/p'
  } | sort -u | tee -a "$left_out"
  reports 'TEST-*.xml' | xargs -0 -r -n 1 sed -n '/<testsuite /{p;q}' |
    awk -v seconds=$((SECONDS - start)) '
      function sum(name) { if (match($0, " " name "=\"[0-9]+\"")) total[name] += substr($0, RSTART + length(name) + 3) }
      { sum("tests"); sum("failures"); sum("errors"); sum("skipped") }
      END { printf "Tests run: %d, Failures: %d, Errors: %d, Skipped: %d, in %d classes and %d s\n", total["tests"],
        total["failures"], total["errors"], total["skipped"], NR, seconds
        exit NR == 0 }'
}

# The checks of scripts and templates need no build. They run beside Maven; their output follows the builds.
scripts_and_templates() {
  step 'Dry runs of the deployments'
  for cloud in aws azure gcp; do
    "scripts/deploy_$cloud.sh" --dry-run >/dev/null
  done
  with_tool shellcheck shellcheck scripts/*.sh scripts/lib/*.sh benchmarks/*.sh gcp/*.sh \
    src/test/resources/documented-commands/*.sh .ci/run
  with_tool shfmt shfmt -i 2 -d scripts benchmarks gcp/check.sh src/test/resources .ci
  with_tool cfn-lint cfn-lint aws/template.yaml aws/deployer.yaml aws/dashboard.yaml
  with_tool cfn-lint cfn-lint --regions us-east-1 -- aws/front.yaml
  partly 'The commands and routes for Google Cloud' gcp/check.sh
}

step 'Words'
scripts/check_words.sh
scripts_and_templates >"$scripts_output" 2>&1 &
scripts_check=$!

step 'Everything together'
# Each warning is an error. JDKs after 17 warn of more, so there a warning is only printed.
warnings=-Xlint:all
[[ $(mvn -v) != *'Java version: 17.'* ]] || warnings=-Werror
maven -Plocal,aws,azure,gcp -Dadapter=all -Dfunctions.skip -Dassembly.skipAssembly "-Dwarnings=$warnings" test spotless:check
# These builds repeat no check from above. The local artifact comes first: the comparison below starts its jar after the
# builds for the clouds, which must not overwrite it. Only its build writes the list of its contents, because a list takes
# seconds and one list is enough to prove that the build can write it.
for adapter in local aws azure gcp; do
  step "The $adapter artifact"
  without=(-DskipUnitTests -Dspotless.check.skip -Dnull-checks=-Xlint:all)
  [[ $adapter == local ]] || without+=(-Dcyclonedx.skip)
  maven "-P$adapter" verify "${without[@]}"
done
step 'Parity of the four artifacts'
maven -Plocal,aws,azure,gcp -Dadapter=all failsafe:integration-test@parity failsafe:verify@parity

scripts_passed=true
wait "$scripts_check" || scripts_passed=false
cat "$scripts_output"
$scripts_passed

if [[ -n $option_given ]]; then
  partly 'The page /docs in a browser' scripts/check_docs_page.sh
  partly 'The console in a browser' scripts/check_console.sh
  partly 'Generated clients' scripts/check_clients.sh
  partly 'The manifests for Kubernetes' scripts/check_kubernetes.sh
  step 'The worked example'
  scripts/check_example.sh
  step 'The event log with many events'
  maven -Plocal test -Dtest=EventLogTest
  step 'Many sequences of payments, fulfillments and returns'
  maven -Plocal test -Dtest='PaymentSequences,FulfillmentSequences'
  step '100 kills'
  scripts/drill.sh crash --strikes 100
  partly 'PostgreSQL 15' scripts/check_postgres15.sh
  partly 'PgBouncer' scripts/check_pgbouncer.sh
  partly 'The models of the protocols' scripts/check_models.sh
  step 'The cache'
  maven -Plocal,cache test -Dtest='MapStoreTest,RedisStoreTest,CacheTest'
  javac=$(printf '%s\n' /usr/lib/jvm/*25*/bin/javac | head -n 1)
  if [[ -x $javac ]]; then
    jdk=${javac%/bin/javac}
    step "JDK 25: $jdk"
    JAVA_HOME=$jdk maven -Plocal verify
  else
    not_checked 'no JDK 25 in /usr/lib/jvm: the local adapter on it'
  fi
fi
if [[ -s $left_out ]]; then
  step 'All checks passed, except these, which were left out:'
  cat "$left_out"
else
  step 'All passed'
fi
