# Finds the prose in source files and pages. Appends to four files, whose lines correspond: the prose in TEXT and its
# places in PLACES; two consecutive lines, joined by a tab, in JOINTS and the place of the first in JOINT_PLACES.

FNR == 1 {
  name = FILENAME
  sub(/^\.\//, "", name)
  kind = kind_of(name)
  is_test = name ~ /(^|\/)test\//
  state = "code"
  previous = ""
}

kind == "java" { read_java($0) }
kind == "xml" { read_xml($0) }
kind == "sql" { read_sql($0) }
kind == "markdown" { read_markdown($0) }
kind == "yaml" { read_yaml($0) }
kind == "json" { read_json($0) }
kind == "hash" { read_hash($0) }
# A script's messages and usage text stand between its commands, so the whole line is read.
kind == "shell" { emit(without_mark($0, "^ *#+!? *"), "line") }

function kind_of(file) {
  if (file ~ /\.java$/) return "java"
  if (file ~ /\.(xml|html)$/) return "xml"
  if (file ~ /\.sql$/) return "sql"
  if (file ~ /\.md$/) return "markdown"
  if (file ~ /\.ya?ml$/) return "yaml"
  if (file ~ /\.json$/) return "json"
  if (file ~ /\.(properties|env|example|parameters|awk)$/ || file ~ /(^|\/)Dockerfile$/) return "hash"
  if (file ~ /\.sh$/ || file ~ /(^|\/)\.ci\/run$/) return "shell"
  return ""
}

# Joins only lines of one kind: a comment does not continue in a string.
function emit(words, what) {
  gsub(/\t/, " ", words)
  sub(/^ +/, "", words)
  sub(/ +$/, "", words)
  if (words == "") return
  print words >>TEXT
  print name ":" FNR >>PLACES
  if (previous != "" && previous_line == FNR - 1 && previous_what == what) {
    print previous "\t" words >>JOINTS
    print name ":" previous_line >>JOINT_PLACES
  }
  previous = words
  previous_line = FNR
  previous_what = what
}

function without_mark(line, mark) {
  sub(mark, "", line)
  return line
}

function read_java(line, end, token) {
  if (state == "code" && is_test && match(line, /void +[a-z][A-Za-z0-9_]*\(/)) {
    emit(words_of(substr(line, RSTART + 4, RLENGTH - 5)), "name")
  }
  while (line != "") {
    if (state == "comment") {
      end = index(line, "*/")
      emit_comment(end ? substr(line, 1, end - 1) : line)
      if (!end) return
      state = "code"
      line = substr(line, end + 2)
    } else if (state == "text block") {
      end = index(line, "\"\"\"")
      emit_string(end ? substr(line, 1, end - 1) : line)
      if (!end) return
      state = "code"
      line = substr(line, end + 3)
    } else {
      if (!match(line, /"""|"|'|\/\/|\/\*/)) return
      token = substr(line, RSTART, RLENGTH)
      line = substr(line, RSTART + RLENGTH)
      if (token == "//") {
        emit(line, "comment")
        return
      } else if (token == "/*") {
        state = "comment"
        is_javadoc = line ~ /^\*/
        sub(/^\*+/, "", line)
      } else if (token == "\"\"\"") {
        state = "text block"
      } else if (token == "\"") {
        if (!match(line, /^([^"\\]|\\.)*"/)) return
        emit_string(substr(line, 1, RLENGTH - 1))
        line = substr(line, RLENGTH + 1)
      } else if (match(line, /^([^'\\]|\\.[^']*)'/)) {
        line = substr(line, RLENGTH + 1)
      }
    }
  }
}

# Marks the first words of a Javadoc comment, in whichever line they stand.
function emit_comment(words) {
  sub(/^ *\*? */, "", words)
  if (words == "") return
  emit(is_javadoc ? "/** " words : words, "comment")
  is_javadoc = 0
}

# A string without a space is a name. A string of a test is data.
function emit_string(words) {
  if (!is_test && words ~ / /) emit(words, "string")
}

function words_of(camel_case) {
  gsub(/[A-Z]/, " &", camel_case)
  return tolower(camel_case)
}

function read_xml(line, start, end) {
  while (line != "") {
    if (state == "code") {
      start = index(line, "<!--")
      if (!start) return
      state = "comment"
      line = substr(line, start + 4)
    }
    end = index(line, "-->")
    emit(end ? substr(line, 1, end - 1) : line, "comment")
    if (!end) return
    state = "code"
    line = substr(line, end + 3)
  }
}

function read_sql(line, end) {
  if (state == "code" && match(line, /--|\/\*/)) {
    state = substr(line, RSTART, 2) == "--" ? "code" : "comment"
    line = substr(line, RSTART + 2)
    if (state == "code") emit(line, "comment")
  }
  if (state == "comment") {
    end = index(line, "*/")
    emit(without_mark(end ? substr(line, 1, end - 1) : line, "^ *\\*+ *"), "comment")
    if (end) state = "code"
  }
}

function read_markdown(line) {
  if (line ~ /^ *```/) {
    state = state == "code" ? "block" : "code"
    return
  }
  gsub(/`[^`]*`/, "``", line)
  if (state == "code") emit(line, "line")
}

# Descriptions, with their continuation lines, and comments.
function read_yaml(line, indent) {
  match(line, /^ */)
  indent = RLENGTH
  if (state == "description" && (line ~ /^ *$/ || indent > key_indent)) {
    emit(line, "description")
    return
  }
  state = "code"
  if (match(line, /^ *(- )?([Dd]escription|summary|title):/)) {
    state = "description"
    key_indent = index(line, "- ") == indent + 1 ? indent + 2 : indent
    emit(substr(line, RLENGTH + 1), "description")
    return
  }
  read_hash(line)
}

function read_json(line) {
  if (match(line, /"(clause|description|detail|title)": *"/)) emit(substr(line, RSTART + RLENGTH), "description")
}

function read_hash(line) {
  if (match(line, /(^| )#+ /)) emit(substr(line, RSTART + RLENGTH), "comment")
}
