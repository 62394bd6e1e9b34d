# What every verb of ./dev starts with; sourced by the files of eng/verbs.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
source "$root/eng/lib/console.sh"

# The comment at the top of the verb's file.
show_help() { sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"; }

wrong_usage() {
  printf 'error: %s\n\n' "$*" >&2
  show_help >&2
  exit 2
}

# Reads no input; where nobody waits for a next build (CI), leaves no build nodes behind.
build_release() {
  need_command dotnet ".NET SDK 10"
  say "building $(basename "$1")"
  [[ ${CI:-} != true ]] || export MSBUILDDISABLENODEREUSE=1
  quietly dotnet build "$@" --configuration Release --nologo --verbosity quiet </dev/null || fail "$(basename "$1") does not build"
}

# What the verbs run, by project: build_solution builds them, too.
runnable=(services/standalone/Standalone.csproj eng/supervisor/Supervisor.csproj eng/export/Export.csproj eng/import/Import.csproj eng/check/Check.csproj bench/Bench.csproj)

build_solution() {
  local state project
  state=$(sources_state)
  build_release "$root/Platform.sln"
  for project in "${runnable[@]}"; do
    mkdir -p "$root/$(dirname "$project")/obj"
    echo "$state" >"$root/$(dirname "$project")/obj/dev.stamp"
  done
}

# build_if_changed PROJECT PROGRAM : builds only if a source was changed, added or removed since the last time.
build_if_changed() {
  local stamp state
  stamp=$(dirname "$1")/obj/dev.stamp
  state=$(sources_state)
  [[ -f $2 && -f $stamp && $(<"$stamp") == "$state" ]] && return
  build_release "$1"
  echo "$state" >"$stamp"
}

# Names, sizes and times of all sources in one line.
sources_state() (
  cd "$root"
  find . -type d \( -name bin -o -name obj -o -name node_modules -o -path ./.git -o -path ./data -o -path ./dist -o -path ./tests -o -path ./docs \) \
    -prune -o -type f ! -name '*.md' -printf '%p %s %T@\n' | LC_ALL=C sort | sha256sum
)
