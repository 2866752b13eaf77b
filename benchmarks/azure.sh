#!/usr/bin/env bash
# Measures the artifact for Azure, and a function without any framework.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: benchmarks/azure.sh [--quick] [JDK...]

Packages the artifact for Azure and measures it on this machine: the cold start to the first order, the loaded classes, and warm
calls. benchmarks/AzureFloor.java is measured for comparison. All programs run in the stand-in for Azure's Java worker with an
embedded PostgreSQL. benchmarks/README.md explains the figures.

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

work=target/benchmark/azure
rm -rf "$work"
mkdir -p "$work/floor/orders" "$work/floor/lib" "$work/program"
mvn -q -B -Pazure -DskipTests pre-integration-test dependency:build-classpath -DincludeScope=test \
  "-Dmdep.outputFile=$work/class-path"
class_path="target/azure/test-classes:$(<"$work/class-path")"

app=target/azure-functions/ecommerce-order-api
cp "$app/host.json" "$work/floor"
sed -e 's/"entryPoint" *: *"[^"]*"/"entryPoint": "AzureFloor.handle"/' \
  -e 's/"scriptFile" *: *"[^"]*"/"scriptFile": "..\/floor.jar"/' "$app/orders/function.json" >"$work/floor/orders/function.json"
cp "$app"/lib/jackson-core-3.*.jar "$app"/lib/postgresql-*.jar "$work/floor/lib"
"${bin}javac" --release 17 -Xlint:all,-path -d "$work/floor-classes" -cp "$work/floor/lib/*:$class_path" \
  benchmarks/Floor.java benchmarks/AzureFloor.java
"${bin}jar" cf "$work/floor/floor.jar" -C "$work/floor-classes" .

"${bin}javac" -Xlint:all,-path,-try -d "$work/program" -cp "$class_path" \
  benchmarks/AzureBenchmark.java benchmarks/Turns.java benchmarks/Figures.java
exec "${bin}java" -cp "$work/program:$class_path" AzureBenchmark "$mode" "$work" test_order.json "${jdks[@]}"
