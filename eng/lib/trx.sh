# Reading the test platform's result files; sourced by eng/verbs/test.sh.

# counts_of TRX LOG: the numbers of passed, failed and skipped tests. A run that was broken off has written no results; then what it
# said on the console counts.
counts_of() {
  [[ -f $1 ]] || { awk '/^  Passed / { p++ } /^  Failed / { f++ } /^  Skipped / { s++ } END { print p + 0, f + 0, s + 0 }' "$2"; return; }
  awk '
    /<UnitTestResult / { if (/ outcome="Passed"/) p++; else if (/ outcome="NotExecuted"/) s++; else f++ }
    END { print p + 0, f + 0, s + 0 }' "$1"
}

# Prints each skipped test with its reason.
trx_skipped() { trx_told NotExecuted "$@"; }

# Prints each failed test with the first line of its message.
trx_failed() { trx_told Failed "$@"; }

# Prints the full name of each failed test, without its arguments.
trx_failed_methods() {
  awk '/<UnitTestResult / && !/ outcome="(Passed|NotExecuted)"/ { sub(/.* testName="/, ""); sub(/[("].*/, ""); if (!seen[$0]++) print }' "$1"
}

# trx_told OUTCOME TRX...: the tests of that outcome, each with the first line of what it said.
trx_told() {
  awk -v wanted=" outcome=\"$1\"" '
    function plain(s) { gsub(/&lt;/, "<", s); gsub(/&gt;/, ">", s); gsub(/&quot;/, "\"", s); gsub(/&apos;/, "\047", s); gsub(/&#x[DA];/, " ", s); gsub(/&amp;/, "\\&", s); return s }
    function tell() { if (name != "") print "  " plain(name) (reason != "" ? ": " plain(reason) : ""); name = reason = "" }
    /<UnitTestResult / { tell(); if (index($0, wanted)) { name = $0; sub(/.* testName="/, "", name); sub(/".*/, "", name) } }
    name != "" && reason == "" && /<Message>/ { reason = $0; sub(/.*<Message>/, "", reason); sub(/<\/Message>.*/, "", reason) }
    /<\/Results>/ { tell() }
  ' "${@:2}"
}
