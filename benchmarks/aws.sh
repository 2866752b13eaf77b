#!/usr/bin/env bash
# Measures the AWS artifact, a handler without any framework, and the samples' way.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: benchmarks/aws.sh [--quick | --logins | --image | --steps] [JDK...]

Packages the AWS artifact and measures it on this machine: the cold start to the first order, the loaded classes, and warm
calls. benchmarks/FloorHandler.java and benchmarks/samples-way are measured for comparison. All programs run under
Amazon's runtime interface client with an embedded PostgreSQL. On a JDK 25 they run again with a cache of classes.
benchmarks/README.md explains the figures.

  JDK      home directories of the JDKs (default: the first 17 and the first 25 in /usr/lib/jvm, otherwise the JDK that
           JAVA_HOME or the path names)
  --quick  fewer rounds and calls
  --logins measures only cold starts with the logins of aws/template.yaml, over TLS, of the API and the floor
  --image  measures only cold starts from the ZIP and from the files of the container image of scripts/image_files.sh
  --steps  measures only the floor inside the API's libraries, step by step: adapter, pool, log line
  --help   this text
USAGE
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/usage.sh
takes_mode "--quick --logins --image --steps" "$@"
bin=${JAVA_HOME:+$JAVA_HOME/bin/}
# shellcheck source=scripts/lib/jdks.sh
source scripts/lib/jdks.sh
find_jdks ${others[@]+"${others[@]}"}

work=target/benchmark/aws
rm -rf "$work"
mkdir -p "$work/api" "$work/floor/lib" "$work/samples" "$work/program"
mvn -q -B -Paws -DskipTests package dependency:build-classpath -DincludeScope=test "-Dmdep.outputFile=$work/class-path"
mvn -q -B -f benchmarks/samples-way package
class_path="target/aws/test-classes:$(<"$work/class-path")"

(cd "$work/api" && "${bin}jar" xf ../../../ecommerce-order-api-aws.zip)
cp -r benchmarks/samples-way/target/classes/. benchmarks/samples-way/target/lib "$work/samples"
# The AWS SDK brings another jackson-core.
cp "$work"/api/lib/jackson-core-3.*.jar "$work"/api/lib/postgresql-*.jar "$work/floor/lib"
core=$(tr ':' '\n' <"$work/class-path" | grep '/aws-lambda-java-core-')
# The floor logs in with the plug-in of the API.
(cd "$work/api" && cp -r --parents com/ecommerce/orders/aws/login com/ecommerce/orders/settings ../floor)
"${bin}javac" --release 17 -Xlint:all,-path -d "$work/floor" -cp "$work/floor/lib/*:$core" \
  benchmarks/Floor.java benchmarks/FloorHandler.java
cp -r "$work/api" "$work/steps"
"${bin}javac" --release 17 -Xlint:all,-path,-processing -d "$work/steps" -cp "$work/steps:$work/steps/lib/*:$core" \
  benchmarks/Floor.java benchmarks/FloorHandler.java benchmarks/FloorSteps.java
for each in api floor samples; do
  (cd "$work/$each" && find . -type f ! -path './lib/*' ! -name app.jar -print0 | sort -z | xargs -0 "${bin}jar" cf app.jar)
done

if [[ $mode == image ]]; then
  for jdk in "${jdks[@]}"; do
    JAVA_HOME=$jdk scripts/image_files.sh aws "$work/image-$(basename "$jdk")"
  done
fi

"${bin}javac" -Xlint:all,-path,-try -d "$work/program" -cp "$class_path" \
  benchmarks/AwsBenchmark.java benchmarks/Benchmark.java benchmarks/Turns.java benchmarks/Cache.java benchmarks/Functions.java \
  benchmarks/Logins.java benchmarks/Lambda.java benchmarks/Figures.java
exec "${bin}java" -cp "$work/program:$class_path" AwsBenchmark \
  "$mode" "$work" aws/events/http-api-v2-create.json test_order.json "${jdks[@]}"
