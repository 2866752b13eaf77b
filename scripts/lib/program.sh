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

# needs_setting SCRIPT NAME EXAMPLE: ends if the environment does not have the setting.
needs_setting() {
  [[ -n ${!2:-} ]] || {
    echo "scripts/$1: set $2, for example $2=$3" >&2
    exit 2
  }
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
