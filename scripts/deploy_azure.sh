#!/usr/bin/env bash
# Deploys the order API to Azure Functions: resources, database schema, app, smoke test.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
readonly cloud=azure
. scripts/lib/deploy.sh

readonly TEMPLATE=azure/azuredeploy.json
readonly SERVER_API=2025-08-01
# The resource providers of the template. The delegated subnet needs Microsoft.App.
readonly PROVIDERS=(
  Microsoft.App
  Microsoft.Web
  Microsoft.DBforPostgreSQL
  Microsoft.Storage
  Microsoft.Network
  Microsoft.Insights
  Microsoft.OperationalInsights
  Microsoft.ManagedIdentity
  Microsoft.KeyVault
  Microsoft.Consumption
)
# An address that is reserved for documentation, so no machine has it.
readonly NO_ADDRESS=192.0.2.1

# ---- Command line

synopsis='--resource-group NAME [options]'
about='Deploys the resources of azure/azuredeploy.json, migrates the database, builds and deploys the app, and checks that the
app responds. Every step can be repeated. One resource group holds one app.'
default_region='AZURE_LOCATION, otherwise westeurope; used for a new resource group'
preset_files=azure/NAME.parameters.json
production='several zones, protected data, alarms, an uptime check, a budget'
default_settings=azure/azuredeploy.parameters.json
examples='Example:
  cp azure/azuredeploy.parameters.example.json azure/azuredeploy.parameters.json   # and edit it
  az login
  scripts/deploy_azure.sh --resource-group orders-test --open-database 203.0.113.7'

environment() {
  cat <<'TABLE'
DB_OWNER          | role that owns the tables (default: the output databaseOwner of the resources)
DB_OWNER_PASSWORD | its password; only for a database that takes no Entra token (an existing one, given to the template as databaseUrl)
TABLE
}

group=${AZURE_RESOURCE_GROUP:-}
secrets=() keep_secrets=false drop_secrets=false
lower_protection=false
client_address=''

# set_parameter NAME VALUE PLACE: checks a value of --set.
set_parameter() {
  grep -q "^    \"$1\": {" "$TEMPLATE" || wrong_value "$3" "$TEMPLATE has no parameter $1"
}

check_usage() {
  local name
  settings=${settings:-$default_settings}
  region=${region:-${AZURE_LOCATION:-westeurope}}
  find_preset
  apply_assignments set_parameter
  if $keep_secrets && $drop_secrets; then misuse 'give --keep-secrets or --drop-secrets, not both'; fi
  for name in ${secrets[@]+"${secrets[@]}"}; do
    [[ "$name" =~ ^[A-Z][A-Z0-9_]*$ ]] || misuse "--secret takes the name of an environment variable, not $name"
    if ! is_dry_run && [[ -z "${!name:-}" ]]; then misuse "--secret $name: the environment variable $name is not set"; fi
  done
  if ((${#secrets[@]})) && ! $infra; then misuse '--secret changes resources, so it cannot go with --skip-infra'; fi
  if [[ -n "$client_address" && ! "$client_address" =~ ^([0-9]{1,3}\.){3}[0-9]{1,3}$ ]]; then
    misuse "--open-database takes an IPv4 address such as 203.0.113.7, not $client_address"
  fi
  if [[ -z "$group" ]]; then
    is_dry_run || misuse 'no resource group: give --resource-group NAME or set AZURE_RESOURCE_GROUP'
    group='<resource-group>'
  fi
}

# output NAME KEY: stores one output of the deployment in the variable.
output() {
  capture "$1" "<$2>" az deployment group show --resource-group "$group" --name orders \
    --query "properties.outputs.$2.value" --output tsv
  needs 'Microsoft.Resources/deployments/read'
}

check_tools() {
  local tools=(az) subscription
  say 'Checking tools and login'
  if $app; then tools+=(jar); fi
  if ! is_dry_run; then require_tools "${tools[@]}"; fi
  capture subscription '<subscription>' az account show --query name --output tsv ||
    fail 'not logged in to Azure' 'Run: az login' 'and choose the subscription: az account set --subscription NAME'
  needs 'no permission on Azure'
  if $infra && ! is_dry_run; then check_parameters; fi
  confirm_steps "subscription $subscription, resource group $group"
}

check_parameters() {
  if [[ ! -f "$settings" ]]; then
    fail "no file $settings" 'Run: cp azure/azuredeploy.parameters.example.json azure/azuredeploy.parameters.json' \
      'and put your own values into it.'
  fi
  if [[ "$preset" == production ]] && ! has_value alarmEmail; then
    fail "$settings has no alarmEmail, so no alarm would reach anyone" \
      'Add for example: "alarmEmail": { "value": "operators@example.com" }'
  fi
}

# has_value NAME: tells whether the settings or --set name a parameter.
has_value() {
  grep -qs "\"$1\"" "$settings" || [[ " ${assignments[*]-}" == *" $1="* ]]
}

# ---- Resources

opened='''' server_id='' app_name='' app_settings='' storage_name=''

leave() { close_database; }

make_group() {
  local exists
  capture exists "$(if_deployed true)" az group exists --name "$group" --output tsv
  needs 'Microsoft.Resources/subscriptions/resourceGroups/read'
  if [[ "$exists" == true ]]; then return; fi
  run az group create --name "$group" --location "$region" --output none
  needs 'Microsoft.Resources/subscriptions/resourceGroups/write on the subscription, only if the group is missing'
}

lower_case() {
  printf '%s' "$1" | tr '[:upper:]' '[:lower:]'
}

# Registers only missing providers, because a registration needs a right on the subscription. Azure prints some namespaces in
# other letters than the template, such as microsoft.insights.
register_providers() {
  local unregistered namespace
  if ! capture unregistered '' az provider list --output tsv --query "[?registrationState!='Registered'].namespace"; then
    warn 'could not see which resource providers are registered; if one is missing, the deployment below fails and names it'
    return
  fi
  needs 'Microsoft.Resources/subscriptions/providers/read on the subscription'
  unregistered=" $(lower_case "$unregistered" | tr -s '[:space:]' ' ') "
  for namespace in "${PROVIDERS[@]}"; do
    if [[ $dry_run == again ]]; then break; fi
    if ! is_dry_run && [[ "$unregistered" != *" $(lower_case "$namespace") "* ]]; then continue; fi
    run az provider register --namespace "$namespace" --wait
    needs "$namespace/register/action on the subscription, only if it is not registered"
  done
}

# present NAME TAG TYPE: stores the id of this API's resource in the group, or nothing.
present() {
  capture "$1" "$(if_deployed "<id of the $2>")" az resource list --resource-group "$group" --resource-type "$3" --output tsv \
    --query "[?tags.\"orders-api\"=='$2'].id"
  needs 'Microsoft.Resources/subscriptions/resourceGroups/resources/read'
  if [[ "${!1}" == *$'\n'* ]]; then
    fail "the resource group $group holds more than one $3 of this API" 'Give each app another resource group.'
  fi
}

# parameter_value NAME: prints what the template will get: from --set, the settings, the preset or the template's default.
parameter_value() {
  local file pair value=''
  for pair in ${assignments[@]+"${assignments[@]}"}; do
    if [[ "$pair" == "$1="* ]]; then value="${pair#*=}"; fi
  done
  if [[ -n "$value" ]]; then
    printf '%s' "$value"
    return
  fi
  for file in "$settings" ${preset_file:+"$preset_file"} "$TEMPLATE"; do
    value="$(tr -d '\r\n' <"$file" |
      sed -nE "s/.*\"$1\"[[:space:]]*:[[:space:]]*\\{[^}]*\"(value|defaultValue)\"[[:space:]]*:[[:space:]]*\"?([^\",}[:space:]]*).*/\\2/p")"
    if [[ -n "$value" ]]; then
      printf '%s' "$value"
      return
    fi
  done
}

# Reads the settings of an earlier deployment that the template must not change.
present_settings() {
  local app_id
  present app_id function Microsoft.Web/sites
  if [[ -z "$app_id" ]]; then return; fi
  capture app_settings '<settings>' az functionapp config appsettings list --ids "$app_id" --output tsv --query \
    "[?value!=null] | [?name=='AzureWebJobsStorage__accountName' || starts_with(value, '@Microsoft.KeyVault(')].[name, value]"
  needs 'Microsoft.Web/sites/config/list/action'
  storage_name="$(sed -n $'s/^AzureWebJobsStorage__accountName\t//p' <<<"$app_settings")"
  if is_dry_run; then storage_name='<storage account>'; fi
}

# is_own_reference NAME VALUE: tells whether the template would write the same reference.
is_own_reference() {
  local vault secret reference
  vault="$(parameter_value vaultName)"
  # Without the parameter vaultName the template gives the vault and the storage account the same suffix.
  vault="$(lower_case "${vault:-kv-${storage_name#st}}")"
  secret="$(lower_case "${1//_/-}")"
  reference="$(lower_case "$2")"
  [[ "$reference" =~ ^@microsoft\.keyvault\(secreturi=https://"$vault"\.vault\.[a-z.]+/secrets/"$secret"/?\)$ ]]
}

# Keeps the settings whose references the template would remove from the app, because the template sets all app settings.
kept_secrets() {
  local name value kept='' foreign=''
  if [[ -z "$app_settings" ]] || $drop_secrets; then return; fi
  if is_dry_run; then
    if $keep_secrets; then template_parameters+=(--parameters 'secretNames=[<names>]'); fi
    return
  fi
  while IFS=$'\t' read -r name value; do
    if [[ "$value" != @Microsoft.KeyVault\(* || " ${secrets[*]-} " == *" $name "* ]]; then continue; fi
    if is_own_reference "$name" "$value"; then kept+="${kept:+,}\"$name\""; else foreign+="${foreign:+ }$name"; fi
  done <<<"$app_settings"
  if [[ -n "$foreign" ]]; then
    fail "the template would change these Key Vault references: $foreign" \
      'They name another vault, another secret or a fixed version, which the template cannot write.' \
      'Store each value in the vault of this deployment: export NAME=... and add --secret NAME.' \
      'Or give --drop-secrets to remove all references that --secret does not name.'
  fi
  if [[ -z "$kept" ]]; then return; fi
  if $keep_secrets; then
    template_parameters+=(--parameters "secretNames=[$kept]")
  else
    fail "this run would remove the secret settings $kept from the app" \
      'Give --keep-secrets to keep them, --secret NAME to store a new value, or --drop-secrets to remove them.'
  fi
}

# rank MODE: prints a number for a mode of high availability. A higher number is safer.
rank() {
  case "$1" in
  ZoneRedundant) echo 2 ;;
  SameZone) echo 1 ;;
  *) echo 0 ;;
  esac
}

lowered=()

# Ends if this run would weaken the deployed resources, as a run without the preset does to production.
refuse_to_lower() {
  local advice=()
  if ((${#lowered[@]} == 0)) || $lower_protection; then return; fi
  if [[ -z "$preset" ]]; then
    advice=('If this is production, run:' "  $(show scripts/deploy_azure.sh --preset production "${arguments[@]}" | cut -c 3-)")
  fi
  fail 'this run would lower the protection of the deployed resources' "${lowered[@]}" ${advice[@]+"${advice[@]}"} \
    "Or put the present values into $settings, or give --lower-protection if you want the change."
}

present_sku() {
  local sku wanted=Standard_LRS
  if [[ -z "$storage_name" ]]; then return; fi
  capture sku '<sku>' az resource show --resource-group "$group" --resource-type Microsoft.Storage/storageAccounts \
    --name "$storage_name" --query sku.name --output tsv
  needs 'Microsoft.Storage/storageAccounts/read'
  if is_dry_run; then return; fi
  if [[ "$(parameter_value zoneRedundant)" == true ]]; then wanted=Standard_ZRS; fi
  if [[ "$sku" != "$wanted" ]]; then
    lowered+=("redundancy of the storage account (zoneRedundant): $sku would become $wanted")
  fi
}

# Passes the present storage to the template, because storage that has grown cannot shrink.
present_database() {
  local server state storage='' days='' mode='' wanted
  present server database Microsoft.DBforPostgreSQL/flexibleServers
  if [[ -z "$server" ]]; then return; fi
  capture state '<storage> <days> <mode>' az resource show --ids "$server" --api-version "$SERVER_API" --output tsv --query \
    '[properties.storage.storageSizeGB, properties.backup.backupRetentionDays, properties.highAvailability.mode]'
  needs 'Microsoft.DBforPostgreSQL/flexibleServers/read'
  # One value in a line, or all in one line.
  read -r -d '' storage days mode <<<"$state" || true
  if is_dry_run; then storage='<storage>'; fi
  template_parameters+=(--parameters "databaseStorageGBNow=$storage")
  if is_dry_run; then return; fi
  wanted="$(parameter_value databaseBackupDays)"
  if ((wanted < days)); then
    lowered+=("days of backups (databaseBackupDays): $days would become $wanted")
  fi
  wanted="$(parameter_value databaseHighAvailability)"
  if (($(rank "$wanted") < $(rank "$mode"))); then
    lowered+=("high availability (databaseHighAvailability): $mode would become $wanted")
  fi
}

# Passes the first month of the budget to the template, because it cannot change.
present_budget() {
  local start
  if [[ -z "$preset" ]] && ! has_value budgetAmount; then return; fi
  capture start "$(if_deployed '<first day>')" az rest --method get --output tsv \
    --url "/subscriptions/{subscriptionId}/resourceGroups/$group/providers/Microsoft.Consumption/budgets?api-version=2023-11-01" \
    --query "value[?name=='orders-api'].properties.timePeriod.startDate | [0]"
  needs 'Microsoft.Consumption/budgets/read'
  if [[ -n "$start" ]]; then template_parameters+=(--parameters "budgetStart=$start"); fi
}

# json_text TEXT: prints the text as a JSON string.
json_text() {
  local text="$1"
  text="${text//\\/\\\\}"
  text="${text//\"/\\\"}"
  text="${text//$'\n'/\\n}"
  text="${text//$'\r'/\\r}"
  text="${text//$'\t'/\\t}"
  printf '"%s"' "$text"
}

# Secrets go to Azure in a file that only this user can read, never on a command line.
new_secrets() {
  local name pairs=''
  if ((${#secrets[@]} == 0)); then return; fi
  make_scratch
  template_parameters+=(--parameters "@$scratch/secrets.json")
  if is_dry_run; then return; fi
  for name in "${secrets[@]}"; do
    pairs+="${pairs:+,}\"$name\":$(json_text "${!name}")"
  done
  printf '{"%s":"%s","contentVersion":"1.0.0.0","parameters":{"secretSettings":{"value":{%s}}}}\n' "\$schema" \
    https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json# "$pairs" >"$scratch/secrets.json"
}

template_permissions() {
  local type
  needs 'Microsoft.Resources/deployments/*'
  while read -r type; do
    needs "$type/read and $type/write"
  done < <(sed -n 's/^      "type": "\(Microsoft\.[^"]*\)",*$/\1/p' "$TEMPLATE" | sort -u)
  needs 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action' \
    'Microsoft.Network/virtualNetworks/join/action and Microsoft.Network/virtualNetworks/subnets/join/action' \
    'Microsoft.Network/privateDnsZones/join/action' \
    'Microsoft.Web/serverfarms/join/action' \
    'Microsoft.DBforPostgreSQL/flexibleServers/privateEndpointConnectionsApproval/action' \
    'Microsoft.OperationalInsights/workspaces/sharedKeys/action'
}

deploy_infrastructure() {
  local pair
  say 'Resources'
  template_parameters=(${preset_file:+--parameters "@$preset_file"} --parameters "@$settings")
  for pair in ${assignments[@]+"${assignments[@]}"}; do template_parameters+=(--parameters "$pair"); done
  make_group
  register_providers
  present_settings
  kept_secrets
  present_database
  present_sku
  refuse_to_lower
  present_budget
  new_secrets
  run az deployment group create --resource-group "$group" --name orders --template-file "$TEMPLATE" \
    "${template_parameters[@]}" --output none
  template_permissions
}

# ---- Database

# public_access Enabled|Disabled: switches public access to the database server. Waits until the server is ready.
public_access() {
  run az rest --method patch --url "$server_id?api-version=$SERVER_API" --output none \
    --body "{\"properties\":{\"network\":{\"publicNetworkAccess\":\"$1\"}}}" || return
  needs 'Microsoft.DBforPostgreSQL/flexibleServers/write'
  run az resource wait --ids "$server_id" --api-version "$SERVER_API" --timeout 900 \
    --custom "properties.network.publicNetworkAccess=='$1' && properties.state=='Ready'" || return
  needs 'Microsoft.DBforPostgreSQL/flexibleServers/read'
}

# let_in IP: writes the only firewall rule of the server. The lock on the server forbids to delete the rule, so it is
# overwritten.
let_in() {
  run az resource create --id "$server_id/firewallRules/migration" --api-version "$SERVER_API" --output none \
    --properties "{\"startIpAddress\":\"$1\",\"endIpAddress\":\"$1\"}" || return
  needs 'Microsoft.DBforPostgreSQL/flexibleServers/firewallRules/write'
}

open_database() {
  [[ -n "$server_id" ]] || fail 'the template did not create this database, so this script cannot open it' \
    'Leave --open-database out and give this machine a way to the database.'
  opened=true
  public_access Enabled
  let_in "$client_address"
}

close_database() {
  if [[ -z "$opened" ]]; then return; fi
  opened=''
  say 'Closing the database again'
  let_in "$NO_ADDRESS" || warn "could not change the firewall rule: delete it by hand: $server_id/firewallRules/migration"
  public_access Disabled || warn "could not switch public access off: do it by hand, for $server_id"
}

# Fetches the token for the database before the slow steps. The Azure CLI caches the token. A login by OIDC, as from GitHub,
# can get a new token only for about 5 minutes.
cache_database_token() {
  if [[ -n "${DB_OWNER_PASSWORD:-}" ]]; then return; fi
  run az account get-access-token --resource-type oss-rdbms --output none || fail 'no token for the database' \
    'Log in again with az login, then run this again.'
  needs 'no permission on Azure'
}

migrate_database() {
  local migration_url db_role object_id owner owner_password="${DB_OWNER_PASSWORD:-}" login=()
  say 'Database'
  output migration_url migrationUrl
  output db_role databaseRole
  output object_id identityPrincipalId
  output owner databaseOwner
  output server_id databaseServerId
  if [[ -n "$client_address" ]]; then open_database; fi
  if [[ -z "$owner_password" ]]; then
    login=(-- --login entra)
    capture_secret owner_password 'Log in again with az login.' \
      az account get-access-token --resource-type oss-rdbms --query accessToken --output tsv
    needs 'no permission on Azure'
  fi
  run_migration "$migration_url" "${DB_OWNER:-$owner}" "$db_role" "DB_USER_OBJECT_ID=$object_id" ${login[@]+"${login[@]}"}
  needs 'to be an Entra administrator of the database server, or DB_OWNER with CREATEROLE'
  close_database
}

# ---- App

deploy_app() {
  local staged
  say 'App'
  output app_name appName
  staged="target/azure-functions/$app_name"
  if $build; then run mvn -B -Pazure "-DappName=$app_name" package; fi
  require_artifact "$staged"
  # Settings for a run on this machine.
  run rm -f "$staged/local.settings.json"
  run jar --create --no-manifest --file "$staged.zip" -C "$staged" .
  run az functionapp deployment source config-zip --resource-group "$group" --name "$app_name" --src "$staged.zip" \
    --output none
  needs 'Microsoft.Web/sites/read and Microsoft.Web/sites/publish/Action'
}

# ---- Smoke test

# Prints a header in which App Service authentication would describe a caller. This caller has no token.
forged_principal() {
  local tenant="$1"
  printf '{"auth_typ":"aad","name_typ":"name","role_typ":"roles","claims":[%s,%s,%s]}' \
    "{\"typ\":\"tid\",\"val\":\"$tenant\"}" '{"typ":"oid","val":"smoke-test"}' '{"typ":"roles","val":"orders:read"}' |
    base64 | tr -d '\n'
}

smoke_test() {
  local app_url host mode front tenant anonymous=200
  say 'Smoke test'
  output app_url appUrl
  output host appHostName
  output mode identityMode
  output front frontDoorId
  output tenant anyTenant
  log_command="az monitor app-insights query --app <app>-insights --resource-group $group --analytics-query 'traces | take 50'"
  # In gateway mode App Service authentication lets no request through without a token.
  if [[ "$mode" == gateway ]]; then anonymous=401; fi
  check_api "$app_url" "$anonymous"
  expect 401 "$app_url/orders" --header "X-MS-CLIENT-PRINCIPAL: $(forged_principal "$tenant")"
  expect '30? https://*' "http://${app_url#https://}/health"
  if [[ -n "$front" ]]; then expect 403 "https://$host/health"; fi
  if [[ "$mode" == gateway && -z "${SMOKE_TOKEN:-}" ]]; then
    note 'No request has proved yet that the app is ready: set SMOKE_TOKEN and repeat the smoke test.'
  fi
  deployed "$app_url"
}

arguments=("$@")
parse "$@"
check_usage
if is_dry_run; then say 'Dry run: no command is executed'; fi
check_tools
if $migrate; then cache_database_token; fi
if $infra; then deploy_infrastructure; fi
if $migrate; then migrate_database; fi
if $app; then deploy_app; fi
if $smoke; then smoke_test; fi
