#!/usr/bin/env bash
# Start the whole platform in one process, with nothing to install.
#
# Usage: ./dev run [--empty] [--port 8080] [--data DIR] [--auth]
#
#   --empty      without the sample models and their replayed traffic
#   --port N     listen on http://127.0.0.1:N (8080)
#   --data DIR   keep all state in DIR (./data in the repository)
#   --auth       ask callers for keys; the first one is in DIR/bootstrap.key
#
# Prints "ready http://127.0.0.1:PORT" when every service is ready; Ctrl-C stops it.
source "$(dirname "${BASH_SOURCE[0]}")/../lib/verb.sh"

port=8080 data=$root/data switches=()
while (($#)); do
  case $1 in
    --empty | --auth) switches+=("$1") ;;
    --port) port=${2:-}; shift ;;
    --data) data=${2:-}; shift ;;
    -h | --help) show_help; exit 0 ;;
    *) wrong_usage "unknown option '$1'" ;;
  esac
  shift || wrong_usage "an option lacks its value"
done
[[ $port =~ ^[0-9]+$ ]] && ((port <= 65535)) || wrong_usage "--port wants a number up to 65535"
[[ $data ]] || wrong_usage "--data wants a folder"

project=$root/services/standalone/Standalone.csproj
program=$root/services/standalone/bin/Release/net10.0/Platform.Standalone.dll
build_if_changed "$project" "$program"
exec dotnet "$program" "${switches[@]}" --port "$port" --data "$data"
