#!/usr/bin/env bash
# Deploys the order API to Google Cloud: resources, database schema, function, API gateway, smoke test.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: scripts/deploy_gcp.sh [options]

Makes the Google Cloud resources, migrates the database, builds the function, deploys it,
puts API Gateway in front of it and checks the API. Every step can be repeated.

Options:
  --settings FILE    settings (default gcp/deploy.env; copy gcp/deploy.env.example)
  --preset NAME      settings from gcp/NAME.env, which the settings file can change; production: a
                     standby of the database in a second zone, longer backups, alarms, an uptime
                     check, a budget, traffic that shifts step by step. Name it in every later run, too.
  --project ID       project, instead of the settings' PROJECT_ID
  --region REGION    region, instead of the settings' REGION
  --skip-infra       services, accounts, database, alarms and budget are there
  --skip-migration   the schema is up to date
  --skip-app         do not build and deploy the function
  --skip-gateway     leave the API gateway as it is
  --skip-smoke       do not call the deployed API
  --dry-run[=again]  print every command, and the IAM permissions that it needs, instead of running
                     it, for a first deployment or, with =again, for a later one; needs no tools
                     and no login; without a settings file it takes the example's
  -h, --help         this text

Exit codes: 0 done, 1 failed, 2 wrong usage.

Environment:
  SMOKE_TOKEN        token of a caller with orders:read; the smoke test then lists orders too
  DB_PASSWORD        only with a password login (SECRETS=DB_PASSWORD=...): the password that
                     the migration gives to the function's role

Example:
  cp gcp/deploy.env.example gcp/deploy.env      # and edit it
  gcloud auth login
  scripts/deploy_gcp.sh --dry-run
  scripts/deploy_gcp.sh
TEXT
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/terminal.sh

readonly CHECKS=24 CHECK_PAUSE=5 ERRORS_THAT_ROLL_BACK=5

settings=gcp/deploy.env
preset=''
project_option='' region_option=''
infra=true migrate=true app=true gateway=true smoke=true
dry_run=false
present=false # what a dry run takes for the answer to "is it there already?"

while (($# > 0)); do
  case "$1" in
  --settings | --preset | --project | --region)
    if (($# < 2)) || [[ -z "$2" || "$2" == --* ]]; then misuse "$1 needs a value"; fi
    case "$1" in
    --settings) settings="$2" ;;
    --preset) preset="$2" ;;
    --project) project_option="$2" ;;
    --region) region_option="$2" ;;
    esac
    shift
    ;;
  --skip-infra) infra=false ;;
  --skip-migration) migrate=false ;;
  --skip-app) app=false ;;
  --skip-gateway) gateway=false ;;
  --skip-smoke) smoke=false ;;
  --dry-run) dry_run=true ;;
  --dry-run=again) dry_run=true present=true ;;
  -h | --help)
    usage
    exit 0
    ;;
  *) misuse "unknown option $1" ;;
  esac
  shift
done

# --- Settings ---------------------------------------------------------------------------------------------------------

PROJECT_ID='' REGION=europe-west1 GATEWAY_REGION=''
DEPLOY_WITH=functions NETWORK='' SUBNET=''
CONCURRENCY=40 DB_POOL_SIZE=10 MIN_INSTANCES=1 MAX_INSTANCES=18 CPU=1 MEMORY=1Gi
SQL_INSTANCE=orders SQL_TIER=db-custom-2-7680 SQL_VERSION=POSTGRES_16 SQL_AVAILABILITY=zonal SQL_BACKUPS=7
TRAFFIC_SHIFT_PERCENT=0 TRAFFIC_SHIFT_MINUTES=5
ALARMS=false ALARM_EMAIL='' ALARM_SLOW_MILLISECONDS=3000 MONTHLY_BUDGET=0 BILLING_ACCOUNT=''
PUBLIC_URL=''
SECRETS='' DB_USER=''
ORDERS_IDENTITY_MODE=jwt ORDERS_IDENTITY_JWT_ISSUER='' ORDERS_IDENTITY_JWT_AUDIENCE='' ORDERS_IDENTITY_JWT_JWKSETURI=''
passed_on=()

# read_settings FILE
read_settings() {
  local line name value number=0 settings="$1"
  while IFS= read -r line || [[ -n "$line" ]]; do
    number=$((number + 1))
    line="${line%$'\r'}"
    if [[ -z "$line" || "$line" == '#'* ]]; then continue; fi
    if [[ ! "$line" =~ ^[A-Z][A-Z0-9_]*= ]]; then fail "$settings, line $number: not NAME=value"; fi
    name="${line%%=*}" value="${line#*=}"
    case "$name" in
    PROJECT_ID | REGION | GATEWAY_REGION | DEPLOY_WITH | NETWORK | SUBNET | CONCURRENCY | DB_POOL_SIZE | DB_USER | \
      MIN_INSTANCES | MAX_INSTANCES | CPU | MEMORY | SQL_INSTANCE | SQL_TIER | SQL_VERSION | SQL_AVAILABILITY | SQL_BACKUPS | \
      TRAFFIC_SHIFT_PERCENT | TRAFFIC_SHIFT_MINUTES | ALARMS | ALARM_EMAIL | ALARM_SLOW_MILLISECONDS | MONTHLY_BUDGET | \
      BILLING_ACCOUNT | PUBLIC_URL | SECRETS | \
      ORDERS_IDENTITY_MODE | ORDERS_IDENTITY_JWT_ISSUER | ORDERS_IDENTITY_JWT_AUDIENCE | ORDERS_IDENTITY_JWT_JWKSETURI)
      printf -v "$name" '%s' "$value"
      ;;
    ORDERS_* | SPRING_*) passed_on+=("$name=$value") ;;
    *) fail "$settings, line $number: unknown setting $name" 'gcp/deploy.env.example lists the settings.' ;;
    esac
  done <"$settings"
}

check_settings() {
  local name pair
  [[ "$PROJECT_ID" =~ ^[a-z][a-z0-9-]{4,28}[a-z0-9]$ ]] || fail "PROJECT_ID is not a project id: $PROJECT_ID" 'An example: my-project-123'
  for name in CONCURRENCY DB_POOL_SIZE MIN_INSTANCES MAX_INSTANCES SQL_BACKUPS TRAFFIC_SHIFT_PERCENT TRAFFIC_SHIFT_MINUTES \
    ALARM_SLOW_MILLISECONDS MONTHLY_BUDGET; do
    # Bash reads a leading zero as octal: 010 is 8, and 08 is an error that turns a condition off.
    [[ "${!name}" =~ ^(0|[1-9][0-9]*)$ ]] ||
      fail "$name is not a whole number without leading zeros: ${!name}" "An example: $name=10"
  done
  case "$DEPLOY_WITH" in
  functions | run) ;;
  *) fail "DEPLOY_WITH is functions or run, not $DEPLOY_WITH" ;;
  esac
  if [[ -n "$NETWORK$SUBNET" && ("$DEPLOY_WITH" != run || -z "$NETWORK" || -z "$SUBNET") ]]; then
    fail 'NETWORK and SUBNET belong together, and to DEPLOY_WITH=run' 'gcloud functions deploy cannot join a network directly.'
  fi
  [[ "$SQL_VERSION" =~ ^POSTGRES_[1-9][0-9]*$ ]] || fail "SQL_VERSION is not a version of PostgreSQL: $SQL_VERSION" 'An example: POSTGRES_16'
  case "$SQL_AVAILABILITY" in
  zonal | regional) ;;
  *) fail "SQL_AVAILABILITY is zonal or regional, not $SQL_AVAILABILITY" ;;
  esac
  ((TRAFFIC_SHIFT_PERCENT < 100)) || fail "TRAFFIC_SHIFT_PERCENT is from 0 to 99, not $TRAFFIC_SHIFT_PERCENT" '0 sends all requests to the new revision at once.'
  case "$ALARMS" in
  false) ;;
  true) [[ "$ALARM_EMAIL" == *@* ]] || fail 'ALARMS=true needs ALARM_EMAIL' 'An example: ALARM_EMAIL=ops@example.com' ;;
  *) fail "ALARMS is true or false, not $ALARMS" ;;
  esac
  if ((MONTHLY_BUDGET > 0)) && [[ ! "$BILLING_ACCOUNT" =~ ^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$ ]]; then
    fail 'MONTHLY_BUDGET needs BILLING_ACCOUNT' 'An example: BILLING_ACCOUNT=012345-6789AB-CDEF01' 'Run: gcloud billing accounts list'
  fi
  if [[ -n "$PUBLIC_URL" ]]; then
    [[ "$PUBLIC_URL" =~ ^https://[a-z0-9.-]+$ ]] || fail "PUBLIC_URL is not an address without a path: $PUBLIC_URL" 'An example: https://api.example.com'
    [[ "$ORDERS_IDENTITY_MODE" == jwt ]] || fail 'PUBLIC_URL needs ORDERS_IDENTITY_MODE=jwt' \
      'The load balancer verifies no token, so the function must.'
  fi
  case "$ORDERS_IDENTITY_MODE" in
  jwt | gateway) ;;
  *) fail "ORDERS_IDENTITY_MODE is jwt or gateway, not $ORDERS_IDENTITY_MODE" ;;
  esac
  for pair in ${SECRETS//,/ }; do
    [[ "$pair" =~ ^[A-Z][A-Z0-9_]*=[A-Za-z0-9_-]+:[1-9][0-9]*$ ]] ||
      fail "SECRETS: $pair is not NAME=secret:version" \
        'The version is a number, never latest: a new version must not reach the function without a deployment.'
  done
}

if $dry_run && [[ ! -f "$settings" ]]; then
  settings=gcp/deploy.env.example
  ALARM_EMAIL=ops@example.com BILLING_ACCOUNT=000000-000000-000000
fi
[[ -f "$settings" ]] || fail "no file $settings" 'Run: cp gcp/deploy.env.example gcp/deploy.env' 'and put your own values into it.'
if [[ -n "$preset" ]]; then
  [[ "$preset" =~ ^[a-z]+$ && -f "gcp/$preset.env" ]] || misuse "there is no preset $preset, because there is no gcp/$preset.env"
  read_settings "gcp/$preset.env"
fi
read_settings "$settings"
PROJECT_ID="${project_option:-$PROJECT_ID}"
REGION="${region_option:-$REGION}"
check_settings

GATEWAY_REGION="${GATEWAY_REGION:-$REGION}"
ORDERS_IDENTITY_JWT_ISSUER="${ORDERS_IDENTITY_JWT_ISSUER:-https://securetoken.google.com/$PROJECT_ID}"
ORDERS_IDENTITY_JWT_AUDIENCE="${ORDERS_IDENTITY_JWT_AUDIENCE:-$PROJECT_ID}"
ORDERS_IDENTITY_JWT_JWKSETURI="${ORDERS_IDENTITY_JWT_JWKSETURI:-https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com}"

function_account="orders-function@$PROJECT_ID.iam.gserviceaccount.com"
gateway_account="orders-gateway@$PROJECT_ID.iam.gserviceaccount.com"
build_account="orders-build@$PROJECT_ID.iam.gserviceaccount.com"
connection="$PROJECT_ID:$REGION:$SQL_INSTANCE"
entry_point=com.ecommerce.orders.gcp.GcpHandler
owner=orders_owner
owner_secret=orders-db-owner
proxy_port=15432

if [[ ",$SECRETS" == *,DB_PASSWORD=* ]]; then password_login=true; else password_login=false; fi

db_url="jdbc:postgresql:///orders?cloudSqlInstance=$connection&socketFactory=com.google.cloud.sql.postgres.SocketFactory"
# Between requests an instance has no CPU, so certificates are renewed when needed, not by a background thread.
db_url+='&cloudSqlRefreshStrategy=lazy'
# The connector's own TLS checks both sides; the driver inside it must not start another.
db_url+='&sslmode=disable'
if [[ -n "$NETWORK" ]]; then db_url+='&ipTypes=PRIVATE'; fi
if $password_login; then
  DB_USER="${DB_USER:-orders_app}"
else
  # The platform makes this role, so its timeouts come with the connection.
  db_url+='&enableIamAuth=true&options=-c%20statement_timeout=10s%20-c%20idle_in_transaction_session_timeout=10s'
  # The driver refuses to log in without a password when the server asks for one. Cloud SQL does not look at it.
  db_url+='&password=unused'
  DB_USER="${function_account%.gserviceaccount.com}"
fi

# --- Running and showing commands -------------------------------------------------------------------------------------

# Prints the IAM permissions that a command needs, one a line. gcp/deployer.yaml lists them all.
permissions() {
  case "$*" in
  'gcloud services enable '*) printf '%s\n' serviceusage.services.enable ;;
  'gcloud projects describe '*) printf '%s\n' resourcemanager.projects.get ;;
  'gcloud projects add-iam-policy-binding '*) printf '%s\n' resourcemanager.projects.{getIamPolicy,setIamPolicy} ;;
  'gcloud iam service-accounts describe '*) printf '%s\n' iam.serviceAccounts.get ;;
  'gcloud iam service-accounts create '*) printf '%s\n' iam.serviceAccounts.create ;;
  'gcloud secrets describe '*) printf '%s\n' secretmanager.secrets.get ;;
  'gcloud secrets create '*) printf '%s\n' secretmanager.secrets.create secretmanager.versions.add ;;
  'gcloud secrets versions access '*) printf '%s\n' secretmanager.versions.access ;;
  'gcloud secrets add-iam-policy-binding '*) printf '%s\n' secretmanager.secrets.{getIamPolicy,setIamPolicy} ;;
  'gcloud sql instances describe '*) printf '%s\n' cloudsql.instances.get ;;
  'gcloud sql instances create '*) printf '%s\n' cloudsql.instances.{create,get} ;;
  'gcloud sql instances patch '*) printf '%s\n' cloudsql.instances.{get,update} ;;
  'gcloud sql databases describe '*) printf '%s\n' cloudsql.databases.get ;;
  'gcloud sql databases create '*) printf '%s\n' cloudsql.databases.create cloudsql.instances.get ;;
  'gcloud sql users describe '*) printf '%s\n' cloudsql.users.get ;;
  'gcloud sql users create '*) printf '%s\n' cloudsql.instances.get cloudsql.users.create ;;
  'cloud-sql-proxy '*) printf '%s\n' cloudsql.instances.{connect,get} ;;
  'gcloud functions deploy '*)
    printf '%s\n' cloudfunctions.functions.{create,get,sourceCodeSet,update} cloudfunctions.operations.get \
      cloudfunctions.runtimes.list iam.serviceAccounts.actAs run.services.{getIamPolicy,setIamPolicy}
    ;;
  'gcloud run deploy '*)
    printf '%s\n' artifactregistry.repositories.{create,get} cloudbuild.builds.{create,get} iam.serviceAccounts.actAs \
      run.operations.get run.services.{create,get,getIamPolicy,setIamPolicy,update} storage.buckets.{create,get} storage.objects.create
    ;;
  'gcloud run services describe '*) printf '%s\n' run.services.get ;;
  'gcloud run services update '*) printf '%s\n' iam.serviceAccounts.actAs run.operations.get run.services.{get,update} ;;
  'gcloud run services update-traffic '*) printf '%s\n' run.operations.get run.services.{get,update} ;;
  'gcloud run services add-iam-policy-binding '*) printf '%s\n' run.services.{getIamPolicy,setIamPolicy} ;;
  'gcloud logging read '*) printf '%s\n' logging.logEntries.list ;;
  'gcloud api-gateway apis describe '*) printf '%s\n' apigateway.apis.get ;;
  'gcloud api-gateway apis create '*) printf '%s\n' apigateway.apis.{create,get} apigateway.operations.get ;;
  'gcloud api-gateway api-configs describe '*) printf '%s\n' apigateway.apiconfigs.get ;;
  'gcloud api-gateway api-configs create '*)
    printf '%s\n' apigateway.apiconfigs.{create,get} apigateway.apis.get apigateway.operations.get iam.serviceAccounts.actAs
    ;;
  'gcloud api-gateway gateways describe '*) printf '%s\n' apigateway.gateways.get ;;
  'gcloud api-gateway gateways create '*) printf '%s\n' apigateway.apiconfigs.get apigateway.gateways.{create,get} apigateway.operations.get ;;
  'gcloud api-gateway gateways update '*) printf '%s\n' apigateway.apiconfigs.get apigateway.gateways.{get,update} apigateway.operations.get ;;
  'gcloud beta monitoring channels list '*) printf '%s\n' monitoring.notificationChannels.list ;;
  'gcloud beta monitoring channels create '*) printf '%s\n' monitoring.notificationChannels.create ;;
  'gcloud monitoring uptime list-configs '*) printf '%s\n' monitoring.uptimeCheckConfigs.list ;;
  'gcloud monitoring uptime create '*) printf '%s\n' monitoring.uptimeCheckConfigs.create ;;
  'gcloud alpha monitoring policies list '*) printf '%s\n' monitoring.alertPolicies.list ;;
  'gcloud alpha monitoring policies create '*) printf '%s\n' monitoring.alertPolicies.create ;;
  'gcloud alpha monitoring policies update '*) printf '%s\n' monitoring.alertPolicies.{get,update} ;;
  'gcloud billing budgets list '*) printf '%s\n' billing.budgets.list ;;
  'gcloud billing budgets create '*) printf '%s\n' billing.budgets.create ;;
  'gcloud billing budgets update '*) printf '%s\n' billing.budgets.get billing.budgets.update ;;
  gcloud* | cloud-sql-proxy*) fail "the permissions of a command are not known: $*" 'Add them to permissions() and to gcp/deployer.yaml.' ;;
  esac
}

# Prints the command, and in a dry run the permissions that it needs.
show_needs() {
  local needed
  show "$@"
  if $dry_run; then
    needed="$(permissions "$@")" || exit 1
    # shellcheck disable=SC2086 # one word for each permission
    if [[ -n "$needed" ]]; then printf '    needs %s\n' ${needed//$'\n'/ }; fi
  fi
}

run() {
  show_needs "$@"
  if ! $dry_run; then "$@"; fi
}

gc() { run gcloud "$@" "--project=$PROJECT_ID" --quiet; }

# capture NAME EXAMPLE command...: puts the command's output into the variable, EXAMPLE in a dry run.
capture() {
  local capture_into="$1" captured="$2"
  shift 2
  show_needs "$@"
  if ! $dry_run; then captured="$("$@")"; fi
  printf -v "$capture_into" '%s' "$captured"
}

# capture_gc NAME EXAMPLE word...: the same for a command of gcloud.
capture_gc() { capture "$1" "$2" gcloud "${@:3}" "--project=$PROJECT_ID" --quiet; }

# exists KIND... NAME OPTION...: whether gcloud can describe it. Ends if gcloud fails for another reason, such as a missing right:
# the resource could be there nevertheless.
exists() {
  local error missing='NOT_FOUND|not found|could not be found|cannot find'
  show_needs gcloud "$@" "--project=$PROJECT_ID" --quiet --format=none
  if $dry_run; then
    $present
    return
  fi
  if error="$(gcloud "$@" "--project=$PROJECT_ID" --quiet --format=none 2>&1 >/dev/null)"; then return; fi
  # Cloud SQL has other texts, such as "no instance found at ... or you are not authorized". To create there is safe: what is
  # there nevertheless makes the creation fail.
  if [[ "$1" == sql ]]; then missing+='|does not exist|no instance found|HTTPError 404'; fi
  if grep -qiE "$missing" <<<"$error"; then return 1; fi
  fail "gcloud $* failed, so the script cannot know what is there: $error" 'Mend what the message says, then run this again.'
}

# What a list shows in a dry run: the example if it is there already, otherwise nothing.
if_present() {
  if $present; then printf '%s' "$1"; fi
}

# Grants to an account that was just made fail until every part of Google Cloud knows it.
grant() {
  local attempt
  for attempt in 1 2 3 4 5 6; do
    if gc "$@" --format=none; then return; fi
    if ((attempt < 6)); then sleep 10; fi
  done
  fail "could not grant: gcloud $*" 'The message above says why; the role roles/resourcemanager.projectIamAdmin may be missing.'
}

check_tools() {
  say 'Checking tools and login'
  if $dry_run; then
    show gcloud auth list --filter=status:ACTIVE '--format=value(account)'
    show_needs gcloud projects describe "$PROJECT_ID" --quiet --format=none
    return
  fi
  need_tool gcloud 'Install the Google Cloud CLI: https://cloud.google.com/sdk/docs/install'
  [[ -n "$(gcloud auth list --filter=status:ACTIVE '--format=value(account)' 2>/dev/null)" ]] ||
    fail 'not logged in to Google Cloud' 'Run: gcloud auth login'
  gcloud projects describe "$PROJECT_ID" --quiet --format=none >/dev/null 2>&1 ||
    fail "no project $PROJECT_ID, or no right to see it" 'Run: gcloud projects list' 'and correct PROJECT_ID, or log in as someone else: gcloud auth login'
  if $app || $migrate; then
    need_tool java 'Install a JDK, 17 or newer, for example from https://adoptium.net'
    need_tool mvn 'Install Maven 3.8.7 or newer: https://maven.apache.org/install.html'
  fi
  if $migrate; then
    need_tool cloud-sql-proxy 'Run: gcloud components install cloud-sql-proxy' 'or see https://cloud.google.com/sql/docs/postgres/sql-proxy'
    [[ -x scripts/migrate.sh ]] || fail 'scripts/migrate.sh is missing or not executable' 'Check the project out again, or give --skip-migration.'
    if $password_login && [[ -z "${DB_PASSWORD:-}" ]]; then
      fail 'SECRETS names DB_PASSWORD, and the migration needs the password itself' \
        "Run: DB_PASSWORD=\"\$(gcloud secrets versions access VERSION --secret=NAME)\" scripts/deploy_gcp.sh ..."
    fi
  fi
  if $smoke; then need_tool curl 'Install curl with the package manager of your system.'; fi
}

# --- Steps ------------------------------------------------------------------------------------------------------------

scratch=''
proxy=''

clean_up() {
  if [[ -n "$proxy" ]]; then kill "$proxy" 2>/dev/null || true; fi
  if [[ -n "$scratch" ]]; then rm -rf "$scratch"; fi
}
trap clean_up EXIT

make_account() {
  exists iam service-accounts describe "$1@$PROJECT_ID.iam.gserviceaccount.com" ||
    gc iam service-accounts create "$1" "--display-name=$2"
}

make_owner() {
  local password='' flags="<file with --password>"
  note "Owner of the schema: $owner, password in the secret $owner_secret"
  if ! exists secrets describe "$owner_secret"; then
    show_needs gcloud secrets create "$owner_secret" --replication-policy=automatic --data-file=- "--project=$PROJECT_ID" --quiet
    if ! $dry_run; then
      head -c 36 /dev/urandom | base64 | tr -d '+/=\n' |
        gcloud secrets create "$owner_secret" --replication-policy=automatic --data-file=- "--project=$PROJECT_ID" --quiet
    fi
  fi
  if ! exists sql users describe "$owner" "--instance=$SQL_INSTANCE"; then
    # By a file, so that the password is in no process list.
    if ! $dry_run; then
      password="$(gcloud secrets versions access latest "--secret=$owner_secret" "--project=$PROJECT_ID" --quiet)" || password=''
      [[ -n "$password" ]] || fail "could not read the password of $owner from the secret $owner_secret" \
        'You need roles/secretmanager.secretAccessor. If the secret has no version, delete the secret, then run this again:' \
        "gcloud secrets delete $owner_secret --project=$PROJECT_ID"
      flags="$scratch/owner.yaml"
      printf -- '--password: "%s"\n' "$password" >"$flags"
    fi
    gc sql users create "$owner" "--instance=$SQL_INSTANCE" "--flags-file=$flags"
  fi
}

make_instance() {
  local network=(--assign-ip)
  if [[ -n "$NETWORK" ]]; then
    network=(--no-assign-ip "--network=projects/$PROJECT_ID/global/networks/$NETWORK")
  fi
  if exists sql instances describe "$SQL_INSTANCE"; then
    update_instance
    return
  fi
  # With a public address, too, only a connector gets in, which asks IAM first: no network is authorized.
  gc sql instances create "$SQL_INSTANCE" "--region=$REGION" "--database-version=$SQL_VERSION" --edition=enterprise \
    "--tier=$SQL_TIER" "--availability-type=$SQL_AVAILABILITY" --storage-auto-increase --backup-start-time=02:00 \
    "--retained-backups-count=$SQL_BACKUPS" --enable-point-in-time-recovery --database-flags=cloudsql.iam_authentication=on \
    --ssl-mode=ENCRYPTED_ONLY --connector-enforcement=REQUIRED --deletion-protection "${network[@]}"
}

# Compares the instance with the settings. Changes what can be changed without harm, and fails for the rest.
update_instance() {
  local found='' region version tier availability network protected backups changes=()
  # A dry run takes an instance of another tier, so that the command is shown.
  capture_gc found "$REGION|$SQL_VERSION|<tier of now>|$SQL_AVAILABILITY|$NETWORK|True|$SQL_BACKUPS" sql instances describe "$SQL_INSTANCE" \
    '--format=value[separator="|"](region,databaseVersion,settings.tier,settings.availabilityType,settings.ipConfiguration.privateNetwork.basename(),settings.deletionProtectionEnabled,settings.backupConfiguration.backupRetentionSettings.retainedBackups)'
  IFS='|' read -r region version tier availability network protected backups <<<"$found"
  [[ "$region" == "$REGION" ]] || fail "the instance $SQL_INSTANCE is in $region, and REGION is $REGION: an instance can not move" \
    "Set REGION=$region, or another SQL_INSTANCE to make a new, empty one."
  check_version "$version"
  check_network "$network"
  availability="$(printf '%s' "$availability" | tr '[:upper:]' '[:lower:]')"
  check_not_lowered "$availability" "$backups"
  if [[ "$tier" != "$SQL_TIER" ]]; then changes+=("--tier=$SQL_TIER"); fi
  if [[ "$availability" != "$SQL_AVAILABILITY" ]]; then changes+=("--availability-type=$SQL_AVAILABILITY"); fi
  if [[ "$protected" != True ]]; then changes+=(--deletion-protection); fi
  if [[ "$backups" != "$SQL_BACKUPS" ]]; then changes+=("--retained-backups-count=$SQL_BACKUPS"); fi
  if ((${#changes[@]})); then
    note "The instance differs from the settings ($tier, $availability, $backups backups). A new tier or availability restarts it."
    gc sql instances patch "$SQL_INSTANCE" "${changes[@]}"
  fi
}

# check_version VERSION: ends if the instance has another one.
check_version() {
  if [[ "$1" == "$SQL_VERSION" ]]; then return; fi
  if ((${1#POSTGRES_} > ${SQL_VERSION#POSTGRES_})); then
    fail "the instance $SQL_INSTANCE has $1, and SQL_VERSION is $SQL_VERSION: an instance can not go back" "Set SQL_VERSION=$1."
  fi
  fail "the instance $SQL_INSTANCE has $1, and SQL_VERSION is $SQL_VERSION" \
    'An upgrade takes some minutes, in which the API responds with 503, and can not be undone. When you are ready, run:' \
    "gcloud sql instances patch $SQL_INSTANCE --database-version=$SQL_VERSION --project=$PROJECT_ID" \
    'and then this again.'
}

# check_network NETWORK: ends if the instance is in another one, or in none.
check_network() {
  if [[ "$1" == "$NETWORK" ]]; then return; fi
  if [[ -n "$1" ]]; then
    fail "the instance $SQL_INSTANCE is in the network $1, and NETWORK is ${NETWORK:-empty}: an instance can not leave a network" \
      "Set NETWORK=$1."
  fi
  fail "the instance $SQL_INSTANCE is in no network, and NETWORK is $NETWORK" \
    'The change can not be undone and takes the public address away. The function responds with 503 until it is deployed with NETWORK.' \
    'docs/deploying-gcp.md says what the network needs. When it is ready, run:' \
    "gcloud sql instances patch $SQL_INSTANCE --network=projects/$PROJECT_ID/global/networks/$NETWORK --no-assign-ip --project=$PROJECT_ID" \
    'and then this again.'
}

# check_not_lowered AVAILABILITY BACKUPS: ends if the settings ask for less than the instance has. A run that forgets
# its preset must not take the standby and backups of production away.
check_not_lowered() {
  local kept=() lowered=() advice=()
  if [[ "$1" == regional && "$SQL_AVAILABILITY" == zonal ]]; then
    kept+=(SQL_AVAILABILITY=regional) lowered+=(--availability-type=zonal)
  fi
  if [[ "$2" =~ ^[0-9]+$ ]] && (($2 > SQL_BACKUPS)); then
    kept+=("SQL_BACKUPS=$2") lowered+=("--retained-backups-count=$SQL_BACKUPS")
  fi
  if ((${#kept[@]} == 0)); then return; fi
  if [[ -z "$preset" ]]; then advice=('If this is production, run this again with --preset production. Otherwise:'); fi
  fail "the instance $SQL_INSTANCE is $1 with $2 backups, and the settings lower that to $SQL_AVAILABILITY with $SQL_BACKUPS" \
    ${advice[@]+"${advice[@]}"} "Set ${kept[*]}." \
    'To lower it on purpose, run:' \
    "gcloud sql instances patch $SQL_INSTANCE ${lowered[*]} --project=$PROJECT_ID" \
    'and then this again.'
}

make_resources() {
  local condition pair
  say 'Services'
  gc services enable run.googleapis.com cloudfunctions.googleapis.com cloudbuild.googleapis.com \
    artifactregistry.googleapis.com sqladmin.googleapis.com secretmanager.googleapis.com apigateway.googleapis.com \
    servicemanagement.googleapis.com servicecontrol.googleapis.com identitytoolkit.googleapis.com iam.googleapis.com \
    monitoring.googleapis.com logging.googleapis.com billingbudgets.googleapis.com

  say 'Accounts'
  make_account orders-function 'Order API: the function'
  make_account orders-gateway 'Order API: the gateway, the only caller of the function'
  make_account orders-build 'Order API: builds the function'

  say 'Database'
  make_instance
  exists sql databases describe orders "--instance=$SQL_INSTANCE" || gc sql databases create orders "--instance=$SQL_INSTANCE"
  make_owner
  if ! $password_login; then
    exists sql users describe "$DB_USER" "--instance=$SQL_INSTANCE" ||
      gc sql users create "$DB_USER" "--instance=$SQL_INSTANCE" --type=cloud_iam_service_account
  fi

  say 'Rights'
  condition="expression=resource.name == \"projects/$PROJECT_ID/instances/$SQL_INSTANCE\" && resource.service == \"sqladmin.googleapis.com\""
  condition+=",title=only-$SQL_INSTANCE"
  grant projects add-iam-policy-binding "$PROJECT_ID" "--member=serviceAccount:$function_account" \
    --role=roles/cloudsql.client "--condition=$condition"
  if ! $password_login; then
    grant projects add-iam-policy-binding "$PROJECT_ID" "--member=serviceAccount:$function_account" \
      --role=roles/cloudsql.instanceUser "--condition=$condition"
  fi
  grant projects add-iam-policy-binding "$PROJECT_ID" "--member=serviceAccount:$build_account" \
    --role=roles/cloudbuild.builds.builder --condition=None
  for pair in ${SECRETS//,/ }; do
    pair="${pair#*=}"
    grant secrets add-iam-policy-binding "${pair%:*}" "--member=serviceAccount:$function_account" \
      --role=roles/secretmanager.secretAccessor
  done
}

# Puts the host of the public address into the variable.
api_host() {
  if [[ -n "$PUBLIC_URL" ]]; then
    printf -v "$1" '%s' "${PUBLIC_URL#https://}"
  else
    capture_gc "$1" orders-example.ew.gateway.dev api-gateway gateways describe orders "--location=$GATEWAY_REGION" \
      '--format=value(defaultHostname)'
  fi
}

# look_up NAME EXAMPLE DISPLAY_NAME word...: puts the resource name of what has that display name into the variable, or nothing.
look_up() {
  capture_gc "$1" "$(if_present "$2")" "${@:4}" "--filter=displayName=\"$3\"" '--format=value(name)' --limit=1
}

# make_alarm FILE CHANNEL CHECK_ID
make_alarm() {
  local name='' policy display_name file="<${1##*/} filled in>"
  display_name="$(sed -n 's/^  "displayName": "\(.*\)",$/\1/p' "$1")"
  if ! $dry_run; then
    file="$scratch/${1##*/}"
    fill PROJECT_ID "$PROJECT_ID" <"$1" | fill SQL_INSTANCE "$SQL_INSTANCE" | fill SLOW_MILLISECONDS "$ALARM_SLOW_MILLISECONDS" |
      fill CHECK_ID "$3" >"$file"
  fi
  look_up name "projects/$PROJECT_ID/alertPolicies/1" "$display_name" alpha monitoring policies list
  policy="${name##*/}"
  if [[ -n "$name" ]]; then
    gc alpha monitoring policies update "$policy" "--policy-from-file=$file" "--set-notification-channels=$2"
  else
    gc alpha monitoring policies create "--policy-from-file=$file" "--notification-channels=$2"
  fi
}

make_alarms() {
  local host='' channel='' check_id='' check_name policy
  say 'Alarms and uptime check'
  api_host host
  look_up channel "projects/$PROJECT_ID/notificationChannels/1" "orders $ALARM_EMAIL" beta monitoring channels list
  if [[ -z "$channel" ]]; then
    capture_gc channel "projects/$PROJECT_ID/notificationChannels/1" beta monitoring channels create "--display-name=orders $ALARM_EMAIL" \
      --type=email "--channel-labels=email_address=$ALARM_EMAIL" '--format=value(name)'
  fi
  check_name="orders ready at $host"
  look_up check_id "projects/$PROJECT_ID/uptimeCheckConfigs/1" "$check_name" monitoring uptime list-configs
  if [[ -z "$check_id" ]]; then
    capture_gc check_id "projects/$PROJECT_ID/uptimeCheckConfigs/1" monitoring uptime create "$check_name" --resource-type=uptime-url \
      "--resource-labels=host=$host,project_id=$PROJECT_ID" --protocol=https --path=/ready --period=1 '--format=value(name)'
  fi
  for policy in gcp/alarms/*.json; do
    make_alarm "$policy" "$channel" "${check_id##*/}"
  done
}

make_budget() {
  local name='' display_name="orders $PROJECT_ID" options
  say 'Budget'
  options=("--billing-account=$BILLING_ACCOUNT" "--budget-amount=$MONTHLY_BUDGET")
  capture name "$(if_present "billingAccounts/$BILLING_ACCOUNT/budgets/1")" gcloud billing budgets list \
    "--billing-account=$BILLING_ACCOUNT" "--filter=displayName=\"$display_name\"" '--format=value(name)' --limit=1 --quiet
  if [[ -n "$name" ]]; then
    run gcloud billing budgets update "${name##*/}" "${options[@]}" --quiet
  else
    run gcloud billing budgets create "${options[@]}" "--display-name=$display_name" "--filter-projects=projects/$PROJECT_ID" \
      --threshold-rule=percent=0.8 --threshold-rule=percent=1.0,basis=forecasted-spend --quiet
  fi
}

# Tells whether a program listens where the proxy does.
proxy_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$proxy_port") 2>/dev/null; }

migrate_database() {
  local password='' attempt options=() proxy_command=(cloud-sql-proxy --gcloud-auth --port "$proxy_port")
  say 'Schema'
  capture_gc password '***' secrets versions access latest "--secret=$owner_secret"
  if [[ -n "$NETWORK" ]]; then proxy_command+=(--private-ip); fi
  proxy_command+=("$connection")
  show_needs "${proxy_command[@]}"
  if ! $dry_run; then
    # The migration would reach the other server, and the proxy could not open its port.
    if proxy_answers; then
      fail "another program already listens on 127.0.0.1:$proxy_port, where cloud-sql-proxy must listen" \
        'It may be the proxy of an earlier run. To see the program, run:' "lsof -nP -iTCP:$proxy_port -sTCP:LISTEN" \
        'End the program, then run this again.'
    fi
    "${proxy_command[@]}" >"$scratch/proxy.log" 2>&1 &
    proxy=$!
    for ((attempt = 0; ; attempt++)); do
      sleep 1
      if ((attempt == 30)) || ! kill -0 "$proxy" 2>/dev/null; then
        cat "$scratch/proxy.log" >&2
        fail 'cloud-sql-proxy did not open its port; its messages are above' \
          'You need roles/cloudsql.client, and with NETWORK a machine inside that network.'
      fi
      if proxy_answers; then break; fi
    done
  fi
  if ! $password_login; then options=(--login cloudsql-iam); fi
  # The connection to 127.0.0.1 is the proxy's, which encrypts it from there on.
  show env "DB_URL=jdbc:postgresql://127.0.0.1:$proxy_port/orders" "DB_OWNER=$owner" 'DB_OWNER_PASSWORD=***' "DB_USER=$DB_USER" \
    scripts/migrate.sh ${options[@]+"${options[@]}"}
  if ! $dry_run; then
    DB_URL="jdbc:postgresql://127.0.0.1:$proxy_port/orders" DB_OWNER="$owner" DB_OWNER_PASSWORD="$password" DB_USER="$DB_USER" \
      scripts/migrate.sh ${options[@]+"${options[@]}"}
    kill "$proxy" 2>/dev/null || true
    proxy=''
  fi
}

# Prints the function's environment as one value; ";" parts the settings, since their values have commas.
environment() {
  local entry joined='^;^' entries=(
    # The invoker answers 500 to an error of the JVM, and would go on with a process that is out of memory.
    "JAVA_TOOL_OPTIONS=-XX:+ExitOnOutOfMemoryError"
    "GOOGLE_CLOUD_PROJECT=$PROJECT_ID"
    "DB_URL=$db_url"
    "DB_USER=$DB_USER"
    "DB_POOL_SIZE=$DB_POOL_SIZE"
    "ORDERS_IDENTITY_MODE=$ORDERS_IDENTITY_MODE"
    "ORDERS_IDENTITY_JWT_ISSUER=$ORDERS_IDENTITY_JWT_ISSUER"
    "ORDERS_IDENTITY_JWT_AUDIENCE=$ORDERS_IDENTITY_JWT_AUDIENCE"
    "ORDERS_IDENTITY_JWT_JWKSETURI=$ORDERS_IDENTITY_JWT_JWKSETURI"
    ${passed_on[@]+"${passed_on[@]}"}
  )
  for entry in "${entries[@]}"; do
    [[ "$entry" != *';'* ]] || fail "a setting of the function holds a semicolon: ${entry%%=*}"
    if [[ "$joined" != '^;^' ]]; then joined+=';'; fi
    joined+="$entry"
  done
  printf '%s' "$joined"
}

# Puts the one revision that takes the requests into the variable, or nothing before the first deployment.
serving_revision() {
  local found=''
  if exists run services describe orders "--region=$REGION"; then
    capture_gc found orders-00001-old run services describe orders "--region=$REGION" '--format=value(status.traffic.revisionName.list())'
    [[ "$found" != *,* ]] || fail "the requests are shared between the revisions $found: an earlier shift did not end" \
      'Choose one of them, then run this again:' \
      "gcloud run services update-traffic orders --to-revisions=REVISION=100 --region=$REGION --project=$PROJECT_ID"
  fi
  printf -v "$1" '%s' "$found"
}

send_traffic() { gc run services update-traffic orders "--region=$REGION" "$@"; }

# shift_traffic OLD: lets the new revision prove itself with few requests. Goes back to the old one if it fails.
shift_traffic() {
  local old="$1" new='' errors=''
  say 'Traffic'
  capture_gc new orders-00002-new run services describe orders "--region=$REGION" '--format=value(status.latestReadyRevisionName)'
  send_traffic "--to-revisions=$new=$TRAFFIC_SHIFT_PERCENT,$old=$((100 - TRAFFIC_SHIFT_PERCENT))"
  run sleep "$((TRAFFIC_SHIFT_MINUTES * 60))"
  capture_gc errors '' logging read \
    "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"orders\" AND resource.labels.revision_name=\"$new\" AND httpRequest.status>=500" \
    "--freshness=$((TRAFFIC_SHIFT_MINUTES + 1))m" "--limit=$ERRORS_THAT_ROLL_BACK" '--format=value(insertId)'
  if (($(printf '%s' "$errors" | grep -c .) >= ERRORS_THAT_ROLL_BACK)); then
    send_traffic "--to-revisions=$old=100"
    fail "the revision $new responded $ERRORS_THAT_ROLL_BACK times or more with 5xx; all requests go to $old again" \
      "Look at its log: gcloud logging read 'resource.labels.revision_name=\"$new\" AND severity>=ERROR' --project=$PROJECT_ID"
  fi
  send_traffic --to-latest
}

deploy_function() {
  local variables old='' secrets=(--clear-secrets) options
  say 'Function'
  run mvn -B -Pgcp package
  variables="$(environment)"
  if [[ -n "$SECRETS" ]]; then secrets=("--set-secrets=$SECRETS"); fi
  options=(
    "--region=$REGION" --source=target/deploy
    "--build-service-account=projects/$PROJECT_ID/serviceAccounts/$build_account"
    --set-build-env-vars=USE_JAVA_FF_2=true "--set-env-vars=$variables" "${secrets[@]}"
    "--concurrency=$CONCURRENCY" "--cpu=$CPU" "--memory=$MEMORY" --timeout=30s
    "--min-instances=$MIN_INSTANCES" "--max-instances=$MAX_INSTANCES"
  )
  # Behind the load balancer the function verifies the tokens, so IAM lets everybody in; only the load balancer reaches it.
  if [[ -n "$PUBLIC_URL" ]]; then options+=(--allow-unauthenticated); else options+=(--no-allow-unauthenticated); fi
  if ((TRAFFIC_SHIFT_PERCENT > 0)); then serving_revision old; fi
  # A deployment keeps requests at a revision that is named, so the new one gets none yet.
  if [[ -n "$old" ]]; then send_traffic "--to-revisions=$old=100"; fi
  if [[ "$DEPLOY_WITH" == functions ]]; then
    if [[ -n "$PUBLIC_URL" ]]; then options+=(--ingress-settings=internal-and-gclb); else options+=(--ingress-settings=all); fi
    gc functions deploy orders --gen2 --runtime=java25 "--entry-point=$entry_point" --trigger-http \
      "--run-service-account=$function_account" "${options[@]}"
    # The command above has no option for it.
    gc run services update orders "--region=$REGION" --cpu-boost
  else
    if [[ -n "$PUBLIC_URL" ]]; then options+=(--ingress=internal-and-cloud-load-balancing); else options+=(--ingress=all); fi
    if [[ -n "$NETWORK" ]]; then
      options+=("--network=$NETWORK" "--subnet=$SUBNET" --vpc-egress=private-ranges-only)
    fi
    gc run deploy orders "--function=$entry_point" --base-image=java25 --cpu-boost "--service-account=$function_account" "${options[@]}"
  fi
  # After a rollback the requests stay at the revision that was named, so they are sent on each time.
  if [[ -n "$old" ]]; then shift_traffic "$old"; else send_traffic --to-latest; fi
}

function_url() {
  capture_gc service_url https://orders-example.a.run.app run services describe orders "--region=$REGION" '--format=value(status.url)'
}

# fill NAME VALUE: replaces {NAME} in what it reads.
fill() {
  local value
  value="$(printf '%s' "$2" | sed 's/[&|\\]/\\&/g')"
  sed "s|{$1}|$value|g"
}

deploy_gateway() {
  local text config
  say 'Gateway'
  function_url
  grant run services add-iam-policy-binding orders "--region=$REGION" "--member=serviceAccount:$gateway_account" \
    --role=roles/run.invoker
  text="$(fill BACKEND_URL "$service_url" <gcp/api-gateway.yaml |
    fill ISSUER "$ORDERS_IDENTITY_JWT_ISSUER" |
    fill JWK_SET_URI "$ORDERS_IDENTITY_JWT_JWKSETURI" |
    fill AUDIENCE "$ORDERS_IDENTITY_JWT_AUDIENCE")"
  # A configuration is never changed, so a new content gets a new name.
  config="orders-$(printf '%s' "$text" | cksum | cut -d ' ' -f 1)"
  printf '  gcp/api-gateway.yaml, filled in, becomes target/gcp/%s.yaml\n' "$config"
  if ! $dry_run; then
    mkdir -p target/gcp
    printf '%s\n' "$text" >"target/gcp/$config.yaml"
  fi
  exists api-gateway apis describe orders || gc api-gateway apis create orders
  exists api-gateway api-configs describe "$config" --api=orders ||
    gc api-gateway api-configs create "$config" --api=orders "--openapi-spec=target/gcp/$config.yaml" \
      "--backend-auth-service-account=$gateway_account"
  if exists api-gateway gateways describe orders "--location=$GATEWAY_REGION"; then
    gc api-gateway gateways update orders "--location=$GATEWAY_REGION" --api=orders "--api-config=$config"
  else
    gc api-gateway gateways create orders "--location=$GATEWAY_REGION" --api=orders "--api-config=$config"
  fi
}

# expect STATUS URL [curl option...]: repeats the request until it has that status. Names, certificates and permissions that
# are new need a while.
expect() {
  local wanted="$1" url="$2" status='' attempt
  shift 2
  local request=(curl -sS -o /dev/null -w '%{http_code}' --max-time 30 "$@" "$url")
  show "${request[@]}"
  if $dry_run; then return; fi
  for ((attempt = 1; attempt <= CHECKS; attempt++)); do
    status="$("${request[@]}" || true)"
    if [[ "$status" == "$wanted" ]]; then return; fi
    # A success in place of a refusal does not go away by waiting.
    if [[ "$wanted" == 4* && "$status" == 2* ]]; then break; fi
    sleep "$CHECK_PAUSE"
  done
  fail "$url has the status $status instead of $wanted" \
    "Look at the logs: gcloud run services logs read orders --region=$REGION --project=$PROJECT_ID" \
    'docs/deploying-gcp.md lists the usual causes.'
}

smoke_test() {
  local host='' api header='<file with the token>'
  say 'Smoke test'
  api_host host
  function_url
  api="https://$host"
  expect 200 "$api/health"
  expect 200 "$api/ready"
  expect 401 "$api/orders"
  # No request gets around the gateway (403), or around the load balancer (404).
  if [[ -n "$PUBLIC_URL" ]]; then expect 404 "$service_url/health"; else expect 403 "$service_url/health"; fi
  if [[ -n "${SMOKE_TOKEN:-}" ]]; then
    if ! $dry_run; then
      header="$scratch/header"
      printf 'Authorization: Bearer %s\n' "$SMOKE_TOKEN" >"$header"
    fi
    expect 200 "$api/orders?limit=1" --header "@$header"
  fi
  deployed "$api"
}

service_url=''
if $dry_run; then say "Dry run with $settings: nothing is executed"; fi
check_tools
if ! $dry_run; then scratch="$(umask 077 && mktemp -d)"; fi
if $infra; then make_resources; fi
if $migrate; then migrate_database; fi
if $app; then deploy_function; fi
if $gateway && [[ -z "$PUBLIC_URL" ]]; then deploy_gateway; fi
if $infra && [[ "$ALARMS" == true ]]; then make_alarms; fi
if $infra && ((MONTHLY_BUDGET > 0)); then make_budget; fi
if $smoke; then smoke_test; fi
