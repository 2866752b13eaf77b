#!/usr/bin/env bash
# Measures the artifact for Azure, and a function without any framework.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: benchmarks/azure.sh [--quick] [--worker DIR] [JDK...]

Packages the artifact for Azure and measures it on this machine: the cold start to the first order, the loaded classes, and warm
calls. benchmarks/AzureFloor.java is measured for comparison. All programs run in the stand-in for Azure's Java worker with an
embedded PostgreSQL. benchmarks/README.md explains the figures.

  JDK      home directories of the JDKs (default: the first 17 and the first 25 in /usr/lib/jvm, otherwise the JDK that
           JAVA_HOME or the path names)
  --quick  fewer rounds and calls
  --worker Azure's own Java worker instead of the stand-in. The worker is not in Maven's repository, so build it: clone
           https://github.com/Azure/azure-functions-java-worker, run mvn package -DskipTests there, and name the clone.
  --help   this text
USAGE
}

mode=whole
worker=
while [[ $# -gt 0 ]]; do
  case "$1" in
  --help | -h)
    usage
    exit 0
    ;;
  --quick)
    mode=quick
    ;;
  --worker)
    worker=$(find "${2:-}" -path '*/target/azure-functions-java-worker-*.jar' ! -name '*-tests.jar' 2>/dev/null | head -n 1 || true)
    if [[ -z "$worker" ]]; then
      echo "There is no built worker in '${2:-}'. Clone and build it; see --help." >&2
      exit 2
    fi
    worker=$(realpath "$worker")
    shift
    ;;
  -*)
    usage >&2
    exit 2
    ;;
  *)
    break
    ;;
  esac
  shift
done

cd "$(dirname "${BASH_SOURCE[0]}")/.."
bin=${JAVA_HOME:+$JAVA_HOME/bin/}
# shellcheck source=scripts/lib/jdks.sh
source scripts/lib/jdks.sh
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

programs=(benchmarks/AzureBenchmark.java benchmarks/Benchmark.java benchmarks/Turns.java benchmarks/Figures.java)
run=(AzureBenchmark)
if [[ -n "$worker" ]]; then
  class_path="$class_path:$worker"
  programs+=(benchmarks/JavaWorker.java)
  run=(JavaWorker "$worker")
fi
"${bin}javac" -Xlint:all,-path,-try,-processing,-classfile -d "$work/program" -cp "$class_path" "${programs[@]}"
exec "${bin}java" -cp "$work/program:$class_path" "${run[@]}" "$mode" "$work" test_order.json "${jdks[@]}"
