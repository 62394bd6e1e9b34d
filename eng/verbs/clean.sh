#!/usr/bin/env bash
# Remove what builds and tests leave behind.
#
# Usage: ./dev clean
source "$(dirname "${BASH_SOURCE[0]}")/../lib/verb.sh"

case ${1:-} in
  '') ;;
  -h | --help) show_help; exit 0 ;;
  *) wrong_usage "unknown option '$1'" ;;
esac

find "$root" -type d \( -path "$root/.git" -o -path "$root/data" -o -name node_modules \) -prune \
  -o -type d \( -name bin -o -name obj -o -name TestResults -o -name BenchmarkDotNet.Artifacts \) -prune -exec rm -rf {} +
say "cleaned"
