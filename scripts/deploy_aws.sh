#!/usr/bin/env bash
# Builds the artifact for AWS, deploys the stack of aws/template.yaml, migrates the database and checks the result.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
readonly cloud=aws
. scripts/lib/deploy.sh

readonly TEMPLATE=aws/template.yaml
readonly PERMISSIONS=aws/deployer.yaml
readonly ARTIFACT=target/ecommerce-order-api-aws.zip
readonly IMAGE_TEMPLATE=target/aws-image-template.yaml
readonly CA_FILE=target/rds-global-bundle.pem
readonly CA_URL=https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem
readonly TUNNEL_PORT=15432

# ---- Command line

synopsis='[options]'
about='Deploys the order API to AWS: builds, migrates the database, deploys, checks the API and prints its address.
Running it again is safe. docs/deploying-aws.md explains the first deployment step by step.

A first deployment creates the stack, then migrates, because the database is a part of the stack. Until the migration
the API responds with 503. Later deployments migrate first, then deploy. A parameter of the template that has no value
here keeps the value of the last deployment. Without --yes the script shows the changes of the stack and asks first.'
default_region='AWS_REGION, AWS_DEFAULT_REGION or the setting of the AWS CLI'
preset_files=aws/NAME.parameters
production='two zones, protected data, alarms, an uptime check, a budget, traffic that shifts step by step'
default_settings='aws/deploy.parameters, if it exists'
examples='Example:
  aws sso login
  scripts/deploy_aws.sh --dry-run
  scripts/deploy_aws.sh --region eu-central-1 --set DeletionProtection=false'
more_exit_codes=', 3 deployed but not migrated yet'

environment() {
  cat <<'TABLE'
MIGRATION_DB_URL  | JDBC URL that reaches the database from here, for example through a tunnel; not needed if this machine reaches the database itself
DB_OWNER          | role that owns the tables (default: the output DatabaseOwner of the stack)
DB_OWNER_PASSWORD | its password; only for an existing database with DatabaseLogin=secret. Otherwise the owner logs in by IAM, and this script makes a fresh token
TABLE
}

stack=orders-api
image=false repository=''
parameters=()
state='' url=''

# set_parameter NAME VALUE PLACE: sets a parameter of the template. A later value replaces an earlier one.
set_parameter() {
  local pair kept=()
  [[ $2 != *\"* && $2 != *\\* ]] || wrong_value "$3" "the value of $1 must be without quotes and backslashes: $2"
  grep -q "^  $1:\$" <(sed -n '/^Parameters:/,/^Conditions:/p' "$TEMPLATE") || wrong_value "$3" "$TEMPLATE has no parameter $1"
  for pair in ${parameters[@]+"${parameters[@]}"}; do
    [[ $pair == "$1="* ]] || kept+=("$pair")
  done
  parameters=(${kept[@]+"${kept[@]}"} "$1=$2")
}

read_settings() {
  [[ $stack =~ ^[A-Za-z][A-Za-z0-9-]{0,50}$ ]] ||
    misuse "--stack must be a letter, then letters, digits and hyphens, at most 51 characters: $stack"
  [[ -z $settings || -f $settings ]] || misuse "--settings $settings: there is no such file"
  if [[ -z $settings && -f aws/deploy.parameters ]]; then settings=aws/deploy.parameters; fi
  find_preset
  if [[ -n $preset_file ]]; then apply_file "$preset_file" set_parameter; fi
  if [[ -n $settings ]]; then apply_file "$settings" set_parameter; fi
  apply_assignments set_parameter
  if $image; then set_parameter PackageType Image --image; fi
  if [[ $(given PackageType) == Image ]]; then image=true; fi
}

# Prints the permissions that the stack needs: the actions of the first policies of the file.
stack_permissions() {
  sed -n '/^  FrontPolicy:/q; s/^  *- \([a-z0-9-]*:[A-Za-z]*\)$/\1/p' "$PERMISSIONS" | sort -u
}

# Prints the default that the template has for a parameter.
template_default() {
  sed -n "/^  $1:\$/,/^    Default:/s/^    Default: //p" "$TEMPLATE"
}

# Prints the value that this run gives to a parameter, or nothing.
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

# Sets state to first or again.
check_tools() {
  say 'Checking tools and credentials'
  local account identity=(aws sts get-caller-identity --query Account --output text)
  if is_dry_run; then
    announce "${identity[@]}"
    needs sts:GetCallerIdentity
    show aws cloudformation describe-stacks --stack-name "$stack" --query 'Stacks[0].StackStatus' --output text
    needs cloudformation:DescribeStacks
    state=$dry_run
    return
  fi
  require_tools aws sam curl
  command -v jq >/dev/null || command -v python3 >/dev/null || fail 'neither jq nor python3 is installed' \
    'One of them is needed to read secrets. Install it and run this again.'
  region=${region:-${AWS_REGION:-${AWS_DEFAULT_REGION:-$(aws configure get region || true)}}}
  [[ -n $region ]] || fail 'no AWS region' 'Give one, for example: scripts/deploy_aws.sh --region eu-central-1'
  export AWS_REGION=$region AWS_DEFAULT_REGION=$region
  account=$("${identity[@]}") || fail 'no valid AWS credentials' \
    "Log in with 'aws sso login' or 'aws configure', or set AWS_PROFILE. Check with 'aws sts get-caller-identity'." \
    'Then run this again.'
  note "account $account, region $region, stack $stack"
  state=$(stack_state)
  if [[ $state == again && -z $(given PackageType) && $(output PackageType) == Image ]]; then image=true; fi
  if $image && $build; then require_tools docker; fi
}

# Prints first or again. Ends if CloudFormation would refuse to deploy.
stack_state() {
  local status
  if ! status=$(aws cloudformation describe-stacks --stack-name "$stack" --query 'Stacks[0].StackStatus' --output text 2>&1); then
    [[ $status == *"does not exist"* ]] || fail "could not look up the stack $stack" "$status"
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
    fail "the stack $stack is $status: deploy to the stack only after its rollback is finished" \
      "See what failed: aws cloudformation describe-stack-events --stack-name $stack --region $region" \
      "Remove the cause, then continue: aws cloudformation continue-update-rollback --stack-name $stack --region $region" \
      "Wait for it: aws cloudformation wait stack-rollback-complete --stack-name $stack --region $region" \
      "Then run this again."
    ;;
  *_IN_PROGRESS) fail "the stack $stack is $status" "Wait until the operation is over, then run this again." ;;
  *) echo again ;;
  esac
}

check_first_parameters() {
  local name
  if $image && ! $build && [[ -z $(given ImageUri) ]]; then
    fail 'there is no image to deploy' 'Run this again without --skip-build, or add --set ImageUri=...'
  fi
  if [[ -n $(given ExistingDatabaseId) ]]; then
    for name in VpcId SubnetIds DatabaseSecurityGroupId ExistingDatabaseEndpoint ExistingDatabaseResourceId; do
      [[ -n $(given "$name") ]] || fail "ExistingDatabaseId needs $name as well" "Add --set $name=..."
    done
  fi
  if [[ -n $(given VpcId) && -z $(given SubnetIds) ]]; then
    fail "VpcId needs SubnetIds as well" "Add --set SubnetIds=subnet-...,subnet-... (two private subnets)"
  fi
  if [[ $(given MonthlyBudgetDollars) =~ [1-9] && -z $(given AlarmEmail) ]]; then
    fail "MonthlyBudgetDollars needs AlarmEmail as well" "Add --set AlarmEmail=you@example.com"
  fi
}

# Ends if Lambda would refuse the reservation. Lambda would refuse only after the stack has made the database.
check_concurrency() {
  local wanted unreserved
  wanted=$(given ReservedConcurrency)
  wanted=${wanted:-$(template_default ReservedConcurrency)}
  ((wanted > 0)) || return 0
  capture unreserved "$((wanted + 100))" aws lambda get-account-settings \
    --query AccountLimit.UnreservedConcurrentExecutions --output text ||
    fail 'could not look up the concurrency of this account' 'Add --set ReservedConcurrency=0 to deploy without a reservation.'
  needs lambda:GetAccountSettings
  ((unreserved - wanted >= 100)) || fail \
    "ReservedConcurrency=$wanted is too much: $unreserved concurrent executions are not reserved yet, and 100 must stay so" \
    "Ask AWS for more (Service Quotas, Lambda, concurrent executions), or add --set ReservedConcurrency=0."
}

# Prints an output of the stack, or nothing.
output() {
  if is_dry_run; then
    printf '<%s>' "$1"
    return
  fi
  local value
  value=$(aws cloudformation describe-stacks --stack-name "$stack" --output text \
    --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue")
  if [[ $value != None ]]; then printf '%s' "$value"; fi
}

build_artifact() {
  say 'Artifact'
  if $image; then
    find_repository
    if $build; then build_image; fi
    write_image_template
    return
  fi
  if $build; then run mvn -Paws package; fi
  require_artifact "$ARTIFACT"
}

# Sets repository to the address of the repository for the image. Creates the repository if there is none.
find_repository() {
  local name=$stack-orders example="123456789012.dkr.ecr.${region:-<region>}.amazonaws.com/$stack-orders" options
  options=(--repository-name "$name" --image-scanning-configuration scanOnPush=true --image-tag-mutability IMMUTABLE)
  if ! capture repository "$example" aws ecr describe-repositories --repository-names "$name" \
    --query 'repositories[0].repositoryUri' --output text 2>/dev/null; then
    capture repository "$example" aws ecr create-repository "${options[@]}" --query repository.repositoryUri --output text ||
      fail "no repository for the image" "Your identity needs the policy ImagePolicyArn of $PERMISSIONS."
  fi
  needs ecr:CreateRepository ecr:DescribeRepositories
}

# Builds the image, pushes it, and gives its address to the template. The training run of the build writes a cache that only
# the same kind of processor can read, so the image is built for the processor of this machine.
build_image() {
  local built_for wanted password tag digest
  capture built_for arm64 docker version --format '{{.Server.Arch}}' ||
    fail 'Docker does not respond' 'Start Docker and run this again.'
  case $built_for in
  amd64 | x86_64) built_for=amd64 wanted=x86_64 ;;
  *) built_for=arm64 wanted=arm64 ;;
  esac
  if [[ -n $(given Architecture) && $(given Architecture) != "$wanted" ]]; then
    fail "Architecture=$(given Architecture), but Docker builds for $wanted here" \
      "Run this on a machine with that processor, or use --set Architecture=$wanted."
  fi
  set_parameter Architecture "$wanted" --image
  tag=$(date -u +%Y%m%d-%H%M%S)
  if is_dry_run; then tag='<time>'; fi
  # Lambda does not accept an index of images, which a provenance would make of the image.
  run docker build --platform "linux/$built_for" --provenance=false --file aws/Dockerfile --tag "$repository:$tag" .
  capture_secret password 'Check your credentials with: aws sts get-caller-identity' aws ecr get-login-password
  needs ecr:GetAuthorizationToken
  show docker login --username AWS --password-stdin "${repository%%/*}"
  if ! is_dry_run; then docker login --username AWS --password-stdin "${repository%%/*}" <<<"$password"; fi
  run docker push "$repository:$tag"
  needs ecr:BatchCheckLayerAvailability ecr:InitiateLayerUpload ecr:UploadLayerPart ecr:CompleteLayerUpload ecr:PutImage
  capture digest sha256:0 aws ecr describe-images --repository-name "$stack-orders" --image-ids "imageTag=$tag" \
    --query 'imageDetails[0].imageDigest' --output text || fail "the image $tag is not in $repository"
  needs ecr:DescribeImages
  set_parameter ImageUri "$repository@$digest" --image
}

# Writes the copy of the template for an image. The comment at CodeUri in the template says why there is a copy.
write_image_template() {
  note "$IMAGE_TEMPLATE: $TEMPLATE with an image instead of the ZIP"
  if is_dry_run; then return; fi
  mkdir -p target
  awk '
    /^  [A-Za-z]/ { inside = ($1 == "OrdersFunction:") }
    inside && /^      (Handler|Runtime): / { next }
    inside && /^      CodeUri: / { print "      PackageType: Image"; print "      ImageUri: !Ref ImageUri"; next }
    { print }
  ' "$TEMPLATE" >"$IMAGE_TEMPLATE"
}

# sam_deploy OPTION...: runs sam deploy with the parameters of this deployment.
sam_deploy() {
  local template=$TEMPLATE command
  if $image; then
    template=$IMAGE_TEMPLATE
    set -- --image-repository "$repository" "$@"
  fi
  command=(sam deploy --template-file "$template" --stack-name "$stack" --region "${region:-<region>}"
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
  # shellcheck disable=SC2046 # one word for each permission
  needs $(stack_permissions)
  if $image; then needs ecr:BatchGetImage ecr:GetDownloadUrlForLayer ecr:GetRepositoryPolicy ecr:SetRepositoryPolicy; fi
}

# Shows the changes of the stack, then asks. The script asks, because sam deploy also exits with 0 when its own question is
# declined, and asks only after the migration.
confirm_changes() {
  if ! $ask; then return; fi
  say 'Changes of the stack'
  sam_deploy --no-execute-changeset
  if $migrate; then note 'The database is migrated as well.'; fi
  confirm
}

deploy_stack() {
  say 'Stack'
  sam_deploy
  is_dry_run || [[ -n $(output ApiUrl) ]] || fail 'the stack was not deployed' 'Look at the output of sam deploy and run this again.'
}

ca_bundle() {
  if is_dry_run || [[ ! -s $CA_FILE ]]; then
    run mkdir -p target
    run curl --fail --silent --show-error --output "$CA_FILE" "$CA_URL"
  fi
}

reachable() {
  if is_dry_run; then return; fi
  local connected
  connected=$(curl --silent --output /dev/null --connect-timeout 5 --max-time 6 --write-out '%{time_connect}' "http://$1:5432" || true)
  [[ $connected =~ [1-9] ]]
}

migration_url() {
  printf 'jdbc:postgresql://%s:%s/%s?sslmode=verify-full&sslrootcert=%s' "$1" "$2" "$(output DatabaseName)" "${PWD// /%20}/$CA_FILE"
}

# Sets url. Fails and explains how to reach the database if this machine can not reach it.
find_database() {
  url=${MIGRATION_DB_URL:-}
  if [[ -n $url ]]; then
    [[ $url == jdbc:postgresql://* ]] || fail "MIGRATION_DB_URL must start with jdbc:postgresql://"
    [[ $url == *sslmode=verify-full* ]] || note "MIGRATION_DB_URL has no sslmode=verify-full: the server is not verified in full."
    return 0
  fi
  local host
  host=$(output DatabaseEndpoint)
  ca_bundle || fail "could not download the certificates of RDS from $CA_URL" "Set MIGRATION_DB_URL to a URL that needs no download."
  url=$(migration_url "$host" 5432)
  if reachable "$host"; then return 0; fi
  local instance
  instance=$(output MigrationInstanceId)
  note "The database $host is private and not reachable from here. In a second terminal, open a tunnel to the database:"
  if [[ -n $instance ]]; then
    note "  aws ec2-instance-connect ssh --region $region --instance-id $instance --connection-type eice --local-forwarding $TUNNEL_PORT:$host:5432"
  else
    note "  with your own host in the network of the database:"
    note "    aws ssm start-session --region $region --target <instance> --document-name AWS-StartPortForwardingSessionToRemoteHost --parameters host=$host,portNumber=5432,localPortNumber=$TUNNEL_PORT"
    note "  or, in a network that the stack made, let the stack add a host: --set MigrationHost=true --skip-migration"
  fi
  note "The certificate holds the name of the database. Let this name lead to the tunnel while you migrate:"
  note "  echo '127.0.0.1 $host' | sudo tee -a /etc/hosts"
  note "Then run this again with:"
  note "  export MIGRATION_DB_URL='$(migration_url "$host" "$TUNNEL_PORT")'"
  return 1
}

migrate_database() {
  say 'Database'
  local user login host owner owner_password DB_PASSWORD='' options=()
  user=$(output DatabaseUser)
  login=$(output DatabaseLogin)
  host=$(output DatabaseEndpoint)
  owner=${DB_OWNER:-$(output DatabaseOwner)}
  if is_dry_run; then
    login=$(given DatabaseLogin)
    login=${login:-$(template_default DatabaseLogin)}
  fi
  if [[ $login == iam ]]; then
    [[ -z ${DB_OWNER_PASSWORD:-} ]] || fail 'DB_OWNER_PASSWORD is set, but with DatabaseLogin=iam the owner logs in by IAM too' \
      'Unset DB_OWNER_PASSWORD: this script makes a fresh token. In an existing database, run as its administrator:' \
      "GRANT rds_iam TO $owner WITH ADMIN OPTION"
    options=(-- --login rds-iam)
  fi
  owner_password=${DB_OWNER_PASSWORD:-}
  if [[ -z $owner_password ]]; then
    capture_secret owner_password 'Check your credentials with: aws sts get-caller-identity' \
      aws rds generate-db-auth-token --hostname "$host" --port 5432 --username "$owner"
  fi
  if [[ $login == secret ]]; then
    read_application_password
    export DB_PASSWORD
  fi
  run_migration "$url" "$owner" "$user" ${options[@]+"${options[@]}"} || fail 'the migration failed' \
    'Do what the message says and run this again: migrations that were applied are not repeated.' \
    "The owner logs in by IAM: your AWS identity needs the policy $(output MigrationPolicyArn)."
  needs rds-db:connect
}

# Sets DB_PASSWORD from the secret of the application, a JSON object.
read_application_password() {
  local secret
  capture_secret secret 'The stack makes the secret. Look at its output ApplicationSecretArn.' \
    aws secretsmanager get-secret-value --secret-id "$(output ApplicationSecretArn)" --query SecretString --output text
  needs secretsmanager:GetSecretValue
  DB_PASSWORD=$secret
  if is_dry_run; then return; fi
  if command -v jq >/dev/null; then
    DB_PASSWORD=$(jq -r .password <<<"$secret")
  else
    DB_PASSWORD=$(python3 -c 'import json, sys; print(json.load(sys.stdin)["password"])' <<<"$secret")
  fi
}

smoke_test() {
  local api
  api=$(output ApiUrl)
  say "Smoke test of $api"
  log_command="aws logs tail /aws/lambda/$stack-orders --region $region"
  check_api "$api"
  deployed "$api" "Users log in at $(output LoginUrl), client $(output UserClientId), user pool $(output UserPoolId)."
}

first_deployment() {
  check_first_parameters
  check_concurrency
  build_artifact
  confirm_changes
  deploy_stack
  if ! $migrate; then return; fi
  if ! find_database; then
    say 'The stack is deployed. Only the migration is left; until then the API responds with 503.'
    exit 3
  fi
  migrate_database
}

later_deployment() {
  local login
  if $migrate; then
    find_database || fail 'this machine can not migrate the database' \
      'Nothing was changed. Open the tunnel and run this again, or use --skip-migration.'
  fi
  build_artifact
  confirm_changes
  login=$(output DatabaseLogin)
  if $migrate; then migrate_database; fi
  deploy_stack
  # The stack makes the secret of a changed login, so the role gets its password only now.
  if $migrate && [[ $(output DatabaseLogin) != "$login" ]]; then migrate_database; fi
}

parse "$@"
read_settings
derive_machine_clients
if is_dry_run; then say 'Dry run: no command is executed'; fi
check_tools
if [[ $state == first ]]; then first_deployment; else later_deployment; fi
if $smoke; then smoke_test; fi
