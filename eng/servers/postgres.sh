#!/usr/bin/env bash
# PostgreSQL on loopback, by TLS too where the data folder has certificates. Whoever reaches the port is its superuser "platform": for one machine, not for a network.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

binaries() {
  local folder
  for folder in "$(pg_config --bindir 2>/dev/null)" $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV); do
    [[ -x $folder/postgres ]] && echo "$folder" && return
  done
  return 1
}

install() {
  binaries >/dev/null && return
  need_packages "PostgreSQL" postgresql-15
  disable_service postgresql
}

start() {
  bin=$(binaries)
  run_as postgres
  create_cluster
  start_server postgres postgres
}

create_cluster() {
  [[ ! -f $data/postgres/created ]] || return 0
  # What an interrupted creation left is of no use.
  rm -rf "$data/postgres"
  private_folder postgres "$data/postgres"
  quietly "${as[@]}" "$bin/initdb" --pgdata "$data/postgres" --username platform --auth trust --encoding UTF8 --locale C ||
    fail "PostgreSQL's files could not be created in $data/postgres"
  touch "$data/postgres/created"
}

launch_postgres() {
  local tls=()
  if speaks_tls; then
    tls_files postgres "$data/postgres/tls"
    tls=(-c ssl=on -c ssl_cert_file=tls/certificate.pem -c ssl_key_file=tls/key.pem)
  fi
  launch postgres "$bin/postgres" -D "$data/postgres" -p "$port" \
    -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 -c recovery_init_sync_method=syncfs "${tls[@]}"
}

ready_postgres() { "$bin/pg_isready" --host 127.0.0.1 --port "$port"; }

# SIGINT is PostgreSQL's fast stop: it ends its clients' connections instead of waiting for them.
stop() { stop_server postgres postgres 20 INT; }

run_verb "eng/servers/postgres.sh install | start DATA PORT | stop DATA" "$@"
