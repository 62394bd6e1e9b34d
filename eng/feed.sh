#!/usr/bin/env bash
# Packs, into a local feed, the NuGet packages that the configured NuGet source lacks.
# Cheap to call before every build: a stamp tells that there is nothing to do.
set -euo pipefail

eng=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export LocalFeed=${LocalFeed:-$eng/feed}
source "$eng/lib/console.sh"
source "$eng/lib/recipes.sh"

usage() {
  cat <<'HELP'
Usage: eng/feed.sh [--force] [--quiet]

Packs what the NuGet source lacks into eng/feed (or $LocalFeed), from the upstream's own bits.

  --force   pack again, even what is already there
  --quiet   say nothing unless there is work to do
HELP
}

# In the order in which they depend on one another.
packages=(
  System.IO.Hashing
  Microsoft.ML.OnnxRuntime.Managed
  Microsoft.ML.OnnxRuntime.Gpu.Linux
  Microsoft.ML.OnnxRuntime.Gpu
  librdkafka.redist
)

main() {
  local force= quiet= option
  for option in "$@"; do
    case $option in
      --force) force=1 ;;
      --quiet) quiet=1 ;;
      -h | --help) usage; exit 0 ;;
      *) usage >&2; fail "unknown option '$option'" ;;
    esac
  done

  mkdir -p "$LocalFeed"
  exec 9>"$LocalFeed/.lock"
  flock -n 9 || { say "waiting for another run of eng/feed.sh"; flock 9; }

  [[ $force ]] && rm -f "$LocalFeed"/*.nupkg* "$LocalFeed/.stamp"
  if is_up_to_date; then
    [[ $quiet ]] || say "the local feed is up to date"
    return
  fi
  # Without the lock's handle: a build server that a child leaves behind would hold it on.
  provide_all 9>&-
}

# The stamp names the recipes that were followed and the packages that came of them.
is_up_to_date() {
  [[ -f $LocalFeed/.stamp ]] || return 1
  local recipes file files
  { read -r recipes; mapfile -t files; } <"$LocalFeed/.stamp"
  [[ $recipes == "$(recipes_hash)" ]] || return 1
  for file in "${files[@]}"; do
    [[ -f $LocalFeed/$file ]] || return 1
  done
}

provide_all() {
  need_command dotnet ".NET SDK 10"
  local id made=()
  for id in "${packages[@]}"; do
    provide "$id"
    [[ -f $LocalFeed/$(package_file "$id") ]] && made+=("$(package_file "$id")")
  done
  { recipes_hash; [[ ${#made[@]} == 0 ]] || printf '%s\n' "${made[@]}"; } >"$LocalFeed/.stamp"
}

provide() {
  local id=$1 version
  version=$(package_version "$id")
  if is_current_in_feed "$id"; then
    say "$id $version: already packed"
    return
  fi
  rm -f "$LocalFeed/$(package_file "$id")"
  if is_published "$id" "$version"; then
    say "$id $version: the NuGet source has it"
  elif is_current_in_cache "$id"; then
    say "$id $version: already packed, taken from NuGet's cache"
    add_to_feed "$id" "$(cached_folder "$id")/${id,,}.$version.nupkg"
  else
    say "$id $version: not on the NuGet source, packing it"
    pack "$id"
  fi
}

main "$@"
