#!/usr/bin/env bash
# Build everything (Release).
#
# Usage: ./dev build
source "$(dirname "${BASH_SOURCE[0]}")/../lib/verb.sh"

case ${1:-} in
  '') ;;
  -h | --help) show_help; exit 0 ;;
  *) wrong_usage "unknown option '$1'" ;;
esac

build_release "$root/Platform.sln"
say "built"
