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

# takes_option OPTION WORD...: sets option_given to true if the only word is the option. Treats other words as
# takes_no_arguments does.
takes_option() {
  option_given=''
  # shellcheck disable=SC2034 # for the script
  if [[ $# -eq 2 && $2 == "$1" ]]; then option_given=true; else takes_no_arguments "${@:2}"; fi
}
