#!/usr/bin/env bash
# Run the benchmarks, or the one that is named.
#
# Usage: ./dev bench [name] [options of the benchmark]
source "$(dirname "${BASH_SOURCE[0]}")/../lib/verb.sh"

case ${1:-} in
  -h | --help) show_help; exit 0 ;;
esac

project=$root/bench/Bench.csproj
[[ -f $project ]] || fail "there are no benchmarks yet: bench/Bench.csproj does not exist"
build_if_changed "$project" "$root/bench/bin/Release/net10.0/Platform.Bench.dll"
# The load keeps to one core; the servers under test are pinned to another (bench/References/ChildProcess.cs).
(($(nproc) > 1)) || fail "needs two cores: one for the load, one for what is measured"
exec taskset -c 1 dotnet "$root/bench/bin/Release/net10.0/Platform.Bench.dll" "$@"
