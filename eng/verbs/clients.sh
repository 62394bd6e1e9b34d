#!/usr/bin/env bash
# Build the packages of the clients: the wheel, the sdist and the NuGet packages.
#
# Usage: ./dev clients [--out DIR] [--python | --dotnet]
#
# They lie in dist/clients, or in DIR; --python and --dotnet build one kind. Python's are built by setuptools (Debian's python3-setuptools
# and python3-wheel), without a network; those of .NET fetch what a build fetches.
source "$(dirname "${BASH_SOURCE[0]}")/../lib/verb.sh"

out=$root/dist/clients only=
while (($#)); do
  case $1 in
    -h | --help) show_help; exit 0 ;;
    --out) [[ ${2:-} ]] || wrong_usage "--out needs a folder"; out=$2; shift 2 ;;
    --python | --dotnet) only=${1#--}; shift ;;
    *) wrong_usage "unknown option '$1'" ;;
  esac
done

source "$root/eng/lib/python.sh"

main() {
  mkdir -p "$out"
  out=$(cd "$out" && pwd)
  [[ $only == dotnet ]] || build_python
  [[ $only == python ]] || pack_dotnet
  say "$(cd "$out" && ls -1 | tr '\n' ' ')in $out"
}

# From a copy: setuptools writes beside the sources.
build_python() {
  local python copy kind
  python=$(need_python "setuptools.build_meta, wheel" python3-setuptools python3-wheel)
  copy=$(mktemp -d -t platform-clients-XXXXXX)
  cp -r "$root/clients/python/." "$copy"
  say "building the Python client"
  # A process for each: setuptools changes the arguments of its own.
  for kind in sdist wheel; do
    (cd "$copy" && quietly "$python" -W ignore -c "import sys, setuptools.build_meta as backend; backend.build_$kind(sys.argv[1])" "$out") || {
      rm -rf "$copy"
      fail "the Python client does not build"
    }
  done
  rm -rf "$copy"
}

pack_dotnet() {
  local project
  need_command dotnet ".NET SDK 10"
  for project in dotnet/Client cli/Cli; do
    say "packing $(basename "$project")"
    quietly dotnet pack "$root/clients/$project.csproj" --configuration Release --nologo --verbosity quiet --output "$out" </dev/null ||
      fail "$project does not build"
  done
}

main
