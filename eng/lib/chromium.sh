#!/usr/bin/env bash
# Prints where Chromium is, for tests and screenshots of the console; installs it first where that is ours to do.
set -euo pipefail
folder=$(dirname "${BASH_SOURCE[0]}")
source "$folder/console.sh"
source "$folder/../servers/packages.sh"

command -v chromium >/dev/null || need_packages "Chromium" chromium >&2
command -v chromium
