# shellcheck shell=bash
# Runs the Java programs of this project. To be sourced, in the folder of the project.

# needs_java SCRIPT: ends if Java or Maven is missing.
needs_java() {
  local tool
  for tool in mvn "${JAVA_HOME:+$JAVA_HOME/bin/}java"; do
    command -v "$tool" >/dev/null || {
      echo "$1: $tool is missing; install a JDK 17 or later and Maven 3.8 or later" >&2
      exit 1
    }
  done
}

# java_program CLASS [ARGUMENT...]: compiles changed files and replaces the shell by the program. So the arguments, the
# output and the exit code are those of the program.
java_program() {
  local classpath=target/local/program-classpath
  mvn -q -B -ntp -Dstyle.color=never -Plocal compile dependency:build-classpath \
    "-Dmdep.outputFile=$classpath" -Dmdep.includeScope=runtime >&2
  exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError \
    -cp "target/local/classes:$(<"$classpath")" "$@"
}

# api_command SCRIPT COMMAND [ARGUMENT...]: replaces the shell by a command of the API's jar. The jar checks the arguments.
# Compiles the sources instead, if the jar does not exist or a source is newer. An old jar has old migrations.
api_command() {
  local script=$1 jar=target/ecommerce-order-api.jar
  local sources=(pom.xml profiles database/migrations src/main src/local/main src/admin/main)
  shift
  # The build sets a fixed time of modification, so the status time tells when the jar was written.
  if [[ -f $jar && -z $(find "${sources[@]}" -newermc $jar -print -quit) ]]; then
    exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError -jar $jar "$@"
  fi
  needs_java "$script"
  java_program com.ecommerce.orders.local.LocalApplication "$@"
}
