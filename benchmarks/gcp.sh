#!/usr/bin/env bash
# Measures the artifact for Google Cloud, and a function without any framework.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: benchmarks/gcp.sh [--quick] [JDK...]

Packages the artifact for Google Cloud and measures it on this machine: the cold start to the first order, the loaded classes,
and warm calls. benchmarks/GcpFloor.java is measured for comparison. All programs run in Google's invoker with an embedded
PostgreSQL. benchmarks/README.md explains the figures.

  JDK      home directories of the JDKs (default: the first 17 and the first 25 in /usr/lib/jvm, otherwise the JDK that
           JAVA_HOME or the path names)
  --quick  fewer rounds and calls
  --help   this text
USAGE
}

mode=whole
case "${1:-}" in
--help | -h)
  usage
  exit 0
  ;;
--quick)
  mode=quick
  shift
  ;;
-*)
  usage >&2
  exit 2
  ;;
esac

cd "$(dirname "${BASH_SOURCE[0]}")/.."
bin=${JAVA_HOME:+$JAVA_HOME/bin/}
# shellcheck source=benchmarks/jdks.sh
source benchmarks/jdks.sh
find_jdks "$@"

work=target/benchmark/gcp
rm -rf "$work"
mkdir -p "$work/floor" "$work/program"
mvn -q -B -Pgcp -DskipUnitTests -DskipTests verify dependency:build-classpath -DincludeScope=test \
  "-Dmdep.outputFile=$work/class-path"
class_path="target/gcp/test-classes:$(<"$work/class-path")"

cp target/deploy/libs/jackson-core-3.*.jar target/deploy/libs/postgresql-*.jar "$work/floor"
"${bin}javac" --release 17 -Xlint:all,-path -d "$work/floor/classes" -cp "$work/floor/*:$class_path" \
  benchmarks/Floor.java benchmarks/GcpFloor.java
"${bin}jar" cf "$work/floor/floor.jar" -C "$work/floor/classes" .
floor=$(printf '%s:' "$work"/floor/*.jar)

"${bin}javac" -Xlint:all,-path,-try -d "$work/program" -cp "$class_path" \
  benchmarks/GcpBenchmark.java benchmarks/Turns.java benchmarks/Figures.java
exec "${bin}java" -cp "$work/program:$class_path" GcpBenchmark "$mode" "$work" "${floor%:}" test_order.json "${jdks[@]}"
