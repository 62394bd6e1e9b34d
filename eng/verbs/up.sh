#!/usr/bin/env bash
# Start the platform in distributed mode: real brokers and one process per service, on this machine.
#
# Usage: ./dev up [--empty] [--port 8080] [--data DIR] [--replicas inference=2,monitor=2]
#                 [--documents postgres|mongodb]
#
#   --empty          without the sample models and their replayed traffic
#   --port N         the gateway listens on http://127.0.0.1:N (8080)
#   --data DIR       keep all state, logs and pids in DIR (./data in the repository)
#   --replicas LIST  so many processes of registry, inference, monitor or explainer; one of each that is not named
#   --documents NAME postgres, or mongodb: a replica set of yours, named by PLATFORM_Storage__MongoDb__ConnectionString
#
# RabbitMQ, PostgreSQL and a Kafka-protocol broker come from the system's packages; what is missing is installed where this
# may be done, and named where not. Everything listens on 127.0.0.1. Each process's pid is in DIR/run/NAME.pid, its log in
# DIR/logs/NAME.log. What dies is started again. Callers are asked for keys; the first one is in DIR/bootstrap.key.
#
# Prints "ready http://127.0.0.1:PORT" when everything is ready; Ctrl-C or ./dev down stops all of it.
source "$(dirname "${BASH_SOURCE[0]}")/../lib/verb.sh"

data=$root/data documents=postgres arguments=("$@")
while (($#)); do
  case $1 in
    --data) data=${2:-}; shift $(($# > 1)) ;;
    --data=*) data=${1#*=} ;;
    --documents) documents=${2:-}; shift $(($# > 1)) ;;
    --documents=*) documents=${1#*=} ;;
    -h | --help) show_help; exit 0 ;;
  esac
  shift
done

servers=(rabbitmq kafka)
[[ $documents == mongodb ]] || servers+=(postgres)
for server in "${servers[@]}"; do
  bash "$root/eng/servers/$server.sh" install
done
program=$root/eng/supervisor/bin/Release/net10.0/Platform.Supervisor.dll
build_if_changed "$root/eng/supervisor/Supervisor.csproj" "$program"

# Should this process be killed, what it started goes too.
setsid bash "$root/eng/verbs/down.sh" --after $$ --data "$data" >/dev/null 2>&1 </dev/null &
exec dotnet "$program" --data "$data" "${arguments[@]}"
