#!/usr/bin/env bash
# Builds the AWS artifact, deploys the stack of aws/template.yaml, migrates the database and checks the result.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/terminal.sh

readonly TEMPLATE=aws/template.yaml
readonly ARTIFACT=target/ecommerce-order-api-aws.zip
readonly CA_FILE=target/rds-global-bundle.pem
readonly CA_URL=https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem
readonly TUNNEL_PORT=15432

stack=orders-api
region=${AWS_REGION:-${AWS_DEFAULT_REGION:-}}
dry_run=
build=true
migrate=true
confirm=true
parameters=()

usage() {
  cat <<'EOF'
Usage: scripts/deploy_aws.sh [options]

Deploys the order API to AWS: builds, migrates the database, deploys, prints the address and checks it.
Running it again is safe. docs/deploying-aws.md explains the first deployment step by step.

Options:
  --stack NAME            name of the CloudFormation stack (default: orders-api)
  --region REGION         AWS region (default: AWS_REGION, AWS_DEFAULT_REGION or the AWS CLI's setting)
  --parameter NAME=VALUE  a parameter of aws/template.yaml; can be repeated; a parameter that is not given
                          keeps the value of the last deployment
  --skip-build            deploy the artifact that is already in target/
  --skip-migration        the database is already migrated
  --yes                   do not ask before changes are made
  --dry-run[=again]       print every command instead of running it, for a first deployment or, with
                          =again, for a later one; needs no tools and no credentials
  --help                  this text

Environment:
  MIGRATION_DB_URL        JDBC URL that reaches the database from here, e.g. through a tunnel; not needed where
                          this machine reaches the database itself
  DB_OWNER, DB_OWNER_PASSWORD
                          the database's owner; by default they are read from the secret that RDS keeps. Needed
                          for an existing database
  NO_COLOR                any value switches colours off

A first deployment creates the stack, then migrates, since the database is a part of the stack; until the
migration the API answers 503. Later deployments migrate first, then deploy.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 deployed, and the migration is still to be done.
EOF
}

run() {
  if [[ -n $dry_run ]]; then show "$@"; else "$@"; fi
}

parse() {
  while (($#)); do
    case $1 in
    --stack | --region | --parameter)
      [[ $# -ge 2 && -n $2 ]] || misuse "$1 needs a value"
      case $1 in
      --stack) stack=$2 ;;
      --region) region=$2 ;;
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
  local pair
  for pair in ${parameters[@]+"${parameters[@]}"}; do
    [[ $pair =~ ^[A-Za-z0-9]+= && $pair != *\"* && $pair != *\\* ]] ||
      misuse "--parameter must look like NAME=VALUE, without quotes and backslashes: $pair"
    grep -q "^  ${pair%%=*}:\$" <(sed -n '/^Parameters:/,/^Conditions:/p' "$TEMPLATE") ||
      misuse "$TEMPLATE has no parameter ${pair%%=*}"
  done
}

# The value of a parameter given on this command line, or nothing.
given() {
  local pair value=''
  for pair in ${parameters[@]+"${parameters[@]}"}; do
    if [[ $pair == "$1="* ]]; then value=${pair#*=}; fi
  done
  printf '%s' "$value"
}

# The authorizer must know the machine clients that the tenant map names.
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

# first, or again; stops where CloudFormation would refuse.
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
}

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

# One field of a secret that holds a JSON object.
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

deploy_stack() {
  say "Deploying the stack"
  local command=(sam deploy --template-file "$TEMPLATE" --stack-name "$stack" --region "${region:-<region>}"
    --capabilities CAPABILITY_IAM --resolve-s3 --no-fail-on-empty-changeset)
  if [[ $confirm == true ]]; then command+=(--confirm-changeset); else command+=(--no-confirm-changeset); fi
  if ((${#parameters[@]})); then
    command+=(--parameter-overrides)
    local pair
    for pair in "${parameters[@]}"; do
      if [[ $pair == *=*[[:space:]]* || $pair == *= ]]; then pair="${pair%%=*}=\"${pair#*=}\""; fi
      command+=("$pair")
    done
  fi
  run "${command[@]}"
  [[ -n $dry_run || -n $(output ApiUrl) ]] || fail "the stack was not deployed" "Run this again and accept the changes."
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

# The credentials go as environment variables: arguments can be seen by every process of the machine.
migrate_as() {
  local owner=$1 password=$2 user=$3
  shift 3
  DB_URL=$url DB_OWNER=$owner DB_OWNER_PASSWORD=$password DB_USER=$user "$@" 2>&1 | tee "$migration_log"
}

migrate_database() {
  say "Migrating the database"
  local user login owner password secret command
  user=$(output DatabaseUser)
  login=$(output DatabaseLogin)
  command=(scripts/migrate.sh)
  if [[ -n $dry_run ]]; then
    login=$(given DatabaseLogin)
    show aws secretsmanager get-secret-value --secret-id '<OwnerSecretArn>' --query SecretString --output text
    if [[ $login == secret ]]; then
      show aws secretsmanager get-secret-value --secret-id '<ApplicationSecretArn>' --query SecretString --output text
      command=('DB_PASSWORD=<hidden>' "${command[@]}")
    else
      command+=(--login rds-iam)
    fi
    show "DB_URL=$url" "DB_OWNER=${DB_OWNER:-<owner>}" 'DB_OWNER_PASSWORD=<hidden>' "DB_USER=$user" "${command[@]}"
    return
  fi
  migration_log=$(mktemp)
  trap 'rm -f "$migration_log"' EXIT
  owner=${DB_OWNER:-}
  password=${DB_OWNER_PASSWORD:-}
  if [[ -z $password ]]; then
    secret=$(output OwnerSecretArn)
    [[ -n $secret ]] || fail "the owner of the existing database is unknown" "Set DB_OWNER and DB_OWNER_PASSWORD and run this again."
    owner=$(secret_field "$secret" username)
    password=$(secret_field "$secret" password)
  fi
  [[ -n $owner ]] || fail "DB_OWNER_PASSWORD is set and DB_OWNER is not" "Set DB_OWNER and run this again."
  if [[ $login == secret ]]; then
    DB_PASSWORD=$(secret_field "$(output ApplicationSecretArn)" password)
    export DB_PASSWORD
  else
    command+=(--login rds-iam)
  fi
  if ! migrate_as "$owner" "$password" "$user" "${command[@]}"; then
    # RDS admits members of rds_iam by IAM only, and since PostgreSQL 16 whoever creates a role becomes a member of it.
    grep -q 'PAM authentication failed' "$migration_log" ||
      fail "the migration failed" "Fix what it says and run this again: migrations that were applied are not repeated."
    note "The password of $owner is not accepted: trying once more with an IAM token."
    password=$(aws rds generate-db-auth-token --hostname "$(output DatabaseEndpoint)" --port 5432 --username "$owner")
    migrate_as "$owner" "$password" "$user" "${command[@]}" ||
      fail "the migration failed" "Your AWS identity needs rds-db:connect for $owner; fix what it says and run this again."
  fi
  unset DB_PASSWORD
}

smoke_test() {
  local api code
  api=$(output ApiUrl)
  say "Checking $api"
  run curl --fail --silent --show-error --max-time 30 --retry 5 --retry-delay 2 "$api/health" ||
    fail "the function does not answer" "Look at its log: aws logs tail /aws/lambda/$stack-orders --region $region"
  run curl --fail --silent --show-error --max-time 30 --retry 5 --retry-delay 2 "$api/ready" ||
    fail "the function is deployed and not ready" "See the check it names: curl $api/ready" \
      "Where the database is not migrated yet, run this again without --skip-migration."
  if [[ -n $dry_run ]]; then
    run curl --silent --output /dev/null --write-out '%{http_code}' "$api/orders"
    return
  fi
  printf '\n'
  code=$(curl --silent --output /dev/null --write-out '%{http_code}' --max-time 30 "$api/orders")
  [[ $code == 401 ]] || fail "GET /orders without a token answered $code instead of 401" "Do not use this deployment; look at its authorizer."
  deployed "$api"
  note "Users log in at $(output LoginUrl), client $(output UserClientId), user pool $(output UserPoolId)."
}

main() {
  parse "$@"
  derive_machine_clients
  local state=$dry_run url=''
  say "Checking tools and credentials"
  if [[ -n $dry_run ]]; then
    show aws sts get-caller-identity --query Account --output text
    show aws cloudformation describe-stacks --stack-name "$stack" --query 'Stacks[0].StackStatus' --output text
  else
    check_tools
    check_credentials
    state=$(stack_state)
  fi
  if [[ $state == first ]]; then
    check_first_parameters
    build_artifact
    deploy_stack
    if [[ $migrate == true ]]; then
      if ! find_database; then
        say "The stack is deployed. The migration is the one step left; until then the API answers 503."
        exit 3
      fi
      migrate_database
    fi
  else
    if [[ $migrate == true ]]; then
      find_database || fail "the database can not be migrated from here" "Nothing was changed. Open the tunnel and run this again, or use --skip-migration."
    fi
    build_artifact
    if [[ $migrate == true ]]; then migrate_database; fi
    deploy_stack
  fi
  smoke_test
}

main "$@"
