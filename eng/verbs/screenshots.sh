#!/usr/bin/env bash
# Make pictures of every page of the console, with the samples and their traffic.
#
# Usage: ./dev screenshots [--out DIR]
#
#   --out DIR   where to put them (./screenshots)
#
# Starts a platform of its own and waits until drift has shown. Needs Chromium, which it installs on Debian where it may.
source "$(dirname "${BASH_SOURCE[0]}")/../lib/verb.sh"

out=$root/screenshots
while (($#)); do
  case $1 in
    --out) out=${2:-}; shift ;;
    -h | --help) show_help; exit 0 ;;
    *) wrong_usage "unknown option '$1'" ;;
  esac
  shift || wrong_usage "an option lacks its value"
done
[[ $out ]] || wrong_usage "--out wants a folder"
mkdir -p "$out"
out=$(cd "$out" && pwd)

project=$root/tests/WebConsole.Tests/WebConsole.Tests.csproj
build_release "$project"
SCREENSHOTS=$out quietly dotnet test "$root/tests/WebConsole.Tests/bin/Release/net10.0/Platform.WebConsole.Tests.dll" \
  --filter FullyQualifiedName~ScreenshotTests || fail "the pictures could not be made"
say "$(find "$out" -name '*.png' | wc -l) pictures in $out"
