# shellcheck shell=bash
# Prints messages and commands for the deployments. To be sourced. Colors only on a terminal.

# shellcheck disable=SC2034 # scripts/lib/deploy.sh uses the green
if [[ -t 1 && -z ${NO_COLOR:-} ]]; then
  bold=$'\e[1m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
else
  bold='' red='' green='' plain=''
fi

# say TEXT: names the step that begins.
say() { printf '%s\n' "$bold==> $*$plain"; }

# note TEXT: prints a detail of the step.
note() { printf '    %s\n' "$*"; }

# warn TEXT: prints a problem.
warn() { printf '%s\n' "${red}scripts/${0##*/}: $*$plain" >&2; }

# fail TEXT [ADVICE...]: prints a problem and what to do, and ends with exit code 1.
fail() {
  warn "$1"
  shift
  if (($# > 0)); then printf '  %s\n' "$@" >&2; fi
  exit 1
}

# misuse TEXT: prints what is wrong with the command line, and ends with exit code 2.
misuse() {
  warn "$1"
  printf '  See scripts/%s --help\n' "${0##*/}" >&2
  exit 2
}

# show WORD...: prints a command so that it can be typed.
show() {
  local word name line='+'
  for word in "$@"; do
    name=''
    if [[ $word =~ ^[A-Za-z_]+= ]]; then
      name=${BASH_REMATCH[0]}
      word=${word#"$name"}
    fi
    [[ $word =~ ^[A-Za-z0-9_./:=,@%+-]*$ ]] || word="'${word//\'/\'\\\'\'}'"
    line+=" $name$word"
  done
  printf '%s\n' "$line"
}
