# shellcheck shell=bash
# Functions that the benchmarks of the clouds share.

# find_jdks [JDK...]: sets the array jdks to the named JDKs, otherwise to the first 17 and the first 25 of this machine.
find_jdks() {
  local version home jdk
  jdks=("$@")
  if [[ ${#jdks[@]} -eq 0 ]]; then
    for version in 17 25; do
      for home in /usr/lib/jvm/*-"$version"-*; do
        [[ -x "$home/bin/java" ]] && jdks+=("$home") && break
      done
    done
  fi
  if [[ ${#jdks[@]} -eq 0 ]]; then
    jdks=("$("${JAVA_HOME:+$JAVA_HOME/bin/}java" -XshowSettings:properties -version 2>&1 |
      sed -n 's/^ *java\.home = //p')")
  fi
  for jdk in "${jdks[@]}"; do
    if [[ ! -x "$jdk/bin/java" || ! -f "$jdk/release" ]]; then
      echo "There is no JDK in $jdk. Name the home directory of a JDK, or name none." >&2
      exit 2
    fi
  done
}
