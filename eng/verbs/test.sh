#!/usr/bin/env bash
# Run every test, or those whose full name contains one of the words given.
#
# Usage: ./dev test [word...]
#
#   ./dev test                      all tests
#   ./dev test Registry             those of one service
#   ./dev test Promoting rollback   those about either
#
# Builds once, then runs TEST_LANES projects at a time (2; on one core 1), for most of what tests do is to wait. A project may take as
# long as it wants while tests end; it is broken off when none has for TEST_STALL_SECONDS (900), and those that did not end count as
# failed. What a project leaves running is ended, and its temporary files are removed.
#
# Tests that failed are run once more when nothing else runs, if they are no more than TEST_AGAIN (5; 0 for never) and their project ran to
# its end. Those that pass then are listed as unsteady: what ran beside them upset them, which is a fault of theirs, but none of the product.
#
# Tests that were skipped or failed are listed with what they said. The last line is "N passed, N failed, N skipped". No test at all is a
# failure too.
source "$(dirname "${BASH_SOURCE[0]}")/../lib/verb.sh"
source "$root/eng/lib/trx.sh"
source "$root/eng/lib/leftovers.sh"

case ${1:-} in
  -h | --help) show_help; exit 0 ;;
  -*) wrong_usage "unknown option '$1'" ;;
esac

stall=${TEST_STALL_SECONDS:-900}
again=${TEST_AGAIN:-5}
lanes=${TEST_LANES:-$(($(nproc) > 1 ? 2 : 1))}
broken_off=124

# They take longest, and so come first.
long=(Integration.Tests EndToEnd.Tests Inference.Tests Registry.Tests Monitor.Tests WebConsole.Tests Standalone.Tests Supervisor.Tests)

# Tests start hundreds of processes. Code that is compiled as they start is else mapped twice, once to write it and once to run it, which is
# half of what the system does for a start.
export DOTNET_EnableWriteXorExecute=0
# What runs for long should begin to optimise at once (Directory.Build.props); most processes of tests end before that pays.
export DOTNET_TC_CallCountingDelayMs=100

# Servers run as accounts of their own, which have to pass.
run=$(mktemp -d -t platform-tests-XXXXXX)
chmod 711 "$run"
results=$run/results
mkdir "$results"

clean_up() {
  trap '' INT TERM
  local lane
  for lane in $(jobs -rp); do kill -TERM "$lane" 2>/dev/null || true; done
  wait
  end_leftovers "$run" 0 >/dev/null
  rm -rf "$run"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

filter=()
for word in "$@"; do
  filter=(--filter "${filter[1]:+${filter[1]}|}FullyQualifiedName~$word")
done

main() {
  build_solution
  local name passed failed skipped counts names
  names=$(projects)
  for name in $names; do
    while (($(jobs -rp | wc -l) >= lanes)); do wait -n || true; done
    run_lane "$name" &
  done
  wait
  count $names
  if ((failed > 0 && failed <= again)); then
    for name in $names; do run_again "$name"; done
    count $names
  fi
  list Skipped trx_skipped $(reports trx) $(reports first)
  list "Failed beside others, and run again alone" trx_failed $(reports first)
  list Failed trx_failed $(reports trx)
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  ((failed == 0 && passed > 0))
}

# Sums up what the projects have said; one that has said nothing has failed.
count() {
  local name
  passed=0 failed=0 skipped=0
  for name in "$@"; do
    counts=(0 1 0)
    [[ ! -f $results/$name.counts ]] || counts=($(<"$results/$name.counts"))
    passed=$((passed + counts[0])) failed=$((failed + counts[1])) skipped=$((skipped + counts[2]))
  done
}

# The failed tests of a project that ran to its end, by themselves. What they say then counts.
run_again() {
  local name=$1 report=$results/$1.trx filter=() test before now
  before=($(cat "$results/$name.counts" 2>/dev/null || echo 0 1 0))
  [[ ${before[1]} != 0 && -f $report && ! -f $results/$name.unfinished ]] || return 0
  for test in $(trx_failed_methods "$report"); do
    filter=(--filter "${filter[1]:+${filter[1]}|}FullyQualifiedName=$test")
  done
  mv "$report" "$results/$name.first"
  say "running again, alone: ${filter[1]//FullyQualifiedName=/}"
  run_project "$name"
  now=($(<"$results/$name.counts"))
  # A run that does not find all that failed changes nothing.
  ((now[0] + now[1] >= before[1])) || now[1]=${before[1]}
  echo "$((before[0] + before[1] - now[1])) ${now[1]} ${before[2]}" >"$results/$name.counts"
}

projects() {
  local name
  for name in "${long[@]}" $(cd "$root/tests" && ls -d *.Tests); do
    [[ ! -f $root/tests/$name/$name.csproj ]] || echo "$name"
  done | awk '!seen[$0]++'
}

# One project, whose output is not mixed with that of another.
run_lane() {
  said=$results/$1.said running=
  exec 3>&1
  trap '[[ ! $running ]] || kill -KILL -- "-$running" 2>/dev/null || true; cat "$said" >&3' EXIT
  trap 'exit 130' INT TERM
  run_project "$1" >"$said" 2>&1
}

run_project() {
  local name=$1 started=$SECONDS status=0 counts leftover
  local program=$root/tests/$name/bin/Release/net10.0/Platform.$name.dll
  local report=$results/$name.trx log=$results/$name.log temporary=$run/$name
  [[ -f $program ]] || fail "tests/$name was not built: is it missing in Platform.sln?"
  mkdir -m 711 "$temporary"
  execute || status=$?
  ((status == 0)) || grep -v '^  Passed ' "$log" || true

  counts=($(counts_of "$report" "$log"))
  ((status == 0)) || count_unfinished
  leftover=$(end_leftovers "$temporary" 15)
  [[ ! $leftover ]] || say "$name left $leftover processes running; they were ended"
  rm -rf "$temporary"
  echo "${counts[*]}" >"$results/$name.counts"
  [[ ${counts[*]} == "0 0 0" ]] || printf '%-28s %5d passed %4d failed %4d skipped %5ds\n' "$name" "${counts[@]}" $((SECONDS - started))
}

# In a session of its own, so that it can be ended with all that it has started.
execute() {
  local size=-1 seen=$SECONDS
  TMPDIR=$temporary setsid dotnet test "$program" --nologo "${filter[@]}" --results-directory "$results" \
    --logger "trx;LogFileName=$(basename "$report")" --logger "console;verbosity=normal" >"$log" 2>&1 </dev/null &
  running=$!
  while kill -0 "$running" 2>/dev/null; do
    sleep 0.5
    [[ $(stat -c %s "$log") == "$size" ]] || size=$(stat -c %s "$log") seen=$SECONDS
    ((SECONDS - seen < stall)) || break
  done
  local status=0
  if kill -0 "$running" 2>/dev/null; then
    kill -KILL -- "-$running" 2>/dev/null || true
    status=$broken_off
  fi
  wait "$running" 2>/dev/null || status=${status/#0/$?}
  running=
  return "$status"
}

# A run that breaks off has failed in all that did not end, and once at least, whatever it reported until then.
count_unfinished() {
  local listed ended=$((counts[0] + counts[1] + counts[2])) unfinished
  listed=$(TMPDIR=$temporary dotnet test "$program" --nologo --list-tests "${filter[@]}" 2>/dev/null </dev/null | grep -c '^    ' || true)
  unfinished=$((listed > ended ? listed - ended : 0))
  ((unfinished > 0 || counts[1] > 0)) || unfinished=1
  ((unfinished > 0)) || return 0
  touch "$results/$name.unfinished"
  counts[1]=$((counts[1] + unfinished))
  say "$name did not finish ($( ((status == broken_off)) && echo "no test ended within $stall s" || echo "exit status $status")): $unfinished tests count as failed"
}

# A project that was broken off has left none.
reports() { compgen -G "$results/*.$1" || true; }

# list TITLE FUNCTION REPORT...
list() {
  local lines
  (($# > 2)) && lines=$("${@:2}") && [[ $lines ]] || return 0
  printf '\n%s:\n%s\n\n' "$1" "$lines"
}

main
