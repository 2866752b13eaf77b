#!/usr/bin/env bash
# Measures the artifact for Google Cloud, and a function without any framework.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: benchmarks/gcp.sh [--quick] [JDK...]

Packages the artifact for Google Cloud and measures it on this machine: the cold start to the first order, the loaded classes,
and warm calls. benchmarks/GcpFloor.java is measured for comparison. All programs run in Google's invoker with an embedded
PostgreSQL, first as deployed from source, then as in a container image with a cache of classes. benchmarks/README.md
explains the figures.

  JDK      home directories of the JDKs (default: the first 17 and the first 25 in /usr/lib/jvm, otherwise the JDK that
           JAVA_HOME or the path names)
  --quick  fewer rounds and calls
  --help   this text
USAGE
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/usage.sh
takes_mode "--quick" "$@"
bin=${JAVA_HOME:+$JAVA_HOME/bin/}
# shellcheck source=scripts/lib/jdks.sh
source scripts/lib/jdks.sh
find_jdks ${others[@]+"${others[@]}"}

work=target/benchmark/gcp
rm -rf "$work"
mkdir -p "$work/floor/libs" "$work/program"
mvn -q -B -Pgcp -DskipUnitTests -DskipTests verify dependency:build-classpath -DincludeScope=test \
  "-Dmdep.outputFile=$work/class-path"
class_path="target/gcp/test-classes:$(<"$work/class-path")"

cp -r target/deploy "$work/api"
mv "$work/api/ecommerce-order-api.jar" "$work/api/app.jar"
cp target/deploy/libs/jackson-core-3.*.jar target/deploy/libs/postgresql-*.jar "$work/floor/libs"
"${bin}javac" --release 17 -Xlint:all,-path -d "$work/program/floor" -cp "$work/floor/libs/*:$class_path" \
  benchmarks/Floor.java benchmarks/GcpFloor.java
(
  cd "$work/floor"
  echo "Class-Path: $(printf '%s ' libs/*.jar)" | "${bin}jar" cfm app.jar /dev/stdin -C ../program/floor .
)
for each in api floor; do cp target/gcp/invokers/java-function-invoker-2.0.0.jar "$work/$each/invoker.jar"; done

"${bin}javac" -Xlint:all,-path,-try -d "$work/program" -cp "$class_path" \
  benchmarks/GcpBenchmark.java benchmarks/Benchmark.java benchmarks/GcpOrders.java benchmarks/Turns.java benchmarks/Cache.java \
  benchmarks/Figures.java
exec "${bin}java" -cp "$work/program:$class_path" GcpBenchmark "$mode" "$work" test_order.json "${jdks[@]}"
