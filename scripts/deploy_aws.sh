#!/usr/bin/env bash
# Builds the artifact for AWS, deploys the stack of aws/template.yaml, migrates the database and checks the result.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/terminal.sh

readonly TEMPLATE=aws/template.yaml
readonly PERMISSIONS=aws/deployer.yaml
readonly ARTIFACT=target/ecommerce-order-api-aws.zip
readonly CA_FILE=target/rds-global-bundle.pem
readonly CA_URL=https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem
readonly TUNNEL_PORT=15432
readonly CHECKS=24 CHECK_PAUSE=5

stack=orders-api
region=${AWS_REGION:-${AWS_DEFAULT_REGION:-}}
dry_run=
build=true
migrate=true
confirm=true
preset=
parameters=()

usage() {
  cat <<'EOF'
Usage: scripts/deploy_aws.sh [options]

Deploys the order API to AWS: builds, migrates the database, deploys, checks the API and prints its address.
Running it again is safe. docs/deploying-aws.md explains the first deployment step by step.

Options:
  --stack NAME            name of the CloudFormation stack (default: orders-api)
  --region REGION         AWS region (default: AWS_REGION, AWS_DEFAULT_REGION or the setting of the AWS CLI)
  --preset NAME           parameters from aws/NAME.parameters; production: two zones, protected data, alarms, an
                          uptime check, a budget, traffic that shifts step by step
  --parameter NAME=VALUE  a parameter of aws/template.yaml; can be repeated; a parameter that is not given
                          keeps the value of the last deployment
  --skip-build            deploy the artifact that is already in target/
  --skip-migration        the database is already migrated
  --yes                   do not ask before changes are made; needed where no one can answer, as in CI
  --dry-run[=again]       print every command, and the IAM permissions that it needs, instead of running it, for a
                          first deployment or, with =again, for a later one; needs no tools and no credentials
  --help                  this text

Environment:
  MIGRATION_DB_URL        JDBC URL that reaches the database from here, for example through a tunnel; not needed
                          if this machine reaches the database itself
  DB_OWNER                role that owns the tables (default: the output DatabaseOwner of the stack)
  DB_OWNER_PASSWORD       its password; only for an existing database with DatabaseLogin=secret. Otherwise the
                          owner logs in by IAM, and this script makes a fresh token
  NO_COLOR                any value switches colors off

A first deployment creates the stack, then migrates, because the database is a part of the stack. Until the
migration the API responds with 503. Later deployments migrate first, then deploy. Without --yes the script shows the
changes of the stack and asks before it migrates or deploys.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 deployed, but not migrated yet, 4 declined, so nothing was changed.
EOF
}

run() {
  if [[ -n $dry_run ]]; then show "$@"; else "$@"; fi
}

# needs ACTION...: prints, in a dry run, the IAM permissions of the command before it.
needs() {
  [[ -z $dry_run ]] || printf '    needs %s\n' "$@"
}

# Prints the permissions that the stack needs: the actions of the first policies of the file.
stack_permissions() {
  sed -n '/^  FrontPolicy:/q; s/^  *- \([a-z0-9-]*:[A-Za-z]*\)$/\1/p' "$PERMISSIONS" | sort -u
}

parse() {
  while (($#)); do
    case $1 in
    --stack | --region | --preset | --parameter)
      [[ $# -ge 2 && -n $2 ]] || misuse "$1 needs a value"
      case $1 in
      --stack) stack=$2 ;;
      --region) region=$2 ;;
      --preset) preset=$2 ;;
      --parameter) parameters+=("$2") ;;
      esac
      shift
      ;;
    --skip-build) build=false ;;
    --skip-migration) migrate=false ;;
    --yes) confirm=false ;;
    --dry-run) dry_run=first ;;
    --dry-run=again) dry_run=again ;;
    --help | -h)
      usage
      exit 0
      ;;
    *) misuse "unknown option $1" ;;
    esac
    shift
  done
  [[ $stack =~ ^[A-Za-z][A-Za-z0-9-]{0,50}$ ]] ||
    misuse "--stack must be a letter, then letters, digits and hyphens, at most 51 characters: $stack"
  if [[ -n $preset ]]; then add_preset; fi
  local pair
  for pair in ${parameters[@]+"${parameters[@]}"}; do
    [[ $pair =~ ^[A-Za-z0-9]+= && $pair != *\"* && $pair != *\\* ]] ||
      misuse "--parameter must look like NAME=VALUE, without quotes and backslashes: $pair"
    grep -q "^  ${pair%%=*}:\$" <(sed -n '/^Parameters:/,/^Conditions:/p' "$TEMPLATE") ||
      misuse "$TEMPLATE has no parameter ${pair%%=*}"
  done
}

# Adds the parameters of the preset that the command line does not name.
add_preset() {
  local file=aws/$preset.parameters pair
  [[ $preset =~ ^[a-z]+$ && -f $file ]] || misuse "there is no preset $preset, because there is no $file"
  while IFS= read -r pair; do
    [[ $pair == '#'* || -z $pair || -n $(given "${pair%%=*}") ]] || parameters+=("$pair")
  done <"$file"
}

# Prints the default that the template has for a parameter.
template_default() {
  sed -n "/^  $1:\$/,/^    Default:/s/^    Default: //p" "$TEMPLATE"
}

# Prints the value of a parameter given on this command line, or nothing.
given() {
  local pair value=''
  for pair in ${parameters[@]+"${parameters[@]}"}; do
    if [[ $pair == "$1="* ]]; then value=${pair#*=}; fi
  done
  printf '%s' "$value"
}

# Gives the authorizer the machine clients that the tenant map names.
derive_machine_clients() {
  local pair map ids=''
  for pair in ${parameters[@]+"${parameters[@]}"}; do
    [[ $pair == MachineClientIds=* ]] && return
    [[ $pair == MachineTenants=* ]] && map=${pair#*=}
  done
  [[ -n ${map+x} ]] || return 0
  local IFS=,
  for pair in $map; do ids+=",${pair%%=*}"; done
  parameters+=("MachineClientIds=${ids#,}")
}

check_tools() {
  local tool missing=()
  for tool in java mvn sam aws curl; do
    [[ $build == false && ($tool == java || $tool == mvn) && $migrate == false ]] && continue
    command -v "$tool" >/dev/null || missing+=("$tool")
  done
  if ((${#missing[@]})); then
    fail "not installed: ${missing[*]}" \
      "java  JDK 17 or newer: https://adoptium.net" \
      "mvn   Maven 3.8.7 or newer: https://maven.apache.org/install.html" \
      "sam   AWS SAM CLI: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/install-sam-cli.html" \
      "aws   AWS CLI version 2: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html" \
      "curl  https://curl.se" \
      "Install what is missing and run this again; --dry-run shows what would be done without any of them."
  fi
  command -v jq >/dev/null || command -v python3 >/dev/null || fail "neither jq nor python3 is installed" \
    "One of them is needed to read secrets; install it and run this again."
}

check_credentials() {
  if [[ -z $region ]]; then region=$(aws configure get region || true); fi
  [[ -n $region ]] || fail "no AWS region" "Give one, for example: scripts/deploy_aws.sh --region eu-central-1"
  export AWS_REGION=$region AWS_DEFAULT_REGION=$region
  local account
  account=$(aws sts get-caller-identity --query Account --output text) || fail "no valid AWS credentials" \
    "Log in with 'aws sso login' or 'aws configure', or set AWS_PROFILE, check with 'aws sts get-caller-identity'" \
    "and run this again."
  note "account $account, region $region, stack $stack"
}

# Prints first or again. Ends if CloudFormation would refuse to deploy.
stack_state() {
  local status
  if ! status=$(aws cloudformation describe-stacks --stack-name "$stack" --query 'Stacks[0].StackStatus' --output text 2>&1); then
    [[ $status == *"does not exist"* ]] || fail "the stack $stack can not be looked up" "$status"
    echo first
    return
  fi
  case $status in
  REVIEW_IN_PROGRESS) echo first ;;
  ROLLBACK_COMPLETE | ROLLBACK_FAILED | CREATE_FAILED | DELETE_FAILED)
    fail "the stack $stack is $status: its creation failed" \
      "See why: aws cloudformation describe-stack-events --stack-name $stack --region $region" \
      "Then delete it and run this again: aws cloudformation delete-stack --stack-name $stack --region $region" \
      "(docs/deploying-aws.md says what to do where deletion protection stands in the way.)"
    ;;
  UPDATE_ROLLBACK_FAILED)
    fail "the stack $stack is $status: it can't be deployed before its rollback is finished" \
      "See what failed: aws cloudformation describe-stack-events --stack-name $stack --region $region" \
      "Remove the cause, then continue: aws cloudformation continue-update-rollback --stack-name $stack --region $region" \
      "Wait for it: aws cloudformation wait stack-rollback-complete --stack-name $stack --region $region" \
      "Then run this again."
    ;;
  *_IN_PROGRESS) fail "the stack $stack is $status" "Wait until that is over and run this again." ;;
  *) echo again ;;
  esac
}

check_first_parameters() {
  local name
  if [[ -n $(given ExistingDatabaseId) ]]; then
    for name in VpcId SubnetIds DatabaseSecurityGroupId ExistingDatabaseEndpoint ExistingDatabaseResourceId; do
      [[ -n $(given "$name") ]] || fail "ExistingDatabaseId needs $name as well" "Add --parameter $name=..."
    done
  fi
  if [[ -n $(given VpcId) && -z $(given SubnetIds) ]]; then
    fail "VpcId needs SubnetIds as well" "Add --parameter SubnetIds=subnet-...,subnet-... (two private subnets)"
  fi
  if [[ $(given MonthlyBudgetDollars) =~ [1-9] && -z $(given AlarmEmail) ]]; then
    fail "MonthlyBudgetDollars needs AlarmEmail as well" "Add --parameter AlarmEmail=you@example.com"
  fi
}

# Ends if Lambda would refuse the reservation. It would do so only after the database was made.
check_concurrency() {
  local wanted unreserved
  wanted=$(given ReservedConcurrency)
  wanted=${wanted:-$(template_default ReservedConcurrency)}
  ((wanted > 0)) || return 0
  local command=(aws lambda get-account-settings --query AccountLimit.UnreservedConcurrentExecutions --output text)
  if [[ -n $dry_run ]]; then
    show "${command[@]}"
    needs lambda:GetAccountSettings
    return
  fi
  unreserved=$("${command[@]}") || fail "the concurrency of this account can't be looked up" "Add --parameter ReservedConcurrency=0 to go without."
  ((unreserved - wanted >= 100)) || fail \
    "ReservedConcurrency=$wanted is too much: $unreserved concurrent executions are not reserved yet, and 100 must stay so" \
    "Ask AWS for more (Service Quotas, Lambda, concurrent executions), or add --parameter ReservedConcurrency=0."
}

# Prints an output of the stack, or nothing.
output() {
  if [[ -n $dry_run ]]; then
    printf '<%s>' "$1"
    return
  fi
  local value
  value=$(aws cloudformation describe-stacks --stack-name "$stack" --output text \
    --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue")
  if [[ $value != None ]]; then printf '%s' "$value"; fi
}

# Prints one field of a secret that holds a JSON object.
secret_field() {
  local text
  text=$(aws secretsmanager get-secret-value --secret-id "$1" --query SecretString --output text)
  if command -v jq >/dev/null; then
    jq -r --arg field "$2" '.[$field]' <<<"$text"
  else
    python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$2" <<<"$text"
  fi
}

build_artifact() {
  if [[ $build == false ]]; then
    [[ -n $dry_run || -f $ARTIFACT ]] || fail "$ARTIFACT does not exist" "Run this without --skip-build."
    return
  fi
  say "Building the artifact"
  run mvn -Paws package
  [[ -n $dry_run || -f $ARTIFACT ]] || fail "the build made no $ARTIFACT" "Look at the output of 'mvn -Paws package'."
}

# sam_deploy OPTION...: runs sam deploy with the parameters of this deployment.
sam_deploy() {
  local command=(sam deploy --template-file "$TEMPLATE" --stack-name "$stack" --region "${region:-<region>}"
    --capabilities CAPABILITY_IAM --resolve-s3 --no-fail-on-empty-changeset --no-confirm-changeset "$@")
  if ((${#parameters[@]})); then
    command+=(--parameter-overrides)
    local pair
    for pair in "${parameters[@]}"; do
      if [[ $pair == *=*[[:space:]]* || $pair == *= ]]; then pair="${pair%%=*}=\"${pair#*=}\""; fi
      command+=("$pair")
    done
  fi
  run "${command[@]}"
  if [[ -n $dry_run ]]; then
    # shellcheck disable=SC2046 # one word for each permission
    needs $(stack_permissions)
  fi
}

# Shows the changes of the stack and ends unless the operator agrees. This script asks, because sam deploy also exits
# with 0 when its own question is declined, and asks only after the migration.
confirm_changes() {
  [[ $confirm == true ]] || return 0
  local reply=''
  say "Changes of the stack"
  sam_deploy --no-execute-changeset
  [[ -z $dry_run ]] || return 0
  if [[ $migrate == true ]]; then note "The database is migrated as well."; fi
  printf 'Make these changes? [y/N] '
  read -r reply || true
  case $reply in
  y | Y | yes | Yes | YES) return 0 ;;
  esac
  printf '\n'
  warn "declined: nothing was migrated or deployed"
  printf '  %s\n' "Run this again and type y, or give --yes where no one can answer." >&2
  exit 4
}

deploy_stack() {
  say "Deploying the stack"
  sam_deploy
  [[ -n $dry_run || -n $(output ApiUrl) ]] || fail "the stack was not deployed" "Look at the output of sam deploy and run this again."
}

ca_bundle() {
  if [[ -n $dry_run || ! -s $CA_FILE ]]; then
    run mkdir -p target
    run curl --fail --silent --show-error --output "$CA_FILE" "$CA_URL"
  fi
}

reachable() {
  [[ -n $dry_run ]] && return
  local connected
  connected=$(curl --silent --output /dev/null --connect-timeout 5 --max-time 6 --write-out '%{time_connect}' "http://$1:5432" || true)
  [[ $connected =~ [1-9] ]]
}

migration_url() {
  printf 'jdbc:postgresql://%s:%s/%s?sslmode=verify-full&sslrootcert=%s' "$1" "$2" "$(output DatabaseName)" "${PWD// /%20}/$CA_FILE"
}

# Sets url, or explains how to get to the database and fails.
find_database() {
  url=${MIGRATION_DB_URL:-}
  if [[ -n $url ]]; then
    [[ $url == jdbc:postgresql://* ]] || fail "MIGRATION_DB_URL must start with jdbc:postgresql://"
    [[ $url == *sslmode=verify-full* ]] || note "MIGRATION_DB_URL has no sslmode=verify-full: the server is not verified in full."
    return 0
  fi
  local host
  host=$(output DatabaseEndpoint)
  ca_bundle || fail "the certificates of RDS can not be loaded from $CA_URL" "Set MIGRATION_DB_URL to a URL that needs no download."
  url=$(migration_url "$host" 5432)
  if reachable "$host"; then return 0; fi
  local instance
  instance=$(output MigrationInstanceId)
  note "The database $host is private and not reachable from here. In a second terminal, open a tunnel to it:"
  if [[ -n $instance ]]; then
    note "  aws ec2-instance-connect ssh --region $region --instance-id $instance --connection-type eice --local-forwarding $TUNNEL_PORT:$host:5432"
  else
    note "  with a host of yours in its network:"
    note "    aws ssm start-session --region $region --target <instance> --document-name AWS-StartPortForwardingSessionToRemoteHost --parameters host=$host,portNumber=5432,localPortNumber=$TUNNEL_PORT"
    note "  or, in a network that the stack made, let the stack add one: --parameter MigrationHost=true --skip-migration"
  fi
  note "Its certificate names the database, so let that name lead to the tunnel while you migrate:"
  note "  echo '127.0.0.1 $host' | sudo tee -a /etc/hosts"
  note "Then run this again with:"
  note "  export MIGRATION_DB_URL='$(migration_url "$host" "$TUNNEL_PORT")'"
  return 1
}

# The password of the owner: a fresh token of IAM, unless one is set.
owner_password() {
  if [[ -n ${DB_OWNER_PASSWORD:-} ]]; then
    printf '%s' "$DB_OWNER_PASSWORD"
    return
  fi
  aws rds generate-db-auth-token --hostname "$1" --port 5432 --username "$2"
}

# The credentials go as environment variables: arguments can be seen by every process of the machine.
migrate_database() {
  say "Migrating the database"
  local user login host owner password command=(scripts/migrate.sh)
  user=$(output DatabaseUser)
  login=$(output DatabaseLogin)
  host=$(output DatabaseEndpoint)
  owner=${DB_OWNER:-$(output DatabaseOwner)}
  if [[ -n $dry_run ]]; then
    login=$(given DatabaseLogin)
    login=${login:-$(template_default DatabaseLogin)}
  fi
  if [[ $login == iam ]]; then
    [[ -z ${DB_OWNER_PASSWORD:-} ]] || fail "DB_OWNER_PASSWORD is set, but with DatabaseLogin=iam the owner logs in by IAM too" \
      "Unset DB_OWNER_PASSWORD: this script makes a fresh token. In an existing database, run as its administrator:" \
      "GRANT rds_iam TO $owner WITH ADMIN OPTION"
    command+=(--login rds-iam)
  fi
  if [[ -n $dry_run ]]; then
    [[ -n ${DB_OWNER_PASSWORD:-} ]] || show aws rds generate-db-auth-token --hostname "$host" --port 5432 --username "$owner"
    if [[ $login == secret ]]; then
      show aws secretsmanager get-secret-value --secret-id '<ApplicationSecretArn>' --query SecretString --output text
      needs secretsmanager:GetSecretValue
      command=('DB_PASSWORD=<hidden>' "${command[@]}")
    fi
    show "DB_URL=$url" "DB_OWNER=$owner" 'DB_OWNER_PASSWORD=<hidden>' "DB_USER=$user" "${command[@]}"
    needs rds-db:connect
    return
  fi
  if [[ $login == secret ]]; then
    DB_PASSWORD=$(secret_field "$(output ApplicationSecretArn)" password)
    export DB_PASSWORD
  fi
  password=$(owner_password "$host" "$owner")
  DB_URL=$url DB_OWNER=$owner DB_OWNER_PASSWORD=$password DB_USER=$user "${command[@]}" || fail "the migration failed" \
    "Do what it says and run this again: migrations that were applied are not repeated." \
    "The owner logs in by IAM: your AWS identity needs the policy $(output MigrationPolicyArn)."
  unset DB_PASSWORD
}

# responds STATUS URL: repeats a request until it has that status. Names, certificates and permissions that are new need
# a while. Sets observed and keeps the body.
responds() {
  local attempt
  for ((attempt = 1; attempt <= CHECKS; attempt++)); do
    observed=$(curl --silent --output "$body" --write-out '%{http_code}' --max-time 30 "$2" || true)
    if [[ $observed == "$1" ]]; then return 0; fi
    # A success in place of a refusal does not go away by waiting.
    if [[ $1 == 4* && $observed == 2* ]]; then return 1; fi
    sleep "$CHECK_PAUSE"
  done
  return 1
}

smoke_test() {
  local api observed body
  api=$(output ApiUrl)
  say "Checking $api"
  if [[ -n $dry_run ]]; then
    show curl --silent "$api/health"
    show curl --silent "$api/ready"
    show curl --silent "$api/orders"
    note "Each is repeated for $((CHECKS * CHECK_PAUSE)) seconds at most, until it responds with 200, 200 and 401."
    return
  fi
  body=$(mktemp)
  # shellcheck disable=SC2064 # the name of now
  trap "rm -f '$body'" EXIT
  responds 200 "$api/health" || fail "the function does not respond: $api/health has the status $observed" \
    "Look at its log: aws logs tail /aws/lambda/$stack-orders --region $region" \
    "A status of 000 means that the name does not lead anywhere yet; a name of your own needs its DNS record."
  responds 200 "$api/ready" || fail "the function is deployed and not ready: $(<"$body")" \
    "If the database is not migrated yet, run this again without --skip-migration."
  note "$(<"$body")"
  responds 401 "$api/orders" || fail "GET /orders without a token has the status $observed instead of 401" \
    "Do not use this deployment; look at its authorizer."
  deployed "$api"
  note "Users log in at $(output LoginUrl), client $(output UserClientId), user pool $(output UserPoolId)."
}

main() {
  parse "$@"
  derive_machine_clients
  local state=$dry_run url='' login
  say "Checking tools and credentials"
  if [[ -n $dry_run ]]; then
    show aws sts get-caller-identity --query Account --output text
    needs sts:GetCallerIdentity
    show aws cloudformation describe-stacks --stack-name "$stack" --query 'Stacks[0].StackStatus' --output text
    needs cloudformation:DescribeStacks
  else
    check_tools
    check_credentials
    state=$(stack_state)
  fi
  if [[ $state == first ]]; then
    check_first_parameters
    check_concurrency
    build_artifact
    confirm_changes
    deploy_stack
    if [[ $migrate == true ]]; then
      if ! find_database; then
        say "The stack is deployed. Only the migration is left; until then the API responds with 503."
        exit 3
      fi
      migrate_database
    fi
  else
    if [[ $migrate == true ]]; then
      find_database || fail "the database can not be migrated from here" "Nothing was changed. Open the tunnel and run this again, or use --skip-migration."
    fi
    build_artifact
    confirm_changes
    login=$(output DatabaseLogin)
    if [[ $migrate == true ]]; then migrate_database; fi
    deploy_stack
    # The secret of a changed login is made by the stack, so the role gets it only now.
    if [[ $migrate == true && $(output DatabaseLogin) != "$login" ]]; then migrate_database; fi
  fi
  smoke_test
}

main "$@"
