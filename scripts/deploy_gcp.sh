#!/usr/bin/env bash
# Deploys the order API to Google Cloud: resources, database schema, function, API gateway, smoke test.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: scripts/deploy_gcp.sh [options]

Makes the Google Cloud resources, migrates the database, builds the function, deploys it,
puts API Gateway before it and asks it whether it is well. Every step can be repeated.

Options:
  --settings FILE    settings (default gcp/deploy.env; copy gcp/deploy.env.example)
  --project ID       project, in place of the settings' PROJECT_ID
  --region REGION    region, in place of the settings' REGION
  --skip-infra       services, accounts and database are there
  --skip-migration   the schema is up to date
  --skip-app         do not build and deploy the function
  --skip-gateway     leave the API gateway as it is
  --skip-smoke       do not call the deployed API
  --dry-run[=again]  print every command, run none, for a first deployment or, with =again, for a
                     later one; needs no tools and no login; without a settings file it takes
                     the example's
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

settings=gcp/deploy.env
project_option='' region_option=''
infra=true migrate=true app=true gateway=true smoke=true
dry_run=false
present=false # what a dry run takes for the answer to "is it there already?"

while (($# > 0)); do
  case "$1" in
  --settings | --project | --region)
    if (($# < 2)) || [[ -z "$2" || "$2" == --* ]]; then misuse "$1 needs a value"; fi
    case "$1" in
    --settings) settings="$2" ;;
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
SQL_INSTANCE=orders SQL_TIER=db-custom-2-7680 SQL_VERSION=POSTGRES_16 SQL_AVAILABILITY=zonal
SECRETS='' DB_USER=''
ORDERS_IDENTITY_MODE=jwt ORDERS_IDENTITY_JWT_ISSUER='' ORDERS_IDENTITY_JWT_AUDIENCE='' ORDERS_IDENTITY_JWT_JWKSETURI=''
passed_on=()

read_settings() {
  local line name value number=0
  while IFS= read -r line || [[ -n "$line" ]]; do
    number=$((number + 1))
    line="${line%$'\r'}"
    if [[ -z "$line" || "$line" == '#'* ]]; then continue; fi
    if [[ ! "$line" =~ ^[A-Z][A-Z0-9_]*= ]]; then fail "$settings, line $number: not NAME=value"; fi
    name="${line%%=*}" value="${line#*=}"
    case "$name" in
    PROJECT_ID | REGION | GATEWAY_REGION | DEPLOY_WITH | NETWORK | SUBNET | CONCURRENCY | DB_POOL_SIZE | DB_USER | \
      MIN_INSTANCES | MAX_INSTANCES | CPU | MEMORY | SQL_INSTANCE | SQL_TIER | SQL_VERSION | SQL_AVAILABILITY | SECRETS | \
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
  for name in CONCURRENCY DB_POOL_SIZE MIN_INSTANCES MAX_INSTANCES; do
    [[ "${!name}" =~ ^[0-9]+$ ]] || fail "$name is not a number: ${!name}"
  done
  case "$DEPLOY_WITH" in
  functions | run) ;;
  *) fail "DEPLOY_WITH is functions or run, not $DEPLOY_WITH" ;;
  esac
  if [[ -n "$NETWORK$SUBNET" && ("$DEPLOY_WITH" != run || -z "$NETWORK" || -z "$SUBNET") ]]; then
    fail 'NETWORK and SUBNET belong together, and to DEPLOY_WITH=run' 'gcloud functions deploy cannot join a network directly.'
  fi
  case "$ORDERS_IDENTITY_MODE" in
  jwt | gateway) ;;
  *) fail "ORDERS_IDENTITY_MODE is jwt or gateway, not $ORDERS_IDENTITY_MODE" ;;
  esac
  for pair in ${SECRETS//,/ }; do
    [[ "$pair" =~ ^[A-Z][A-Z0-9_]*=[A-Za-z0-9_-]+:[0-9]+$ ]] ||
      fail "SECRETS: $pair is not NAME=secret:version" \
        'The version is a number, never latest: a new version must not reach the function without a deployment.'
  done
}

if $dry_run && [[ ! -f "$settings" ]]; then settings=gcp/deploy.env.example; fi
[[ -f "$settings" ]] || fail "no file $settings" 'Run: cp gcp/deploy.env.example gcp/deploy.env' 'and put your own values into it.'
read_settings
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
entry_point=com.ecommerce.orders.gcp.OrderHttpFunction
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

run() {
  show "$@"
  if ! $dry_run; then "$@"; fi
}

gc() { run gcloud "$@" "--project=$PROJECT_ID" --quiet; }

# capture NAME EXAMPLE command...: puts the command's output into the variable, EXAMPLE in a dry run.
capture() {
  local name="$1" found="$2"
  shift 2
  show "$@"
  if ! $dry_run; then found="$("$@")"; fi
  printf -v "$name" '%s' "$found"
}

# exists KIND... NAME OPTION...: whether gcloud can describe it.
exists() {
  show gcloud "$@" "--project=$PROJECT_ID" --quiet --format=none
  if $dry_run; then
    $present
    return
  fi
  gcloud "$@" "--project=$PROJECT_ID" --quiet --format=none >/dev/null 2>&1
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
    [[ -x scripts/migrate.sh ]] || fail 'scripts/migrate.sh is missing or not executable' 'Check the clone out anew, or give --skip-migration.'
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
  local flags="<file with --password>"
  note "Owner of the schema: $owner, password in the secret $owner_secret"
  if ! exists secrets describe "$owner_secret"; then
    show gcloud secrets create "$owner_secret" --replication-policy=automatic --data-file=- "--project=$PROJECT_ID" --quiet
    if ! $dry_run; then
      head -c 36 /dev/urandom | base64 | tr -d '+/=\n' |
        gcloud secrets create "$owner_secret" --replication-policy=automatic --data-file=- "--project=$PROJECT_ID" --quiet
    fi
  fi
  if ! exists sql users describe "$owner" "--instance=$SQL_INSTANCE"; then
    # By a file, so that the password is in no process list.
    if ! $dry_run; then
      flags="$scratch/owner.yaml"
      printf -- '--password: "%s"\n' "$(gcloud secrets versions access latest "--secret=$owner_secret" "--project=$PROJECT_ID" --quiet)" >"$flags"
    fi
    gc sql users create "$owner" "--instance=$SQL_INSTANCE" "--flags-file=$flags"
  fi
}

make_resources() {
  local condition pair network=(--assign-ip)
  say 'Services'
  gc services enable run.googleapis.com cloudfunctions.googleapis.com cloudbuild.googleapis.com \
    artifactregistry.googleapis.com sqladmin.googleapis.com secretmanager.googleapis.com apigateway.googleapis.com \
    servicemanagement.googleapis.com servicecontrol.googleapis.com identitytoolkit.googleapis.com iam.googleapis.com

  say 'Accounts'
  make_account orders-function 'Order API: the function'
  make_account orders-gateway 'Order API: the gateway, the only caller of the function'
  make_account orders-build 'Order API: builds the function'

  say 'Database'
  if [[ -n "$NETWORK" ]]; then
    network=(--no-assign-ip "--network=projects/$PROJECT_ID/global/networks/$NETWORK")
  fi
  # With a public address, too, nobody gets in but through a connector, which asks IAM first: no network is authorized.
  exists sql instances describe "$SQL_INSTANCE" ||
    gc sql instances create "$SQL_INSTANCE" "--region=$REGION" "--database-version=$SQL_VERSION" --edition=enterprise \
      "--tier=$SQL_TIER" "--availability-type=$SQL_AVAILABILITY" --storage-auto-increase --backup-start-time=02:00 \
      --enable-point-in-time-recovery --database-flags=cloudsql.iam_authentication=on --ssl-mode=ENCRYPTED_ONLY \
      --connector-enforcement=REQUIRED --deletion-protection "${network[@]}"
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

migrate_database() {
  local password='' attempt options=() proxy_command=(cloud-sql-proxy --gcloud-auth --port "$proxy_port")
  say 'Schema'
  capture password '***' gcloud secrets versions access latest "--secret=$owner_secret" "--project=$PROJECT_ID" --quiet
  if [[ -n "$NETWORK" ]]; then proxy_command+=(--private-ip); fi
  proxy_command+=("$connection")
  show "${proxy_command[@]}"
  if ! $dry_run; then
    "${proxy_command[@]}" >"$scratch/proxy.log" 2>&1 &
    proxy=$!
    for ((attempt = 0; ; attempt++)); do
      sleep 1
      if ((attempt == 30)) || ! kill -0 "$proxy" 2>/dev/null; then
        cat "$scratch/proxy.log" >&2
        fail 'cloud-sql-proxy did not open its port; its messages are above' \
          'You need roles/cloudsql.client, and with NETWORK a machine inside that network.'
      fi
      if (exec 3<>"/dev/tcp/127.0.0.1/$proxy_port") 2>/dev/null; then break; fi
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

deploy_function() {
  local variables secrets=(--clear-secrets) options
  say 'Function'
  run mvn -B -Pgcp package
  variables="$(environment)"
  if [[ -n "$SECRETS" ]]; then secrets=("--set-secrets=$SECRETS"); fi
  options=(
    "--region=$REGION" --source=target/deploy --no-allow-unauthenticated
    "--build-service-account=projects/$PROJECT_ID/serviceAccounts/$build_account"
    --set-build-env-vars=USE_JAVA_FF_2=true "--set-env-vars=$variables" "${secrets[@]}"
    "--concurrency=$CONCURRENCY" "--cpu=$CPU" "--memory=$MEMORY" --timeout=30s
    "--min-instances=$MIN_INSTANCES" "--max-instances=$MAX_INSTANCES"
  )
  if [[ "$DEPLOY_WITH" == functions ]]; then
    gc functions deploy orders --gen2 --runtime=java25 "--entry-point=$entry_point" --trigger-http \
      "--run-service-account=$function_account" --serve-all-traffic-latest-revision "${options[@]}"
    # The command above has no option for it.
    gc run services update orders "--region=$REGION" --cpu-boost
  else
    if [[ -n "$NETWORK" ]]; then
      options+=("--network=$NETWORK" "--subnet=$SUBNET" --vpc-egress=private-ranges-only)
    fi
    gc run deploy orders "--function=$entry_point" --base-image=java25 --cpu-boost "--service-account=$function_account" "${options[@]}"
  fi
}

function_url() {
  capture service_url https://orders-example.a.run.app gcloud run services describe orders "--region=$REGION" \
    '--format=value(status.url)' "--project=$PROJECT_ID" --quiet
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

# expect STATUS URL [curl option...]
expect() {
  local wanted="$1" url="$2" status=''
  shift 2
  capture status "$wanted" curl -sS -o /dev/null -w '%{http_code}' --retry 8 --retry-delay 5 --max-time 60 "$@" "$url"
  if [[ "$status" != "$wanted" ]]; then
    fail "$url answered $status, not $wanted" \
      "Look at the logs: gcloud run services logs read orders --region=$REGION --project=$PROJECT_ID" \
      'docs/deploying-gcp.md lists the usual causes.'
  fi
}

smoke_test() {
  local host='' api header='<file with the token>'
  say 'Smoke test'
  capture host orders-example.ew.gateway.dev gcloud api-gateway gateways describe orders "--location=$GATEWAY_REGION" \
    '--format=value(defaultHostname)' "--project=$PROJECT_ID" --quiet
  function_url
  api="https://$host"
  expect 200 "$api/health"
  expect 200 "$api/ready"
  expect 401 "$api/orders"
  # Around the gateway nobody gets in.
  expect 403 "$service_url/health"
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
if $dry_run; then
  say "Dry run with $settings: nothing is executed"
else
  check_tools
  scratch="$(umask 077 && mktemp -d)"
fi
if $infra; then make_resources; fi
if $migrate; then migrate_database; fi
if $app; then deploy_function; fi
if $gateway; then deploy_gateway; fi
if $smoke; then smoke_test; fi
