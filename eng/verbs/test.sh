#!/usr/bin/env bash
# Run every test, or those whose full name contains one of the words given.
#
# Usage: ./dev test [word...]
#
#   ./dev test                      all tests
#   ./dev test Registry             those of one service
#   ./dev test Promoting rollback   those about either
#
# Builds once, then runs one project after the other. Skipped tests are listed with their reasons.
# The last line is "N passed, N failed, N skipped". No test at all is a failure too.
source "$(dirname "${BASH_SOURCE[0]}")/../lib/verb.sh"
source "$root/eng/lib/trx.sh"

case ${1:-} in
  -h | --help) show_help; exit 0 ;;
  -*) wrong_usage "unknown option '$1'" ;;
esac

minutes_per_project=20
passed=0 failed=0 skipped=0
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

filter=()
for word in "$@"; do
  filter=(--filter "${filter[1]:+${filter[1]}|}FullyQualifiedName~$word")
done

main() {
  build_release "$root/Platform.sln"
  local project
  for project in "$root"/tests/*.Tests/*.Tests.csproj; do
    [[ ! -f $project ]] || run_project "$(basename "$project" .csproj)"
  done
  list_skipped
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  ((failed == 0 && passed > 0))
}

run_project() {
  local name=$1 started=$SECONDS status=0 counts
  local report=$results/$name.trx log=$results/$name.log
  (execute "$name" "$report") >"$log" 2>&1 </dev/null || status=$?
  ((status == 0)) || cat "$log"

  counts=($(trx_counts "$report"))
  # A run that breaks off counts as a failure, whatever it reported until then.
  if ((status != 0 && counts[1] == 0)); then
    counts[1]=1
    say "$name did not finish ($( ((status == 124)) && echo "still running after $minutes_per_project minutes" || echo "exit status $status"))"
  fi
  passed=$((passed + counts[0])) failed=$((failed + counts[1])) skipped=$((skipped + counts[2]))
  [[ ${counts[*]} == "0 0 0" ]] || printf '%-28s %5d passed %4d failed %4d skipped %5ds\n' "$name" "${counts[@]}" $((SECONDS - started))
}

execute() {
  local program=$root/tests/$1/bin/Release/net10.0/Platform.$1.dll
  [[ -f $program ]] || fail "tests/$1 was not built: is it missing in Platform.sln?"
  timeout --kill-after=30 "${minutes_per_project}m" dotnet test "$program" --nologo "${filter[@]}" \
    --results-directory "$results" --logger "trx;LogFileName=$(basename "$2")"
}

list_skipped() {
  ((skipped)) || return 0
  echo
  echo "Skipped:"
  trx_skipped "$results"/*.trx
  echo
}

main
