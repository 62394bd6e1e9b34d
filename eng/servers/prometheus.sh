#!/usr/bin/env bash
# Prometheus and Alertmanager with promtool and amtool. Tests start them with the configuration that they look at.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

[[ $* == install ]] || fail "usage: eng/servers/prometheus.sh install"

missing=
for command in prometheus promtool prometheus-alertmanager amtool; do
  command -v $command >/dev/null || missing=1
done
[[ $missing ]] || exit 0

need_packages "Prometheus with Alertmanager" prometheus prometheus-alertmanager
disable_service prometheus
disable_service prometheus-alertmanager
