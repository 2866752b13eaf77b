# shellcheck shell=bash
# What the deployments to the three clouds share. To be sourced, from the folder of the project. The script sets cloud
# first.
# shellcheck disable=SC2034,SC2154 # variables that the options and the script set
. scripts/lib/terminal.sh
. scripts/lib/options.sh

# 25 requests, so two minutes of waiting.
readonly CHECKS=25 CHECK_PAUSE=5

region='' preset='' settings='' assignments=()
build=true infra=true migrate=true app=true gateway=true smoke=true
ask=true
dry_run='' # first, again, or empty: a run that makes changes

# ---- Commands

is_dry_run() { [[ -n $dry_run ]]; }

# if_deployed TEXT: prints in a dry run what a later deployment would find.
if_deployed() {
  if [[ $dry_run == again ]]; then printf '%s' "$1"; fi
}

# needs PERMISSION...: prints in a dry run the permissions of the command before.
needs() {
  if is_dry_run; then printf '    needs %s\n' "$@"; fi
}

# permissions WORD...: prints the permissions of a command, one in a line. A script can replace this function.
permissions() { :; }

# announce WORD...: shows a command, and in a dry run its permissions.
announce() {
  local needed
  show "$@"
  if ! is_dry_run; then return; fi
  needed=$(permissions "$@") || exit 1
  # shellcheck disable=SC2086 # one word for each permission
  if [[ -n $needed ]]; then needs ${needed//$'\n'/ }; fi
}

# run WORD...: shows and runs a command. A dry run only shows it.
run() {
  announce "$@"
  if ! is_dry_run; then "$@"; fi
}

# capture NAME EXAMPLE WORD...: stores the output of a command in the variable, the example in a dry run.
capture() {
  local capture_into=$1 captured=$2
  shift 2
  announce "$@"
  if ! is_dry_run; then captured=$("$@") || return; fi
  printf -v "$capture_into" '%s' "$captured"
}

# capture_secret NAME ADVICE WORD...: stores the output of a command, which is shown nowhere. Ends without a value.
capture_secret() {
  local captured_secret='***'
  announce "${@:3}"
  if ! is_dry_run; then
    captured_secret=$("${@:3}") || captured_secret=''
    [[ -n $captured_secret ]] || fail "no value from: ${*:3}" "$2" 'Then run this again.'
  fi
  printf -v "$1" '%s' "$captured_secret"
}

# retry COUNT PAUSE WORD...: repeats a command until it succeeds. The exit code 2 of the command ends the attempts.
retry() {
  local attempt code count=$1 pause=$2
  shift 2
  for ((attempt = 1; ; attempt++)); do
    code=0
    "$@" || code=$?
    if ((code == 0)); then return 0; fi
    if ((code == 2 || attempt == count)); then return 1; fi
    sleep "$pause"
  done
}

# ---- A private folder

scratch=''

# The script can replace this function, which runs at the end in any case.
leave() { :; }

clean_up() {
  leave
  if [[ -d $scratch ]]; then rm -rf "$scratch"; fi
}
trap clean_up EXIT

# Makes the folder for files that no other user may read.
make_scratch() {
  if [[ -n $scratch ]]; then return; fi
  if is_dry_run; then scratch='<private folder>'; else scratch=$(umask 077 && mktemp -d); fi
}

# ---- Settings

# wrong_value PLACE TEXT [ADVICE...]: ends because of a value that is not right.
wrong_value() {
  if [[ $1 == --* ]]; then misuse "$1: $2"; fi
  fail "$1: $2" "${@:3}"
}

# apply_file FILE FUNCTION: calls FUNCTION NAME VALUE PLACE for each line NAME=VALUE.
apply_file() {
  local line number=0
  while IFS= read -r line || [[ -n $line ]]; do
    number=$((number + 1))
    line=${line%$'\r'}
    if [[ -z $line || $line == '#'* ]]; then continue; fi
    [[ $line =~ ^[A-Za-z][A-Za-z0-9_]*= ]] || fail "$1, line $number: not NAME=value"
    "$2" "${line%%=*}" "${line#*=}" "$1, line $number"
  done <"$1"
}

# apply_assignments FUNCTION: calls FUNCTION NAME VALUE PLACE for each --set.
apply_assignments() {
  local pair
  for pair in ${assignments[@]+"${assignments[@]}"}; do
    [[ $pair =~ ^[A-Za-z][A-Za-z0-9_]*= ]] || misuse "--set takes NAME=VALUE, not $pair"
    "$1" "${pair%%=*}" "${pair#*=}" --set
  done
}

# Stores the file of the preset in the variable preset_file, which stays empty without a preset.
find_preset() {
  preset_file=''
  if [[ -z $preset ]]; then return; fi
  preset_file=${preset_files/NAME/$preset}
  [[ $preset =~ ^[a-z]+$ && -f $preset_file ]] || misuse "--preset $preset: there is no file $preset_file"
}

# ---- Tools

advice_for() {
  case $1 in
  java) echo 'java: install a JDK, 17 or newer, for example from https://adoptium.net' ;;
  jar) echo 'jar: a JDK has this program; put its bin folder on the PATH' ;;
  mvn) echo 'mvn: install Maven 3.8.7 or newer, https://maven.apache.org/install.html' ;;
  curl) echo 'curl: install the package of your system' ;;
  sam) echo 'sam: install the AWS SAM CLI, https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/install-sam-cli.html' ;;
  aws) echo 'aws: install the AWS CLI 2, https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html' ;;
  az) echo 'az: install the Azure CLI, https://learn.microsoft.com/cli/azure/install-azure-cli' ;;
  docker) echo 'docker: install Docker, https://docs.docker.com/engine/install' ;;
  gcloud) echo 'gcloud: install the Google Cloud CLI, https://cloud.google.com/sdk/docs/install' ;;
  cloud-sql-proxy) echo 'cloud-sql-proxy: run gcloud components install cloud-sql-proxy, or see https://cloud.google.com/sql/docs/postgres/sql-proxy' ;;
  esac
}

# require_tools TOOL...: ends unless all of them are installed, as well as those that the steps of this run need.
require_tools() {
  local tool absent=() advice=()
  if $migrate || { $build && $app; }; then set -- "$@" java mvn; fi
  if $smoke; then set -- "$@" curl; fi
  for tool in "$@"; do
    command -v "$tool" >/dev/null && continue
    absent+=("$tool")
    advice+=("$(advice_for "$tool")")
  done
  if ((${#absent[@]})); then
    fail "not installed: ${absent[*]}" "${advice[@]}" 'Then run this again. --dry-run shows what would be done without any tool.'
  fi
}

# require_artifact FILE: ends if --skip-build finds nothing to deploy, or the build made nothing.
require_artifact() {
  if is_dry_run || [[ -e $1 ]]; then return; fi
  if $build; then fail "the build made no $1" 'Look at the output of mvn above.'; fi
  fail "$1 does not exist" 'Run this again without --skip-build.'
}

# ---- Questions

# Ends unless the operator agrees.
confirm() {
  local reply=''
  if ! $ask || is_dry_run; then return; fi
  printf 'Make these changes? [y/N] '
  read -r reply || true
  case $reply in
  y | Y | yes | Yes | YES) return ;;
  esac
  printf '\n'
  warn 'declined: nothing was migrated or deployed'
  printf '  %s\n' 'Run this again and type y, or give --yes where no one can answer.' >&2
  exit 4
}

# confirm_steps TARGET: names the steps of this run, then asks. Without a step that changes something there is no question.
confirm_steps() {
  local steps=()
  if $infra; then steps+=(resources); fi
  if $migrate; then steps+=('database schema'); fi
  if $app; then steps+=(app); fi
  if [[ $cloud == gcp ]] && $gateway; then steps+=('API gateway'); fi
  note "$1"
  if ((${#steps[@]} == 0)); then return; fi
  note "This run changes: $(printf '%s, ' "${steps[@]}" | sed 's/, $//')"
  confirm
}

# ---- Migration

# run_migration URL OWNER USER [NAME=VALUE...] [-- OPTION...]: runs the migration with the password of the owner in the
# variable owner_password. The credentials go as environment variables, because every process of the machine sees arguments.
run_migration() {
  local variables=("DB_URL=$1" "DB_OWNER=$2" "DB_USER=$3") options=() masked=() shown variable
  shift 3
  while (($#)) && [[ $1 != -- ]]; do
    variables+=("$1")
    shift
  done
  if (($#)); then options=("${@:2}"); fi
  for variable in "${variables[@]}"; do
    masked+=("$(printf '%s' "$variable" | sed 's/password=[^&]*/password=***/')")
  done
  shown=('DB_OWNER_PASSWORD=***')
  if [[ -n ${DB_PASSWORD:-} ]]; then shown+=('DB_PASSWORD=***'); fi
  show env "${masked[@]}" "${shown[@]}" scripts/migrate.sh ${options[@]+"${options[@]}"}
  if is_dry_run; then return; fi
  (
    export "${variables[@]}" "DB_OWNER_PASSWORD=$owner_password"
    exec scripts/migrate.sh ${options[@]+"${options[@]}"}
  )
}

# ---- Smoke test

observed=''

# has_status PATTERN WORD...: runs the request and compares its status and redirect with the pattern.
has_status() {
  local pattern=$1
  shift
  observed=$("$@" || true)
  # shellcheck disable=SC2053 # a pattern
  if [[ $observed == $pattern || $observed == "$pattern "* ]]; then return 0; fi
  # A success where a refusal is expected does not go away by waiting.
  if [[ $pattern == 4* && $observed == 2* ]]; then return 2; fi
  return 1
}

# expect PATTERN URL [CURL_OPTION...]: repeats the request until its status matches the pattern, because names, certificates
# and permissions that are new need a while. A pattern can go on with that of the redirect: 30? https://*
expect() {
  local pattern=$1 url=$2 body=/dev/null request
  shift 2
  if ! is_dry_run; then
    make_scratch
    body=$scratch/body
  fi
  request=(curl -sS -o "$body" -w '%{http_code} %{redirect_url}' --max-time 60 "$@" "$url")
  show "${request[@]}"
  if is_dry_run || retry "$CHECKS" "$CHECK_PAUSE" has_status "$pattern" "${request[@]}"; then return; fi
  smoke_failed "$url" "${pattern%% *}"
}

# smoke_failed URL STATUS: ends with what to do. The script provides log_command.
smoke_failed() {
  local status=${observed%% *}
  case "$2 $status $1" in
  '4'*' 2'*) fail "$1 has the status $status instead of $2" 'Do not use this deployment; correct its access rules first.' ;;
  *' 503 '*/ready)
    fail "the function is deployed and not ready: $(cat "$scratch/body" 2>/dev/null)" \
      'If the database is not migrated yet, run this again without --skip-migration.' "Otherwise look at the log: $log_command"
    ;;
  esac
  fail "$1 has the status ${status:-000} instead of $2" "Look at the log: $log_command" \
    'A status of 000 means that the name leads nowhere yet; your own domain needs its DNS record.' \
    "docs/deploying-$cloud.md lists the usual causes."
}

# check_api URL [STATUS]: checks the public routes, that a caller without a token is refused, and the list of orders with
# SMOKE_TOKEN. STATUS is the status of the public routes without a token, where it is not 200.
check_api() {
  local status=${2:-200}
  expect "$status" "$1/health"
  expect "$status" "$1/ready"
  expect 401 "$1/orders"
  if [[ -z ${SMOKE_TOKEN:-} ]]; then return; fi
  make_scratch
  # A file, because every process of the machine sees arguments.
  if ! is_dry_run; then printf 'Authorization: Bearer %s\n' "$SMOKE_TOKEN" >"$scratch/token"; fi
  if [[ $status != 200 ]]; then expect 200 "$1/ready" --header "@$scratch/token"; fi
  expect 200 "$1/orders?limit=1" --header "@$scratch/token"
}

# deployed URL [NEXT...]: prints the address of the API and what to do next.
deployed() {
  if is_dry_run; then return; fi
  say "${green}Deployed: $1"
  shift
  if (($#)); then printf '    %s\n' "$@"; fi
}
