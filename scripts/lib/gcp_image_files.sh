# shellcheck shell=bash
# Makes the files of the container image for Google Cloud. scripts/image_files.sh sources this file. FEATURES may name the
# profiles of optional features, such as ,telemetry
# shellcheck disable=SC2154 # the variables of scripts/image_files.sh

invoker() {
  local class_path options
  mvn -q -B "-Pgcp${FEATURES:-}" -DskipTests verify dependency:build-classpath -DincludeScope=test "-Dmdep.outputFile=target/gcp/class-path"
  class_path=target/gcp/test-classes:$(<target/gcp/class-path)
  rm -rf "${directory:?}/lib"
  cp -r target/deploy/libs "$directory/lib"
  cp target/deploy/ecommerce-order-api.jar "$directory/app.jar"
  cp target/gcp/invokers/java-function-invoker-2.0.0.jar "$directory/invoker.jar"
  # One instance has one CPU, where the JVM would choose this collector itself. The cache must be made with the same one. The
  # invoker has a logging library as well.
  options=(-XX:+UseSerialGC -Dslf4j.provider=ch.qos.logback.classic.spi.LogbackServiceProvider)
  write_options training.options "${options[@]}" "$write_cache"
  write_options java.options -XX:+ExitOnOutOfMemoryError "${options[@]}" "$read_cache"
  # The invoker comes last, because some of its libraries are older than those of the artifact.
  sed -i.bak '/^-cp /s/$/:invoker.jar/' "$directory/training.options" "$directory/java.options"
  rm "$directory"/*.bak
  mkdir -p target/gcp/training
  "${bin}javac" -nowarn -d target/gcp/training -cp "$class_path" benchmarks/GcpTraining.java benchmarks/GcpOrders.java
  "${bin}java" -cp "target/gcp/training:$class_path" GcpTraining "$directory" test_order.json
}
