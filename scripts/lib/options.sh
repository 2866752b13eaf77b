# shellcheck shell=bash
# The options of the three deployments. To be sourced. An option means the same on each cloud that has it.
# shellcheck disable=SC2154 # the script provides the texts

# Prints one row for each option: CLOUDS | OPTION | EFFECT | HELP. An effect is one of
#   NAME=          the variable NAME takes the next word
#   NAME+=         the array NAME gets the next word as well
#   NAME=CONSTANT  the variable NAME gets the constant
#   now OPTION     the option has another name today
# A text in braces comes from the script: {region}, {preset}, {production} and {settings}.
option_table() {
  cat <<'TABLE'
aws           | --stack NAME          | stack=                | name of the CloudFormation stack (default: orders-api)
azure         | --resource-group NAME | group=                | resource group; created if it does not exist (default: AZURE_RESOURCE_GROUP)
gcp           | --project ID          | project=              | project (default: PROJECT_ID of the settings)
aws azure gcp | --region REGION       | region=               | region (default: {region})
aws azure gcp | --preset NAME         | preset=               | start from the values in {preset}; production: {production}
aws azure gcp | --settings FILE       | settings=             | your values, which win over the preset (default: {settings})
aws azure gcp | --set NAME=VALUE      | assignments+=         | one value, which wins over the settings; can be repeated
azure         | --secret NAME         | secrets+=             | store the environment variable NAME in Key Vault as the app setting NAME; can be repeated
azure         | --keep-secrets        | keep_secrets=true     | keep the secret settings that earlier deployments stored
azure         | --drop-secrets        | drop_secrets=true     | remove the secret settings that --secret does not name
azure         | --lower-protection    | lower_protection=true | allow this run to lower high availability or backup days of the database, or to change the redundancy of the storage account
azure         | --open-database IP    | client_address=       | let this IPv4 address (your public one) reach the database while the migration runs; needed outside the virtual network
aws gcp       | --image               | image=true            | build a container image with a cache of classes, which starts faster, push and deploy it; the same as DEPLOY_WITH=image on Google Cloud; needs Docker
aws azure gcp | --skip-build          | build=false           | deploy the artifact that is already in target/
azure gcp     | --skip-infra          | infra=false           | leave the resources as they are
aws azure gcp | --skip-migration      | migrate=false         | leave the database schema as it is
azure gcp     | --skip-app            | app=false             | do not build and deploy the app
gcp           | --skip-gateway        | gateway=false         | leave the API gateway as it is
aws azure gcp | --skip-smoke          | smoke=false           | do not call the deployed API
aws azure gcp | --yes                 | ask=false             | do not ask before changes are made; needed where no one can answer, as in CI
aws azure gcp | --dry-run             | dry_run=first         | print every command of a first deployment, with the permissions that it needs; run none; needs no tools and no login
aws azure gcp | --dry-run=again       | dry_run=again         | the same for a later deployment
aws azure gcp | --help                | help=true             | this text
aws azure gcp | -h                    | help=true             |
aws azure gcp | --parameter           | now --set             |
aws azure gcp | --parameters          | now --settings        |
aws azure gcp | --location            | now --region          |
TABLE
}

# Prints the variables that every deployment reads, in the rows NAME | HELP.
common_environment() {
  cat <<'TABLE'
SMOKE_TOKEN | access token of a caller with orders:read; the smoke test then also lists orders
NO_COLOR    | any value switches colors off
TABLE
}

# print_row NAME HELP: prints a row of two columns. Breaks long lines.
print_row() {
  local line='' word
  printf '  %-23s' "$1"
  for word in $2; do
    if ((${#line} + ${#word} > 85)); then
      printf '%s\n%25s' "$line" ''
      line=''
    fi
    line+=" $word"
  done
  printf '%s\n' "$line"
}

# trim TEXT: stores the text without spaces around it in the variable trimmed.
trim() {
  trimmed=${1#"${1%%[! ]*}"}
  trimmed=${trimmed%"${trimmed##*[! ]}"}
}

# Prints the usage text. The script provides cloud, synopsis, about, default_region, preset_files, production,
# default_settings, examples and the function environment.
usage() {
  local clouds option text name trimmed
  printf 'Usage: scripts/deploy_%s.sh %s\n\n%s\n\nOptions:\n' "$cloud" "$synopsis" "$about"
  while IFS='|' read -r clouds option _ text; do
    trim "$text"
    if [[ " $clouds " != *" $cloud "* || -z $trimmed ]]; then continue; fi
    text=$trimmed
    text=${text/'{region}'/$default_region}
    text=${text/'{preset}'/$preset_files}
    text=${text/'{production}'/$production}
    text=${text/'{settings}'/$default_settings}
    trim "$option"
    print_row "$trimmed" "$text"
  done < <(option_table)
  printf '\nEnvironment:\n'
  while IFS='|' read -r name text; do
    trim "$name"
    print_row "$trimmed" "$text"
  done < <(environment && common_environment)
  printf '\n%s\n\nExit codes: 0 done, 1 failed, 2 wrong usage%s, 4 declined, so nothing was changed.\n' "$examples" "${more_exit_codes:-}"
}

# find_option WORD: stores the clouds and the effect of an option, or fails.
find_option() {
  local option text trimmed
  while IFS='|' read -r option_clouds option option_effect text; do
    trim "$option"
    if [[ ${trimmed%% *} == "$1" ]]; then
      trim "$option_effect"
      option_effect=$trimmed
      return
    fi
  done < <(option_table)
  return 1
}

# parse WORD...: sets the variables that the options name. Ends if the command line is wrong.
parse() {
  local option option_clouds='' option_effect='' name help='' trimmed
  while (($#)); do
    option=$1
    shift
    find_option "$option" || misuse "unknown option $option"
    if [[ $option_effect == now\ * ]]; then misuse "$option is called ${option_effect#now } now"; fi
    trim "$option_clouds"
    [[ " $trimmed " == *" $cloud "* ]] || misuse "$option is only for: $trimmed"
    name=${option_effect%%[+=]*}
    case $option_effect in
    *=)
      if [[ $# -eq 0 || -z $1 || $1 == --* ]]; then misuse "$option needs a value"; fi
      if [[ $option_effect == *+= ]]; then eval "$name+=(\"\$1\")"; else printf -v "$name" '%s' "$1"; fi
      shift
      ;;
    *) printf -v "$name" '%s' "${option_effect#*=}" ;;
    esac
  done
  if [[ -n $help ]]; then
    usage
    exit 0
  fi
}
