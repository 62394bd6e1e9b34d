#!/usr/bin/env bash
# Stop what ./dev up started.
#
# Usage: ./dev down [--data DIR]
#
#   --data DIR   the data folder that was given to ./dev up (./data in the repository)
#
# Asks the supervisor to stop everything. If it is gone, for it was killed, what it left is stopped one by one.
source "$(dirname "${BASH_SOURCE[0]}")/../lib/verb.sh"

data=$root/data supervisor=
while (($#)); do
  case $1 in
    --data) data=${2:-}; shift ;;
    --data=*) data=${1#*=} ;;
    --after) supervisor=${2:-}; shift ;; # waits for this process to end; how ./dev up leaves nothing behind
    -h | --help) show_help; exit 0 ;;
    *) wrong_usage "unknown option '$1'" ;;
  esac
  shift || wrong_usage "an option lacks its value"
done
[[ $data ]] || wrong_usage "--data wants a folder"
run=$data/run

# pid_of NAME: only if it is still a program of ours, for another may have got the number since.
pid_of() {
  local pid
  pid=$(cat "$run/$1.pid" 2>/dev/null) || return 1
  grep -qsF "Platform." "/proc/$pid/cmdline" && echo "$pid"
}

# stop_process NAME SECONDS: asks, waits, and ends it after that time.
stop_process() {
  local pid deadline=$((SECONDS + $2))
  if pid=$(pid_of "$1"); then
    kill -TERM "$pid" 2>/dev/null || true
    while [[ $(pid_of "$1") == "$pid" ]] && ((SECONDS < deadline)); do sleep 0.1; done
    [[ $(pid_of "$1") != "$pid" ]] || kill -KILL "$pid" 2>/dev/null || true
  fi
  rm -f "$run/$1.pid"
}

stop_leftovers() {
  local file server
  stop_process gateway 12
  for file in "$run"/{registry,inference,monitor,explainer}*.pid; do
    [[ ! -f $file ]] || stop_process "$(basename "$file" .pid)" 12 &
  done
  wait
  for server in kafka rabbitmq postgres; do
    [[ ! -f $run/$server.pid ]] || bash "$root/eng/servers/$server.sh" stop "$data" &
  done
  wait
}

if [[ $supervisor ]]; then
  tail --pid="$supervisor" -f /dev/null
  # It removes its pid at an orderly end, and another may have begun since.
  [[ $(cat "$run/up.pid" 2>/dev/null) == "$supervisor" ]] || exit 0
fi
if [[ ! -d $run ]]; then
  say "nothing runs on $data"
  exit 0
fi
stop_process up 120
stop_leftovers
say "stopped"
