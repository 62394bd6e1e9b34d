#!/usr/bin/env bash
# RabbitMQ on loopback, as a node of its own beside any other; by TLS alone where the data folder has certificates, which clients then need too. Uses PORT for AMQP and the two that follow for Erlang.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

scripts=/usr/lib/rabbitmq/bin

install() {
  [[ -x $scripts/rabbitmq-server ]] && return
  need_packages "RabbitMQ" rabbitmq-server
  disable_service rabbitmq-server
}

start() {
  run_as rabbitmq
  private_folder rabbitmq "$data/rabbitmq"
  configure
  start_server rabbitmq beam.smp
}

# Nothing of the system's own broker is read or touched, and the Erlang side listens on loopback alone too.
configure() {
  cat >"$data/rabbitmq/rabbitmq.conf" <<CONF
listeners.tcp.1 = 127.0.0.1:$port
vm_memory_high_watermark.absolute = 1GB
disk_free_limit.absolute = 100MB
log.console = true
log.console.use_colors = off
log.file = false
CONF
  if speaks_tls; then configure_tls; fi
  echo "[]." >"$data/rabbitmq/enabled_plugins"
  echo "$((port + 2))" >"$data/rabbitmq/port-mapper"
  [[ $EUID != 0 ]] || chown rabbitmq "$data"/rabbitmq/{rabbitmq.conf,enabled_plugins}
  set_environment
}

configure_tls() {
  local files=$data/rabbitmq/tls
  tls_files rabbitmq "$files"
  sed -i 's/^listeners\.tcp\.1/listeners.ssl.1/' "$data/rabbitmq/rabbitmq.conf"
  cat >>"$data/rabbitmq/rabbitmq.conf" <<CONF
listeners.tcp = none
ssl_options.certfile = $files/certificate.pem
ssl_options.keyfile = $files/key.pem
ssl_options.cacertfile = $files/authority.pem
ssl_options.verify = verify_peer
ssl_options.fail_if_no_peer_cert = true
CONF
}

set_environment() {
  environment=(
    env -i PATH="$PATH" LANG=C.UTF-8 HOME="$data/rabbitmq"
    RABBITMQ_CONF_ENV_FILE=/dev/null
    RABBITMQ_CONFIG_FILE="$data/rabbitmq/rabbitmq.conf"
    RABBITMQ_ENABLED_PLUGINS_FILE="$data/rabbitmq/enabled_plugins"
    RABBITMQ_MNESIA_BASE="$data/rabbitmq/mnesia"
    RABBITMQ_LOG_BASE="$data/rabbitmq/log"
    RABBITMQ_NODENAME="platform-$port@localhost"
    RABBITMQ_DIST_PORT="$((port + 1))"
    ERL_EPMD_PORT="$((port + 2))"
    ERL_EPMD_ADDRESS=127.0.0.1
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1} +S 2:2"
    RUNNING_UNDER_SYSTEMD=true # the start script then becomes the server, instead of watching it
  )
}

launch_rabbitmq() { launch rabbitmq "${environment[@]}" "$scripts/rabbitmq-server"; }

# The broker listens for clients last of all, when its plugins run and its queues are there (rabbitmq-server#2405). To ask rabbitmqctl, too,
# would take another Erlang's start.
ready_rabbitmq() { port_answers "$port"; }

# Erlang's port mapper outlives the node that started it.
stop() {
  stop_server rabbitmq beam.smp 20
  [[ ! -f $data/rabbitmq/port-mapper ]] || ERL_EPMD_PORT=$(<"$data/rabbitmq/port-mapper") epmd -kill >/dev/null 2>&1 || true
}

# Runs rabbitmqctl on a broker that runs.
control() {
  data=$(realpath "$1")
  port=$(($(<"$data/rabbitmq/port-mapper") - 2))
  run_as rabbitmq
  set_environment
  "${as[@]}" "${environment[@]}" "$scripts/rabbitmqctl" --quiet "${@:2}"
}

if [[ ${1:-} == control && $# -gt 2 ]]; then
  control "${@:2}"
else
  run_verb "eng/servers/rabbitmq.sh install | start DATA PORT | stop DATA | control DATA COMMAND..." "$@"
fi
