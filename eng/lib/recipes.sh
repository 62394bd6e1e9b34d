# What a package recipe is and how to follow it; sourced by eng/feed.sh.
#
# A recipe is the folder eng/packages/<PackageId> with a project of the same name, which says the version and what to pack.
# Where something must be fetched or built first, a stage.sh beside it does so, in its working directory, $Stage.

package_version() { sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$eng/packages/$1/$1.csproj"; }

package_file() { echo "$1.$(package_version "$1").nupkg"; }

recipe_hash() {
  find "$eng/packages/$1" "$eng"/packages/*.props \( -name obj -o -name bin \) -prune -o -type f -print0 |
    LC_ALL=C sort -z | xargs -0 cat | sha256sum | cut -c1-16
}

recipes_hash() {
  find "$eng/packages" "$eng/lib" "$eng/feed.sh" \( -name obj -o -name bin \) -prune -o -type f -print0 |
    LC_ALL=C sort -z | xargs -0 cat | sha256sum | cut -c1-16
}

packages_folder() { echo "${NUGET_PACKAGES:-$HOME/.nuget/packages}"; }

cached_folder() { echo "$(packages_folder)/${1,,}/$(package_version "$1")"; }

# A package carries the hash of the recipe that made it: in the feed in a file beside it, in NuGet's cache in its nuspec.
is_current_in_feed() {
  local file=$LocalFeed/$(package_file "$1")
  [[ -f $file && -f $file.recipe && $(<"$file.recipe") == "$(recipe_hash "$1")" ]]
}

is_current_in_cache() { grep -qsF "local recipe $(recipe_hash "$1")" "$(cached_folder "$1")/${1,,}.nuspec"; }

# Asks the sources that NuGet itself would ask. The local feed is not among them.
is_published() {
  local answer
  if ! answer=$(dotnet package search "$1" --exact-match --format json --verbosity minimal 2>&1); then
    say "the NuGet source could not be asked for $1; taking it as missing"
    return 1
  fi
  grep -qF "\"version\": \"$2\"" <<<"$answer"
}

# The SDK packs; what the package is made of comes from stage.sh.
pack() {
  local id=$1
  export eng Stage Recipe
  Stage=$(mktemp -d)
  Recipe=$(recipe_hash "$id")
  local stage=$eng/packages/$id/stage.sh
  [[ ! -f $stage ]] || (cd "$Stage" && bash -euo pipefail "$stage") || fail "could not make what goes into $id"
  quietly dotnet pack "$eng/packages/$id/$id.csproj" --configuration Release --nologo --output "$Stage/out" || fail "could not pack $id"
  forget_cached "$id"
  add_to_feed "$id" "$Stage/out/$(package_file "$id")"
  rm -rf "$Stage"
}

# A package that an older recipe made would hide the new one of the same version.
forget_cached() {
  is_current_in_cache "$1" || rm -rf "$(cached_folder "$1")"
}

add_to_feed() {
  local file=$LocalFeed/$(package_file "$1")
  cp "$2" "$file.part"
  mv "$file.part" "$file"
  recipe_hash "$1" >"$file.recipe"
}
