#!/usr/bin/env bash
# Read every file of a data folder and say which are damaged; --repair mends what can be.
#
# Usage: ./dev check [--repair] [--json] [--data DIR]
#
# Every file that the platform reads back is held against its checksum, and against what the others say must be there. No
# process may have the folder open. One line a fault: the file, what is wrong, what is lost, from where it can be had again.
# Then what was read, by kind. Exits with 0 when all is well, 1 when something is damaged or lost, 2 when it could not look.
#
#   --data DIR   the data folder of ./dev run or ./dev up (./data)
#   --repair     sets aside what is damaged, in a folder 'damaged' beside it, and rebuilds what can be had from elsewhere in
#                the folder: documents and events from the journal, accounts, commits, artifacts from other replicas
#   --json       one JSON object instead of lines
source "$(dirname "${BASH_SOURCE[0]}")/../lib/verb.sh"

case ${1:-} in
  -h | --help) show_help; exit 0 ;;
esac

program=$root/eng/check/bin/Release/net10.0/Platform.Check.dll
build_if_changed "$root/eng/check/Check.csproj" "$program" >&2
exec dotnet "$program" --data "$root/data" "$@"
