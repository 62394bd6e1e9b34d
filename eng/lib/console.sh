# Talking to the person at the terminal; sourced by the scripts of this folder and by ./dev.

say() { printf '· %s\n' "$*" >&2; }

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# Runs a command silently; shows what it printed only if it fails.
quietly() {
  local log
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}

need_command() { command -v "$1" >/dev/null || fail "'$1' was not found: please install $2"; }
