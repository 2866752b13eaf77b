#!/usr/bin/env bash
# Deploys the order API to Azure Functions: resources, database schema, app, smoke test.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: scripts/deploy_azure.sh --resource-group NAME [options]

Makes the Azure resources (azure/azuredeploy.json), migrates the database, builds the
app, deploys it and asks it whether it is well. Every step can be repeated.

Options:
  --resource-group NAME   resource group; made when it does not exist (or AZURE_RESOURCE_GROUP)
  --location REGION       region of a new resource group (or AZURE_LOCATION; default westeurope)
  --parameters FILE       template parameters (default azure/azuredeploy.parameters.json)
  --open-database IP      let this IPv4 address (your public one) reach the database while the
                          migration runs, and close it again; needed outside the virtual network
  --deploy-with TOOL      maven (default): mvn -Pazure azure-functions:deploy
                          az: az functionapp deployment source config-zip
  --skip-infra            the resources are there and unchanged
  --skip-migration        the schema is up to date
  --skip-app              only resources and schema
  --skip-smoke            do not call the deployed app
  --dry-run               print every command, run none; needs no tools and no login
  -h, --help              this text

Exit codes: 0 done, 1 failed, 2 wrong usage.

Environment:
  SMOKE_TOKEN             access token of a caller with orders:read; the smoke test then lists
                          orders as well
  DB_OWNER, DB_OWNER_PASSWORD
                          role and password for the migration, where the database takes no Entra
                          token (an existing one, given to the template as databaseUrl)

Example:
  cp azure/azuredeploy.parameters.example.json azure/azuredeploy.parameters.json   # and edit it
  az login
  scripts/deploy_azure.sh --resource-group orders-test --open-database 203.0.113.7
TEXT
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/terminal.sh

group="${AZURE_RESOURCE_GROUP:-}"
location="${AZURE_LOCATION:-westeurope}"
parameters=azure/azuredeploy.parameters.json
deploy_with=maven
client_address=''
infra=true migrate=true app=true smoke=true
dry_run=false

need_value() {
  if (($# < 2)) || [[ -z "$2" || "$2" == --* ]]; then
    misuse "$1 needs a value"
  fi
}

while (($# > 0)); do
  case "$1" in
  --resource-group | --location | --parameters | --deploy-with | --open-database)
    need_value "$@"
    case "$1" in
    --resource-group) group="$2" ;;
    --location) location="$2" ;;
    --parameters) parameters="$2" ;;
    --deploy-with) deploy_with="$2" ;;
    --open-database) client_address="$2" ;;
    esac
    shift
    ;;
  --skip-infra) infra=false ;;
  --skip-migration) migrate=false ;;
  --skip-app) app=false ;;
  --skip-smoke) smoke=false ;;
  --dry-run) dry_run=true ;;
  -h | --help)
    usage
    exit 0
    ;;
  *) misuse "unknown option $1" ;;
  esac
  shift
done

if [[ "$deploy_with" != maven && "$deploy_with" != az ]]; then
  misuse "--deploy-with takes maven or az, not $deploy_with"
fi
if [[ -n "$client_address" && ! "$client_address" =~ ^([0-9]{1,3}\.){3}[0-9]{1,3}$ ]]; then
  misuse "--open-database takes an IPv4 address such as 203.0.113.7, not $client_address"
fi
if [[ -z "$group" ]]; then
  $dry_run || misuse 'no resource group: give --resource-group NAME or set AZURE_RESOURCE_GROUP'
  group='<resource-group>'
fi

run() {
  show "$@"
  if ! $dry_run; then "$@"; fi
}

# capture NAME command...: puts the command's output into the variable, <NAME> in a dry run.
capture() {
  local name="$1" output
  shift
  show "$@"
  if $dry_run; then output="<$name>"; else output="$("$@")"; fi
  printf -v "$name" '%s' "$output"
}

check_tools() {
  say 'Checking tools and login'
  need_tool az 'Install the Azure CLI: https://learn.microsoft.com/cli/azure/install-azure-cli'
  az account show --output none 2>/dev/null || fail 'not logged in to Azure' \
    'Run: az login' 'and choose the subscription: az account set --subscription NAME'
  if $app || $migrate; then
    need_tool java 'Install a JDK, 17 or newer, for example from https://adoptium.net'
    need_tool mvn 'Install Maven 3.8.7 or newer: https://maven.apache.org/install.html'
  fi
  if $app && [[ "$deploy_with" == az ]]; then
    need_tool jar 'The JDK has it; put its bin folder on the PATH.'
  fi
  if $smoke; then
    need_tool curl 'Install curl with the package manager of your system.'
  fi
  if $infra && [[ ! -f "$parameters" ]]; then
    fail "no file $parameters" 'Run: cp azure/azuredeploy.parameters.example.json azure/azuredeploy.parameters.json' \
      'and put your own values into it.'
  fi
  if $migrate && [[ ! -x scripts/migrate.sh ]]; then
    fail 'scripts/migrate.sh is missing or not executable' 'Check the clone out anew, or give --skip-migration.'
  fi
}

deploy_infrastructure() {
  say 'Resources'
  run az group create --name "$group" --location "$location" --output none
  run az provider register --namespace Microsoft.App --wait
  run az deployment group create --resource-group "$group" --name orders \
    --template-file azure/azuredeploy.json --parameters "@$parameters" --output none
}

# output NAME KEY: one output of the deployment.
output() {
  capture "$1" az deployment group show --resource-group "$group" --name orders \
    --query "properties.outputs.$2.value" --output tsv
}

firewall_rule=''

# public_access Enabled|Disabled: of the database server, and waits until it is so.
public_access() {
  run az rest --method patch --url "$server_id?api-version=2024-08-01" --output none \
    --body "{\"properties\":{\"network\":{\"publicNetworkAccess\":\"$1\"}}}" &&
    run az resource wait --ids "$server_id" --api-version 2024-08-01 --timeout 900 \
      --custom "properties.network.publicNetworkAccess=='$1' && properties.state=='Ready'"
}

open_database() {
  [[ -n "$server_id" ]] || fail 'the template did not make this database, so it cannot be opened from here' \
    'Leave --open-database out and give this machine a way to the database.'
  firewall_rule="$server_id/firewallRules/migration"
  trap close_database EXIT
  public_access Enabled
  run az resource create --id "$firewall_rule" --api-version 2024-08-01 --output none \
    --properties "{\"startIpAddress\":\"$client_address\",\"endIpAddress\":\"$client_address\"}"
}

close_database() {
  if [[ -z "$firewall_rule" ]]; then return; fi
  say 'Closing the database again'
  run az resource delete --ids "$firewall_rule" --api-version 2024-08-01 ||
    warn "could not delete $firewall_rule: delete it by hand"
  public_access Disabled ||
    warn "could not switch public access off: do it by hand for $server_id"
  firewall_rule=''
}

migrate_database() {
  local migration_url db_role object_id owner password login=()
  say 'Database'
  output migration_url migrationUrl
  output db_role databaseRole
  output object_id identityPrincipalId
  output owner databaseOwner
  output server_id databaseServerId
  owner="${DB_OWNER:-$owner}"
  if [[ -n "${DB_OWNER_PASSWORD:-}" ]]; then
    password="$DB_OWNER_PASSWORD"
  else
    login=(--login entra)
    capture password az account get-access-token --resource-type oss-rdbms --query accessToken --output tsv
  fi
  if [[ -n "$client_address" ]]; then open_database; fi
  # The token is handed over in the environment and is shown nowhere.
  show env "DB_URL=$migration_url" "DB_OWNER=$owner" 'DB_OWNER_PASSWORD=***' "DB_USER=$db_role" \
    "DB_USER_OBJECT_ID=$object_id" scripts/migrate.sh ${login[@]+"${login[@]}"}
  if ! $dry_run; then
    DB_URL="$migration_url" DB_OWNER="$owner" DB_OWNER_PASSWORD="$password" DB_USER="$db_role" \
      DB_USER_OBJECT_ID="$object_id" scripts/migrate.sh ${login[@]+"${login[@]}"}
  fi
  close_database
}

deploy_app() {
  local app_name identity_id storage_name container
  say 'App'
  output app_name appName
  run mvn -B -Pazure "-DappName=$app_name" package
  if [[ "$deploy_with" == az ]]; then
    # Settings for running on this machine; the Maven plugin leaves them out of what it uploads by itself.
    run rm -f "target/azure-functions/$app_name/local.settings.json"
    run jar --create --no-manifest --file "target/azure-functions/$app_name.zip" -C "target/azure-functions/$app_name" .
    run az functionapp deployment source config-zip --resource-group "$group" --name "$app_name" \
      --src "target/azure-functions/$app_name.zip" --output none
  else
    output identity_id identityId
    output storage_name storageName
    output container packageContainer
    run mvn -B -Pazure azure-functions:deploy "-DappName=$app_name" "-DresourceGroup=$group" \
      -DstorageAuthenticationMethod=UserAssignedIdentity "-DuserAssignedIdentityResourceId=$identity_id" \
      "-DdeploymentStorageAccount=$storage_name" "-DdeploymentStorageResourceGroup=$group" \
      "-DdeploymentStorageContainer=$container"
  fi
}

# expect STATUS PATH [curl option...]
expect() {
  local wanted="$1" path="$2" status=''
  shift 2
  capture status curl -sS -o /dev/null -w '%{http_code}' --retry 8 --retry-delay 5 --max-time 60 "$@" "$app_url$path"
  if ! $dry_run && [[ "$status" != "$wanted" ]]; then
    fail "$app_url$path answered $status, not $wanted" \
      "Look at the logs: az monitor app-insights query --app <app>-insights --resource-group $group --analytics-query 'traces | take 50'" \
      'docs/deploying-azure.md lists the usual causes.'
  fi
}

header_file=''

smoke_test() {
  local app_url
  say 'Smoke test'
  output app_url appUrl
  expect 200 /health
  expect 200 /ready
  expect 401 /orders
  if [[ -n "${SMOKE_TOKEN:-}" ]]; then
    header_file='<file with the token>'
    if ! $dry_run; then
      header_file="$(mktemp)"
      trap 'rm -f "$header_file"' EXIT
      printf 'Authorization: Bearer %s\n' "$SMOKE_TOKEN" >"$header_file"
    fi
    expect 200 '/orders?limit=1' --header "@$header_file"
  fi
  deployed "$app_url"
}

if $dry_run; then say 'Dry run: nothing is executed'; else check_tools; fi
if $infra; then deploy_infrastructure; fi
if $migrate; then migrate_database; fi
if $app; then deploy_app; fi
if $smoke; then smoke_test; fi
