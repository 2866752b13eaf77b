#!/usr/bin/env bash
# Deploys the order API to Google Cloud: resources, database schema, function, API gateway, smoke test.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
readonly cloud=gcp
. scripts/lib/deploy.sh

readonly ERRORS_THAT_ROLL_BACK=5

# ---- Command line

synopsis='[options]'
about='Makes the Google Cloud resources, migrates the database, builds the function, deploys it, puts API Gateway in front of it
and checks the API. Every step can be repeated.'
default_region='REGION of the settings'
preset_files=gcp/NAME.env
production='a standby of the database in a second zone, longer backups, alarms, an uptime check, a budget, traffic that shifts step by step. Name the preset in every later run, too'
default_settings='gcp/deploy.env; copy gcp/deploy.env.example. A dry run without the file takes the example'
examples='Example:
  cp gcp/deploy.env.example gcp/deploy.env      # and edit it
  gcloud auth login
  scripts/deploy_gcp.sh --dry-run
  scripts/deploy_gcp.sh'

environment() {
  cat <<'TABLE'
DB_PASSWORD | only with a password login (SECRETS=DB_PASSWORD=...): the password that the migration gives to the role of the function
TABLE
}

project='' image=false

# ---- Settings

PROJECT_ID='' REGION=europe-west1 GATEWAY_REGION=''
DEPLOY_WITH=functions NETWORK='' SUBNET=''
CONCURRENCY=40 DB_POOL_SIZE=10 MIN_INSTANCES=1 MAX_INSTANCES=18 CPU=1 MEMORY=1Gi
SQL_INSTANCE=orders SQL_TIER=db-custom-2-7680 SQL_VERSION=POSTGRES_16 SQL_AVAILABILITY=zonal SQL_BACKUPS=7
TRAFFIC_SHIFT_PERCENT=0 TRAFFIC_SHIFT_MINUTES=5
ALARMS=false ALARM_EMAIL='' ALARM_SLOW_MILLISECONDS=3000 MONTHLY_BUDGET=0 BILLING_ACCOUNT=''
PUBLIC_URL=''
SECRETS='' DB_USER=''
ORDERS_IDENTITY_MODE=jwt ORDERS_IDENTITY_JWT_ISSUER='' ORDERS_IDENTITY_JWT_AUDIENCE='' ORDERS_IDENTITY_JWT_JWKSETURI=''
# The optional features that the settings need, as further Maven profiles.
features=''
passed_on=()

# set_setting NAME VALUE PLACE: sets a setting. A later value replaces an earlier one.
set_setting() {
  case $1 in
  PROJECT_ID | REGION | GATEWAY_REGION | DEPLOY_WITH | NETWORK | SUBNET | CONCURRENCY | DB_POOL_SIZE | DB_USER | \
    MIN_INSTANCES | MAX_INSTANCES | CPU | MEMORY | SQL_INSTANCE | SQL_TIER | SQL_VERSION | SQL_AVAILABILITY | SQL_BACKUPS | \
    TRAFFIC_SHIFT_PERCENT | TRAFFIC_SHIFT_MINUTES | ALARMS | ALARM_EMAIL | ALARM_SLOW_MILLISECONDS | MONTHLY_BUDGET | \
    BILLING_ACCOUNT | PUBLIC_URL | SECRETS | \
    ORDERS_IDENTITY_MODE | ORDERS_IDENTITY_JWT_ISSUER | ORDERS_IDENTITY_JWT_AUDIENCE | ORDERS_IDENTITY_JWT_JWKSETURI)
    printf -v "$1" '%s' "$2"
    ;;
  ORDERS_* | SPRING_*)
    passed_on+=("$1=$2")
    case $1 in
    ORDERS_TELEMETRY_ENDPOINT) features+=,telemetry ;;
    ORDERS_CACHE_URL) features+=,cache ;;
    esac
    ;;
  *) wrong_value "$3" "unknown setting $1" 'gcp/deploy.env.example lists the settings.' ;;
  esac
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
  functions | run | image) ;;
  *) fail "DEPLOY_WITH is functions, run or image, not $DEPLOY_WITH" ;;
  esac
  if [[ -n "$NETWORK$SUBNET" && ("$DEPLOY_WITH" == functions || -z "$NETWORK" || -z "$SUBNET") ]]; then
    fail 'NETWORK and SUBNET need each other and DEPLOY_WITH=run or image' 'gcloud functions deploy cannot join a network directly.'
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

parse "$@"
settings=${settings:-gcp/deploy.env}
if is_dry_run && [[ ! -f "$settings" ]]; then
  settings=gcp/deploy.env.example
  ALARM_EMAIL=ops@example.com BILLING_ACCOUNT=000000-000000-000000
fi
[[ -f "$settings" ]] || fail "no file $settings" 'Run: cp gcp/deploy.env.example gcp/deploy.env' 'and put your own values into it.'
find_preset
if [[ -n "$preset_file" ]]; then apply_file "$preset_file" set_setting; fi
apply_file "$settings" set_setting
apply_assignments set_setting
PROJECT_ID="${project:-$PROJECT_ID}"
REGION="${region:-$REGION}"
if $image; then DEPLOY_WITH=image; fi
check_settings

# The load balancer replaces the gateway.
if [[ -n "$PUBLIC_URL" ]]; then gateway=false; fi
GATEWAY_REGION="${GATEWAY_REGION:-$REGION}"
ORDERS_IDENTITY_JWT_ISSUER="${ORDERS_IDENTITY_JWT_ISSUER:-https://securetoken.google.com/$PROJECT_ID}"
ORDERS_IDENTITY_JWT_AUDIENCE="${ORDERS_IDENTITY_JWT_AUDIENCE:-$PROJECT_ID}"
ORDERS_IDENTITY_JWT_JWKSETURI="${ORDERS_IDENTITY_JWT_JWKSETURI:-https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com}"

function_account="orders-function@$PROJECT_ID.iam.gserviceaccount.com"
gateway_account="orders-gateway@$PROJECT_ID.iam.gserviceaccount.com"
build_account="orders-build@$PROJECT_ID.iam.gserviceaccount.com"
connection="$PROJECT_ID:$REGION:$SQL_INSTANCE"
registry="$REGION-docker.pkg.dev"
# Without a tag the name means the newest image. A revision keeps the image of its deployment.
image_name="$registry/$PROJECT_ID/orders/orders"
entry_point=com.ecommerce.orders.gcp.GcpHandler
owner=orders_owner
owner_secret=orders-db-owner
proxy_port=15432

if [[ ",$SECRETS" == *,DB_PASSWORD=* ]]; then password_login=true; else password_login=false; fi

db_url="jdbc:postgresql:///orders?cloudSqlInstance=$connection&socketFactory=com.google.cloud.sql.postgres.SocketFactory"
# An instance has no CPU between requests, so no background thread can renew certificates. They are renewed when needed.
db_url+='&cloudSqlRefreshStrategy=lazy'
# The TLS of the connector checks both sides. The driver inside must not start TLS again.
db_url+='&sslmode=disable'
if [[ -n "$NETWORK" ]]; then db_url+='&ipTypes=PRIVATE'; fi
if $password_login; then
  DB_USER="${DB_USER:-orders_app}"
else
  # The platform creates this role, so the connection sets its timeouts.
  db_url+='&enableIamAuth=true&options=-c%20statement_timeout=10s%20-c%20idle_in_transaction_session_timeout=10s'
  # The driver refuses to log in without a password when the server asks for one. Cloud SQL ignores this password.
  db_url+='&password=unused'
  DB_USER="${function_account%.gserviceaccount.com}"
fi

# ---- Commands

# Prints the IAM permissions that a command needs, one in a line. gcp/deployer.yaml lists all of them.
permissions() {
  case "$*" in
  'gcloud auth list '*) ;;
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
  'gcloud artifacts repositories describe '*) printf '%s\n' artifactregistry.repositories.get ;;
  'gcloud artifacts repositories create '*) printf '%s\n' artifactregistry.repositories.{create,get} ;;
  'gcloud auth configure-docker '*) ;;
  'docker push '*) printf '%s\n' artifactregistry.repositories.{downloadArtifacts,uploadArtifacts} ;;
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

gc() { run gcloud "$@" "--project=$PROJECT_ID" --quiet; }

# capture_gc NAME EXAMPLE WORD...: stores the output of a command of gcloud in the variable, the example in a dry run.
capture_gc() { capture "$1" "$2" gcloud "${@:3}" "--project=$PROJECT_ID" --quiet; }

# exists KIND... NAME OPTION...: tells whether gcloud can describe a resource. Ends if gcloud fails for another reason, such as a
# missing right, because the resource could be there nevertheless.
exists() {
  local error missing='NOT_FOUND|not found|could not be found|cannot find'
  announce gcloud "$@" "--project=$PROJECT_ID" --quiet --format=none
  if is_dry_run; then
    [[ "$dry_run" == again ]]
    return
  fi
  if error="$(gcloud "$@" "--project=$PROJECT_ID" --quiet --format=none 2>&1 >/dev/null)"; then return; fi
  # Cloud SQL has other texts, such as "no instance found at ... or you are not authorized". A creation is safe then: it fails
  # if the resource is there nevertheless.
  if [[ "$1" == sql ]]; then missing+='|does not exist|no instance found|HTTPError 404'; fi
  if grep -qiE "$missing" <<<"$error"; then return 1; fi
  fail "gcloud $* failed, so the script cannot know which resources exist: $error" 'Solve the problem that the message names, then run this again.'
}

# Grants a role. A grant to a new account fails until every part of Google Cloud knows the account.
grant() {
  retry 6 10 gc "$@" --format=none ||
    fail "could not grant: gcloud $*" 'The message above gives the reason. You may lack the role roles/resourcemanager.projectIamAdmin.'
}

check_tools() {
  local tools=(gcloud) account
  say 'Checking tools and login'
  if $migrate; then tools+=(cloud-sql-proxy); fi
  if [[ "$DEPLOY_WITH" == image ]] && $app && $build; then tools+=(docker); fi
  if ! is_dry_run; then require_tools "${tools[@]}"; fi
  capture account '<account>' gcloud auth list --filter=status:ACTIVE '--format=value(account)'
  [[ -n "$account" ]] || fail 'not logged in to Google Cloud' 'Run: gcloud auth login'
  run gcloud projects describe "$PROJECT_ID" --quiet --format=none ||
    fail "no project $PROJECT_ID, or no right to see the project" 'Run: gcloud projects list' \
      'and correct PROJECT_ID, or log in as another user: gcloud auth login'
  if $migrate && ! is_dry_run && $password_login && [[ -z "${DB_PASSWORD:-}" ]]; then
    fail 'SECRETS names DB_PASSWORD, and the migration needs the password itself' \
      "Run: DB_PASSWORD=\"\$(gcloud secrets versions access VERSION --secret=NAME)\" scripts/deploy_gcp.sh ..."
  fi
  confirm_steps "account $account, project $PROJECT_ID, region $REGION"
}

# ---- Steps

proxy=''

leave() {
  if [[ -n "$proxy" ]]; then kill "$proxy" 2>/dev/null || true; fi
}

make_account() {
  exists iam service-accounts describe "$1@$PROJECT_ID.iam.gserviceaccount.com" ||
    gc iam service-accounts create "$1" "--display-name=$2"
}

make_owner() {
  local password='' flags="<file with --password>"
  note "Owner of the schema: $owner, password in the secret $owner_secret"
  if ! exists secrets describe "$owner_secret"; then
    announce gcloud secrets create "$owner_secret" --replication-policy=automatic --data-file=- "--project=$PROJECT_ID" --quiet
    if ! is_dry_run; then
      head -c 36 /dev/urandom | base64 | tr -d '+/=\n' |
        gcloud secrets create "$owner_secret" --replication-policy=automatic --data-file=- "--project=$PROJECT_ID" --quiet
    fi
  fi
  if ! exists sql users describe "$owner" "--instance=$SQL_INSTANCE"; then
    # A file, so that the password is in no process list.
    if ! is_dry_run; then
      password="$(gcloud secrets versions access latest "--secret=$owner_secret" "--project=$PROJECT_ID" --quiet)" || password=''
      make_scratch
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
  # No network is authorized, so even with a public address the instance admits only connectors, which ask IAM first.
  gc sql instances create "$SQL_INSTANCE" "--region=$REGION" "--database-version=$SQL_VERSION" --edition=enterprise \
    "--tier=$SQL_TIER" "--availability-type=$SQL_AVAILABILITY" --storage-auto-increase --backup-start-time=02:00 \
    "--retained-backups-count=$SQL_BACKUPS" --enable-point-in-time-recovery --database-flags=cloudsql.iam_authentication=on \
    --ssl-mode=ENCRYPTED_ONLY --connector-enforcement=REQUIRED --deletion-protection "${network[@]}"
}

# Compares the instance with the settings. Applies safe changes, and fails for any other.
update_instance() {
  local found='' region version tier availability network protected backups changes=()
  # In a dry run the instance has another tier, so that the dry run shows the command.
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
    note "The instance differs from the settings ($tier, $availability, $backups backups). A new tier or availability restarts the instance."
    gc sql instances patch "$SQL_INSTANCE" "${changes[@]}"
  fi
}

# check_version VERSION: ends unless VERSION, that of the instance, is the one of the settings.
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

# check_network NETWORK: ends unless NETWORK, that of the instance, is the one of the settings.
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

# check_not_lowered AVAILABILITY BACKUPS: ends if the instance has more than the settings. A run without its preset must not
# remove the standby and the backups of production.
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

# api_host NAME: stores the host of the public address in the variable.
api_host() {
  if [[ -n "$PUBLIC_URL" ]]; then
    printf -v "$1" '%s' "${PUBLIC_URL#https://}"
  else
    capture_gc "$1" orders-example.ew.gateway.dev api-gateway gateways describe orders "--location=$GATEWAY_REGION" \
      '--format=value(defaultHostname)'
  fi
}

# look_up NAME EXAMPLE DISPLAY_NAME WORD...: stores the name of the resource with that display name in the variable, or nothing.
look_up() {
  capture_gc "$1" "$(if_deployed "$2")" "${@:4}" "--filter=displayName=\"$3\"" '--format=value(name)' --limit=1
}

# make_alarm FILE CHANNEL CHECK_ID: creates or updates the alert policy of a file.
make_alarm() {
  local name='' policy display_name file="<${1##*/} filled in>"
  display_name="$(sed -n 's/^  "displayName": "\(.*\)",$/\1/p' "$1")"
  if ! is_dry_run; then
    make_scratch
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
  capture name "$(if_deployed "billingAccounts/$BILLING_ACCOUNT/budgets/1")" gcloud billing budgets list \
    "--billing-account=$BILLING_ACCOUNT" "--filter=displayName=\"$display_name\"" '--format=value(name)' --limit=1 --quiet
  if [[ -n "$name" ]]; then
    run gcloud billing budgets update "${name##*/}" "${options[@]}" --quiet
  else
    run gcloud billing budgets create "${options[@]}" "--display-name=$display_name" "--filter-projects=projects/$PROJECT_ID" \
      --threshold-rule=percent=0.8 --threshold-rule=percent=1.0,basis=forecasted-spend --quiet
  fi
}

# Tells whether a program listens on the port of the proxy.
proxy_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$proxy_port") 2>/dev/null; }

# Tells whether the proxy is ready. The exit code 2 says that the proxy has ended.
proxy_is_ready() {
  kill -0 "$proxy" 2>/dev/null || return 2
  proxy_answers
}

start_proxy() {
  # Otherwise the migration would reach the other program.
  if proxy_answers; then
    fail "another program already listens on 127.0.0.1:$proxy_port, where cloud-sql-proxy must listen" \
      'It may be the proxy of an earlier run. To see the program, run:' "lsof -nP -iTCP:$proxy_port -sTCP:LISTEN" \
      'End the program, then run this again.'
  fi
  make_scratch
  "$@" >"$scratch/proxy.log" 2>&1 &
  proxy=$!
  retry 30 1 proxy_is_ready || {
    cat "$scratch/proxy.log" >&2
    fail 'cloud-sql-proxy did not open its port; its messages are above' \
      'You need roles/cloudsql.client, and with NETWORK a machine inside that network.'
  }
}

migrate_database() {
  local owner_password='' options=() proxy_command=(cloud-sql-proxy --gcloud-auth --port "$proxy_port")
  say 'Schema'
  capture_secret owner_password 'You need roles/secretmanager.secretAccessor.' \
    gcloud secrets versions access latest "--secret=$owner_secret" "--project=$PROJECT_ID" --quiet
  if [[ -n "$NETWORK" ]]; then proxy_command+=(--private-ip); fi
  proxy_command+=("$connection")
  announce "${proxy_command[@]}"
  if ! is_dry_run; then start_proxy "${proxy_command[@]}"; fi
  if ! $password_login; then options=(-- --login cloudsql-iam); fi
  # The connection to 127.0.0.1 ends at the proxy, which encrypts from there on.
  run_migration "jdbc:postgresql://127.0.0.1:$proxy_port/orders" "$owner" "$DB_USER" ${options[@]+"${options[@]}"}
  leave
  proxy=''
}

# Prints the environment of the function as one value. A semicolon separates the settings, because their values have commas.
environment() {
  local entry joined='^;^' entries=(
    # Without this option the invoker responds with 500 and continues in a process that is out of memory.
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
    [[ "$entry" != *';'* ]] || fail "a setting of the function holds a semicolon: ${entry%%=*}" 'Remove the semicolon, which separates the settings.'
    if [[ "$joined" != '^;^' ]]; then joined+=';'; fi
    joined+="$entry"
  done
  printf '%s' "$joined"
}

# serving_revision NAME: stores the revision that takes the requests in the variable, or nothing before the first deployment.
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

# shift_traffic OLD: sends few requests to the new revision. Goes back to the old revision if the new one fails.
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

# Builds the image and pushes it to the registry of the project.
push_image() {
  exists artifacts repositories describe orders "--location=$REGION" ||
    gc artifacts repositories create orders --repository-format=docker "--location=$REGION"
  run gcloud auth configure-docker "$registry" --quiet
  # Cloud Run has processors of this kind only.
  run docker build --platform=linux/amd64 "--build-arg=FEATURES=$features" --file=gcp/Dockerfile "--tag=$image_name" .
  run docker push "$image_name"
}

deploy_function() {
  local variables old='' secrets=(--clear-secrets) options
  say 'Function'
  if [[ "$DEPLOY_WITH" == image ]]; then
    if $build; then push_image; fi
    options=("--image=$image_name")
  else
    if $build; then run mvn -B "-Pgcp$features" package; fi
    require_artifact target/deploy
    options=(
      --source=target/deploy "--build-service-account=projects/$PROJECT_ID/serviceAccounts/$build_account"
      --set-build-env-vars=USE_JAVA_FF_2=true
    )
  fi
  variables="$(environment)"
  if [[ -n "$SECRETS" ]]; then secrets=("--set-secrets=$SECRETS"); fi
  options+=(
    "--region=$REGION" "--set-env-vars=$variables" "${secrets[@]}"
    "--concurrency=$CONCURRENCY" "--cpu=$CPU" "--memory=$MEMORY" --timeout=30s
    "--min-instances=$MIN_INSTANCES" "--max-instances=$MAX_INSTANCES"
  )
  # Behind the load balancer the function verifies the tokens, so IAM admits all callers. Only the load balancer reaches the function.
  if [[ -n "$PUBLIC_URL" ]]; then options+=(--allow-unauthenticated); else options+=(--no-allow-unauthenticated); fi
  if ((TRAFFIC_SHIFT_PERCENT > 0)); then serving_revision old; fi
  # While the traffic names a revision, a deployment sends no requests to the new revision.
  if [[ -n "$old" ]]; then send_traffic "--to-revisions=$old=100"; fi
  if [[ "$DEPLOY_WITH" == functions ]]; then
    if [[ -n "$PUBLIC_URL" ]]; then options+=(--ingress-settings=internal-and-gclb); else options+=(--ingress-settings=all); fi
    gc functions deploy orders --gen2 --runtime=java25 "--entry-point=$entry_point" --trigger-http \
      "--run-service-account=$function_account" "${options[@]}"
    # The command above has no option for the boost.
    gc run services update orders "--region=$REGION" --cpu-boost
  else
    if [[ -n "$PUBLIC_URL" ]]; then options+=(--ingress=internal-and-cloud-load-balancing); else options+=(--ingress=all); fi
    if [[ -n "$NETWORK" ]]; then
      options+=("--network=$NETWORK" "--subnet=$SUBNET" --vpc-egress=private-ranges-only)
    fi
    if [[ "$DEPLOY_WITH" == run ]]; then options+=("--function=$entry_point" --base-image=java25); fi
    gc run deploy orders --cpu-boost "--service-account=$function_account" "${options[@]}"
  fi
  # After a rollback the traffic still names the old revision, so each deployment sends the traffic on.
  if [[ -n "$old" ]]; then shift_traffic "$old"; else send_traffic --to-latest; fi
}

function_url() {
  capture_gc service_url https://orders-example.a.run.app run services describe orders "--region=$REGION" '--format=value(status.url)'
}

# fill NAME VALUE: replaces {NAME} in its input.
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
  text="$(gcp/gateway_spec.sh | fill BACKEND_URL "$service_url" |
    fill ISSUER "$ORDERS_IDENTITY_JWT_ISSUER" |
    fill JWK_SET_URI "$ORDERS_IDENTITY_JWT_JWKSETURI" |
    fill AUDIENCE "$ORDERS_IDENTITY_JWT_AUDIENCE")"
  # A configuration cannot change, so new content gets a new name.
  config="orders-$(printf '%s' "$text" | cksum | cut -d ' ' -f 1)"
  printf '  The output of gcp/gateway_spec.sh, filled in, becomes target/gcp/%s.yaml\n' "$config"
  if ! is_dry_run; then
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

smoke_test() {
  local host='' api
  say 'Smoke test'
  log_command="gcloud run services logs read orders --region=$REGION --project=$PROJECT_ID"
  api_host host
  function_url
  api="https://$host"
  check_api "$api"
  # No request gets around the gateway (403), or around the load balancer (404).
  if [[ -n "$PUBLIC_URL" ]]; then expect 404 "$service_url/health"; else expect 403 "$service_url/health"; fi
  deployed "$api"
}

service_url=''
if is_dry_run; then say "Dry run with $settings: no command is executed"; fi
check_tools
if $infra; then make_resources; fi
if $migrate; then migrate_database; fi
if $app; then deploy_function; fi
if $gateway; then deploy_gateway; fi
if $infra && [[ "$ALARMS" == true ]]; then make_alarms; fi
if $infra && ((MONTHLY_BUDGET > 0)); then make_budget; fi
if $smoke; then smoke_test; fi
