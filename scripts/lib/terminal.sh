# shellcheck shell=bash
# What the deployments say, and how they show commands. To be sourced. Colours on a terminal only.

# shellcheck disable=SC2034 # scripts/lib/deploy.sh uses the green
if [[ -t 1 && -z ${NO_COLOR:-} ]]; then
  bold=$'\e[1m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
else
  bold='' red='' green='' plain=''
fi

# say TEXT: what is done now.
say() { printf '%s\n' "$bold==> $*$plain"; }

# note TEXT: more about it.
note() { printf '    %s\n' "$*"; }

# warn TEXT: something is left for people to do.
warn() { printf '%s\n' "$red${0##*/}: $*$plain" >&2; }

# fail TEXT [ADVICE...]: ends, with what to do about it.
fail() {
  warn "$1"
  shift
  if (($# > 0)); then printf '  %s\n' "$@" >&2; fi
  exit 1
}

# misuse TEXT: ends, since the command line is wrong.
misuse() {
  warn "$1"
  printf '  See scripts/%s --help\n' "${0##*/}" >&2
  exit 2
}

# show WORD...: the command as it could be typed.
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
