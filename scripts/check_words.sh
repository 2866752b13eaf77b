#!/usr/bin/env bash
# Finds words in prose that readers stumble over.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: scripts/check_words.sh [PATH...]

Searches prose for the words of scripts/lib/words.txt and prints for each hit the file, the line, the word and what to
write instead. Prose is:
  - comments and Javadoc in Java, SQL, YAML, XML, settings and scripts
  - messages in Java strings, except in tests
  - names of test methods
  - pages (*.md), without their code blocks and inline code
  - descriptions in YAML and JSON files
  - every line of a shell script

PATH is a file or a folder. Without one, the check reads the whole repository.

Exit codes: 0 no hits, 1 hits, 2 wrong usage.
TEXT
}

paths=()
for word in "$@"; do
  case $word in
  --help | -h)
    usage
    exit 0
    ;;
  -*)
    usage >&2
    exit 2
    ;;
  *) paths+=("$word") ;;
  esac
done

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
if ((${#paths[@]} == 0)); then
  cd "$root"
  paths=(.)
fi
for path in "${paths[@]}"; do
  [[ -e $path ]] || {
    echo "scripts/check_words.sh: there is no file or folder $path" >&2
    exit 2
  }
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
touch "$scratch"/{text,places,joints,joint_places,hits}

find "${paths[@]}" \( -name target -o -name node_modules -o -name .git -o -name .data \) -prune -o -type f -print0 |
  xargs -0 awk -v TEXT="$scratch/text" -v PLACES="$scratch/places" -v JOINTS="$scratch/joints" \
    -v JOINT_PLACES="$scratch/joint_places" -f "$root/scripts/lib/prose.awk"

# hits PATTERN LINES PLACES: prints the place and the words of each match.
hits() {
  { LC_ALL=C grep -anoiE -e "$1" "$2" || true; } | awk -v places="$3" '
    BEGIN { while ((getline place < places) > 0) at[++count] = place }
    { number = $0; sub(/:.*/, "", number); sub(/^[0-9]*:/, ""); print at[number] ": " $0 }'
}

while IFS= read -r line; do
  if [[ -z $line || $line == '#'* ]]; then continue; fi
  pattern=${line% => *}
  {
    hits "$pattern" "$scratch/text" "$scratch/places"
    # The words of a phrase can stand in two lines, which a tab joins.
    if [[ $pattern == *' '* && $pattern != ^* ]]; then
      hits "${pattern// /$'[ \t]'}" "$scratch/joints" "$scratch/joint_places" | grep $'\t' | tr '\t' ' ' || true
    fi
  } | suggestion=${line##* => } awk '{ print $0 " -> " ENVIRON["suggestion"] }' >>"$scratch/hits"
done <"$root/scripts/lib/words.txt"

sort -t : -k 1,1 -k 2,2n "$scratch/hits"
count=$(wc -l <"$scratch/hits" | tr -d ' ')
if ((count > 0)); then
  echo "scripts/check_words.sh: $count hits. Write what stands behind the arrow." >&2
  exit 1
fi
echo 'Words: no hits'
