# shellcheck shell=bash
# The command line of scripts that take no arguments. To be sourced. The script provides the function usage.

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
