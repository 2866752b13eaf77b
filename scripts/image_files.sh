#!/usr/bin/env bash
# Makes the files of a container image, with a cache of classes from a training run.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: scripts/image_files.sh aws|gcp|local DIRECTORY

Packages the artifact and writes it to DIRECTORY as jars on one class path. Runs the artifact there for a number of requests.
The JVM then writes a file with the classes that these requests needed, which shortens the start of an image with these
files. On JDK 25 and newer the file is an AOT cache (JEP 483, 514), on JDK 17 to 24 a CDS archive (JEP 350). Needs the same
JDK as the image, because another JDK does not accept the file. aws/Dockerfile, gcp/Dockerfile and Dockerfile call this
script. The script also runs without them.

Environment:
  JAVA_HOME  the JDK (default: the JDK on the PATH)
USAGE
}

if [[ "${1:-}" == --help || "${1:-}" == -h ]]; then
  usage
  exit 0
fi
if [[ $# -ne 2 || ! "$1" =~ ^(aws|gcp|local)$ ]]; then
  usage >&2
  exit 2
fi
adapter=$1
mkdir -p "$2"
directory=$(cd "$2" && pwd)
# Files of an earlier run must not get into this image.
rm -rf "${directory:?}"/{lib,app.jar,invoker.jar,orders.aot,orders.jsa,java.options}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
bin=${JAVA_HOME:+$JAVA_HOME/bin/}
version=$("${bin}java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = //p')
if [[ ! $version =~ ^[0-9]+$ ]] || ((version < 17)); then
  echo "scripts/image_files.sh: no JDK 17 or newer; set JAVA_HOME, for example JAVA_HOME=/usr/lib/jvm/temurin-25-jdk-amd64" >&2
  exit 1
fi
if ((version >= 25)); then
  cache=orders.aot write_cache=-XX:AOTCacheOutput=orders.aot read_cache=-XX:AOTCache=orders.aot
else
  cache=orders.jsa write_cache=-XX:ArchiveClassesAtExit=orders.jsa read_cache=-XX:SharedArchiveFile=orders.jsa
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
  write_options training.options -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "$write_cache"
  mkdir -p target/aws/training
  "${bin}javac" -nowarn -d target/aws/training -cp "$class_path" \
    benchmarks/Training.java benchmarks/Lambda.java benchmarks/Logins.java
  "${bin}java" -cp "target/aws/training:$class_path" Training "$directory" \
    aws/events/http-api-v2-create.json test_order.json
  write_options java.options -XX:+ExitOnOutOfMemoryError -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "$read_cache"
}

server() {
  package
  "${bin}java" -Djarmode=tools -jar target/ecommerce-order-api.jar extract --force --destination "$directory" >/dev/null
  mv "$directory/ecommerce-order-api.jar" "$directory/app.jar"
  write_options training.options "$write_cache"
  write_options java.options -XX:+ExitOnOutOfMemoryError "$read_cache"
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

case $adapter in
aws) lambda ;;
gcp)
  # shellcheck source=scripts/lib/gcp_image_files.sh
  source scripts/lib/gcp_image_files.sh
  invoker
  ;;
local) server ;;
esac
rm -f "$directory/training.options" "$directory/training.log"
if [[ ! -s $directory/$cache ]]; then
  echo "scripts/image_files.sh: the training run wrote no cache; look at its output above" >&2
  exit 1
fi
echo "Image files are in $directory; start them there with: java @java.options <main class>"
