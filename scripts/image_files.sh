#!/usr/bin/env bash
# Makes the files of a container image, with a cache of classes from a training run.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: scripts/image_files.sh aws|local DIRECTORY

Packages the artifact and writes it to DIRECTORY as jars on one class path. Runs the artifact there for a number of requests.
The JVM then writes a cache of the classes that these requests needed (JEP 483, 514), which shortens the start of an image
with these files. Needs the same JDK 25 as the image, because another JDK does not accept the cache. aws/Dockerfile and
Dockerfile call this script. The script also runs without them.

Environment:
  JAVA_HOME  the JDK (default: the JDK on the PATH)
USAGE
}

if [[ "${1:-}" == --help || "${1:-}" == -h ]]; then
  usage
  exit 0
fi
if [[ $# -ne 2 || ! "$1" =~ ^(aws|local)$ ]]; then
  usage >&2
  exit 2
fi
adapter=$1
mkdir -p "$2"
directory=$(cd "$2" && pwd)

cd "$(dirname "${BASH_SOURCE[0]}")/.."
bin=${JAVA_HOME:+$JAVA_HOME/bin/}
if ! "${bin}java" -XX:AOTMode=auto -version >/dev/null 2>&1; then
  echo "scripts/image_files.sh: no JDK 25; set JAVA_HOME, for example JAVA_HOME=/usr/lib/jvm/temurin-25-jdk-amd64" >&2
  exit 1
fi

package() {
  mvn -q -B "-P$adapter" -DskipTests package "$@"
}

# write_options FILE OPTION...: writes the options of java. The class path is relative, because the cache compares its text.
write_options() {
  local options=$1
  shift
  (
    cd "$directory"
    printf '%s\n' "$@" >"$options"
    printf -- '-cp app.jar' >>"$options"
    for jar in lib/*.jar; do
      printf ':%s' "$jar" >>"$options"
    done
    printf '\n' >>"$options"
  )
}

lambda() {
  package dependency:build-classpath -DincludeScope=test "-Dmdep.outputFile=target/aws/class-path"
  local class_path jar
  class_path=target/aws/test-classes:$(<target/aws/class-path)
  (cd "$directory" && "${bin}jar" xf "$OLDPWD/target/ecommerce-order-api-aws.zip")
  (
    cd "$directory"
    find . -type f ! -path './lib/*' -print0 | sort -z | xargs -0 "${bin}jar" cf app.jar
    find . -mindepth 1 -maxdepth 1 ! -name lib ! -name app.jar -exec rm -r {} +
  )
  for jar in $(tr ':' '\n' <target/aws/class-path |
    grep -E '/(aws-lambda-java-(core|serialization|runtime-interface-client)|utils-lite)-[^/]*$'); do
    cp "$jar" "$directory/lib"
  done
  write_options training.options -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:AOTCacheOutput=orders.aot
  mkdir -p target/aws/training
  "${bin}javac" -nowarn -d target/aws/training -cp "$class_path" benchmarks/Training.java benchmarks/Lambda.java
  "${bin}java" -cp "target/aws/training:$class_path" Training "$directory" \
    aws/events/http-api-v2-create.json test_order.json
  write_options java.options -XX:+ExitOnOutOfMemoryError -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:AOTCache=orders.aot
}

server() {
  package
  "${bin}java" -Djarmode=tools -jar target/ecommerce-order-api.jar extract --force --destination "$directory" >/dev/null
  mv "$directory/ecommerce-order-api.jar" "$directory/app.jar"
  write_options training.options -XX:AOTCacheOutput=orders.aot
  write_options java.options -XX:+ExitOnOutOfMemoryError -XX:AOTCache=orders.aot
  local port=$((20000 + RANDOM % 20000)) data token id
  data=$(mktemp -d)
  (cd "$directory" && PORT=$port ORDERS_DATA_DIR=$data exec "${bin}java" @training.options \
    com.ecommerce.orders.local.LocalApplication >"$data/log" 2>&1) &
  local api=http://127.0.0.1:$port pid=$!
  # shellcheck disable=SC2064 # the present values
  trap "kill $pid 2>/dev/null || true; rm -rf '$data'" EXIT
  for _ in $(seq 300); do
    token=$(curl -sf "$api/dev/token") && break
    sleep 0.2
  done
  for _ in $(seq 70); do
    id=$(curl -sf "$api/orders" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
      -d @test_order.json | sed 's/^{"id":"\([^"]*\)".*/\1/')
    curl -sf -o /dev/null "$api/orders/$id" -H "Authorization: Bearer $token"
    curl -sf -o /dev/null "$api/orders" -H "Authorization: Bearer $token"
  done
  kill "$pid"
  wait "$pid" || true
}

if [[ $adapter == aws ]]; then lambda; else server; fi
rm -f "$directory/training.options" "$directory/training.log"
if [[ ! -s $directory/orders.aot ]]; then
  echo "scripts/image_files.sh: the training run wrote no cache; look at its output above" >&2
  exit 1
fi
echo "Image files are in $directory; start them there with: java @java.options <main class>"
