# shellcheck shell=bash
# The command line of scripts with few arguments. To be sourced. The script provides the function usage.

# takes_no_arguments WORD...: prints the usage text for --help. Ends with exit code 2 for any other word.
takes_no_arguments() {
  case "$#${1:-}" in
  0) ;;
  1--help | 1-h)
    usage
    exit 0
    ;;
  *)
    usage >&2
    exit 2
    ;;
  esac
}

# takes_mode OPTIONS WORD...: sets mode to the name of the first word, if the word is one of the options, otherwise to whole.
# Sets the array others to the other words.
# shellcheck disable=SC2034 # for the script
takes_mode() {
  local options=$1
  shift
  mode=whole
  if [[ ${1:-} == -* ]]; then
    [[ " $options " == *" $1 "* ]] || takes_no_arguments "$1"
    mode=${1#--}
    shift
  fi
  others=("$@")
}

# takes_option OPTION WORD...: sets option_given to true if the only word is the option. Treats other words as
# takes_no_arguments does.
takes_option() {
  option_given=''
  # shellcheck disable=SC2034 # for the script
  if [[ $# -eq 2 && $2 == "$1" ]]; then option_given=true; else takes_no_arguments "${@:2}"; fi
}

# needs_tools WHAT PACKAGES TOOL...: ends with the line NOT CHECKED if a tool is missing.
needs_tools() {
  local tool
  for tool in "${@:3}"; do
    if ! command -v "$tool" >/dev/null; then
      echo "NOT CHECKED, $tool is missing: $1; install the Debian packages $2"
      exit 0
    fi
  done
}
