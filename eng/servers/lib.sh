# Starting and stopping real servers by hand, on loopback, for ./dev up and for tests; sourced by the scripts of this folder.
#
# A server belongs to a data folder, $data: it keeps its files in $data/<name>, its pid in $data/run/<name>.pid and its log
# in $data/logs/<name>.log. Starting one that runs does nothing; starting one that was killed picks up where it was.

source "$(dirname "${BASH_SOURCE[0]}")/../lib/console.sh"
source "$(dirname "${BASH_SOURCE[0]}")/packages.sh"

# What lies in a data folder is its owner's alone.
umask 077

pid_file() { echo "$data/run/$1.pid"; }

log_file() { echo "$data/logs/$1.log"; }

# is_running NAME COMMAND: the pid alone is not enough, for another program may have got it since.
is_running() {
  local pid
  pid=$(cat "$(pid_file "$1")" 2>/dev/null) && [[ $(cat "/proc/$pid/comm" 2>/dev/null) == "$2" ]]
}

# run_as ACCOUNT: sets $as, to be put before commands. Servers do not run as root, and some refuse to; without root they run
# as the caller. Its account may pass the data folder, and see nothing of it. Where that lies below one that is root's alone, such as
# /root, the server may pass that.
run_as() {
  as=()
  if [[ $EUID == 0 ]] && id "$1" >/dev/null 2>&1; then
    chmod go+x "$data"
    as=(setpriv --reuid "$1" --regid "$1" --init-groups)
    "${as[@]}" test -x "$data" || as+=(--inh-caps +dac_override --ambient-caps +dac_override --securebits +no_setuid_fixup)
  fi
}

# private_folder ACCOUNT FOLDER
private_folder() {
  mkdir -p "$2"
  chmod 700 "$2"
  [[ $EUID != 0 ]] || chown "$1" "$2"
}

# speaks_tls: whether the data folder has certificates for the server, as tests put them there: in tls/ the files certificate.pem,
# key.pem and authority.pem, and for Kafka keystore.p12 with the password "keystore".
speaks_tls() { [[ -f $data/tls/certificate.pem ]]; }

# tls_files ACCOUNT FOLDER: copies that the server may read, and nobody else.
tls_files() {
  private_folder "$1" "$2"
  cp "$data"/tls/* "$2"
  chmod 600 "$2"/*
  [[ $EUID != 0 ]] || chown "$1" "$2"/*
}

# launch NAME COMMAND...: in the background, away from the terminal. Nothing forks on the way: the pid is the server's. Who looks for it
# finds it whole.
launch() {
  local name=$1
  shift
  (cd "$data" && exec "${as[@]}" setsid "$@") >>"$(log_file "$name")" 2>&1 </dev/null &
  echo $! >"$(pid_file "$name").new"
  mv "$(pid_file "$name").new" "$(pid_file "$name")"
  disown
}

# start_server NAME COMMAND: calls launch_NAME until ready_NAME agrees, however long a busy machine takes, and says every
# quarter of a minute that it waits. A server that dies on the way is launched again: what a killed one leaves behind (child
# processes, a lease at a coordinator) stands in the way for a moment. One that dies again and again is given up.
# help_NAME, where there is one, is called while it waits; it may launch again what lives but will never be ready.
start_server() {
  local name=$1 command=$2 began=$SECONDS said=$SECONDS launches=1
  mkdir -p "$data/run" "$data/logs"
  is_running "$name" "$command" || launch_"$name"
  until ready_"$name" >/dev/null 2>&1; do
    if ((SECONDS - said >= 15)); then
      say "waiting for $name, which has run for $((SECONDS - began)) s and is not ready yet; its log is $(log_file "$name")"
      said=$SECONDS
    fi
    sleep 0.2
    if kill -0 "$(cat "$(pid_file "$name")")" 2>/dev/null; then
      ! declare -F help_"$name" >/dev/null || help_"$name"
      continue
    fi
    if ((launches == 8)); then
      tail -n 20 "$(log_file "$name")" >&2
      stop
      fail "$name died $launches times before it was ready; its log is $(log_file "$name")"
    fi
    sleep 1
    launch_"$name"
    launches=$((launches + 1))
  done
}

# stop_server NAME COMMAND SECONDS [SIGNAL]: asks, waits, and ends it after that time.
stop_server() {
  local deadline=$((SECONDS + $3))
  while is_running "$1" "$2"; do
    kill -s "${asked:-${4:-TERM}}" "$(cat "$(pid_file "$1")")" 2>/dev/null || true
    local asked=0
    ((SECONDS < deadline)) || asked=KILL
    sleep 0.1
  done
  rm -f "$(pid_file "$1")"
}

port_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# run_verb USAGE ARGUMENTS...: what every script of this folder understands.
run_verb() {
  local usage=$1 verb=${2:-} folder=${3:-}
  case $verb:$#:${4:-0} in
    install:2:*) install ;;
    start:4:[1-9]*)
      mkdir -p "$folder"
      data=$(realpath "$folder") port=$4
      install
      start
      ;;
    stop:3:*)
      [[ -d $folder ]] || return 0
      data=$(realpath "$folder")
      stop
      ;;
    *) fail "usage: $usage" ;;
  esac
}
