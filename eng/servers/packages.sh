# Installing what a server needs; sourced by lib.sh.

# need_packages WHAT PACKAGE...: installs Debian packages where that is ours to do, without starting what they bring.
need_packages() {
  local what=$1
  shift
  if [[ $EUID != 0 ]] || ! command -v apt-get >/dev/null; then
    fail "$what was not found; on Debian: apt-get install $*"
  fi
  say "installing $*"
  { # apt-get waits for another one that installs, but not for one that reads the lists
    flock 9
    without_services quietly apt_install "$@" 9>&- || fail "apt-get could not install $*"
  } 9>/var/lib/apt/platform.lock
}

# Two runs at a time wait for one another.
apt_install() {
  apt-get -o DPkg::Lock::Timeout=300 update
  DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@"
}

# Debian asks this file whether a package may start its service.
without_services() {
  local policy=/usr/sbin/policy-rc.d result=0
  if [[ -e $policy ]]; then
    "$@"
    return
  fi
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod +x "$policy"
  "$@" || result=$?
  rm -f "$policy"
  return $result
}

# At the next boot it shall not start either.
disable_service() {
  [[ ! -d /run/systemd/system ]] || systemctl disable --quiet "$1" || true
}
