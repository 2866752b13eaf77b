#!/usr/bin/env bash
# Stands in for a command of the documentation under whose name it is linked. The rules are those of
# DocumentedCommandsTest.
set -euo pipefail

refuse() {
  echo "documented command: $*" >&2
  exit 1
}

name=${0##*/}
case $name in
mvn)
  # Nothing is built: the test's own class path is the program's. What is named must exist.
  for word in "$@"; do
    case $word in
    -P*)
      IFS=, read -ra profiles <<<"${word#-P}"
      for profile in "${profiles[@]}"; do
        [[ $(<pom.xml) == *"<id>$profile</id>"* ]] || refuse "no profile $profile"
      done
      ;;
    -Dtest=*) [[ -n $(find src aws azure gcp -name "${word#-Dtest=}.java") ]] || refuse "no test ${word#-Dtest=}" ;;
    -Dmdep.outputFile=*) mkdir -p "$(dirname "${word#*=}")" && : >"${word#*=}" ;;
    esac
  done
  ;;
java)
  # The program that a script starts, or a command of the jar, with the class path of the test. The API is not started.
  while [[ ${1:-} == -* ]]; do
    case $1 in
    -cp) shift ;;
    -jar)
      [[ -n ${3:-} ]] || exit 0
      shift 2
      set -- com.ecommerce.orders.local.LocalApplication "$@"
      if [[ $STAND_IN_ELSEWHERE == true ]]; then set -- "$@" --help; fi
      break
      ;;
    esac
    shift
  done
  [[ ${1:-} == com.ecommerce.* ]] || exit 0
  exec "$STAND_IN_JAVA" -XX:TieredStopAtLevel=1 -cp "$STAND_IN_CLASSPATH" "$@"
  ;;
documented)
  # A script of ours. What deploys only says what it would do; what takes long, or needs what is not here, explains itself.
  [[ -x $1 ]] || refuse "no script $1"
  case $1 in
  scripts/deploy_*) exec "$@" --dry-run ;;
  scripts/migrate.sh | scripts/tenant.sh)
    [[ $STAND_IN_ELSEWHERE == true ]] || exec "$@"
    exec "$1" --help
    ;;
  *) exec "$1" --help ;;
  esac
  ;;
cp) [[ -f $1 ]] || refuse "no file $1" ;;
tee | sudo) cat >/dev/null ;;
*)
  # A cloud's command line, or a client of a server that is not here: accepted as it is.
  exit 0
  ;;
esac
