#!/usr/bin/env bash
# Makes this machine a node of the cluster, or brings it up to date. Run as root, on the
# machine, from a copy of the project. Running it again changes what differs, and says so.
#
#   bare-metal/install.sh NODE [OPTION...]     NODE as in kafka/nodes.conf
#
#   --tarball FILE    Kafka's binary release; default: the one in bare-metal/packages
#   --sha512 SUM      its checksum, or the file with it; default: FILE.sha512
#   --exporter FILE   the JMX exporter's jar; default: the one in bare-metal/packages
#   --restart         restart the node if it runs with old files. Refused while a partition
#                     is under-replicated or a controller lags: it would be one too many
#   --format          format an empty disk of a node that was installed before (a new disk)
#   --dry-run         show what would change, change nothing
#
# Exit codes: 0 done, 1 the restart was refused, 2 wrong use or something is missing,
# 3 the machine or the cluster stood in the way.
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=/dev/null
. "$project/bare-metal/platform.conf"
# shellcheck source=/dev/null
. "$project/kafka/cluster.conf"

node=
tarball=$project/bare-metal/packages/$KAFKA_TARBALL
sha512=
exporter=$project/bare-metal/packages/${EXPORTER_JAR:-}
format=
while [ $# -gt 0 ]; do
  case $1 in
    --tarball | --sha512 | --exporter)
      [ $# -gt 1 ] || fail 2 "$1 needs a value"
      declare "${1#--}=$2"
      shift
      ;;
    --restart) restart=1 ;;
    --format) format=1 ;;
    --dry-run) dry_run=1 ;;
    -*) fail 2 "unknown option $1; see the first lines of $0" ;;
    *)
      [ -z "$node" ] || fail 2 "one node at a time: $node or $1"
      node=$1
      ;;
  esac
  shift
done

node_names() { awk '!/^#/ && NF { print $2 }' "$project/kafka/nodes.conf" | paste -sd' '; }
[ -n "$node" ] || fail 2 "which node is this machine? There are: $(node_names)"
node_id=$(awk -v node="$node" '!/^#/ && $2 == node { print $1 }' "$project/kafka/nodes.conf")
[ -n "$node_id" ] || fail 2 "no node $node in kafka/nodes.conf; there are: $(node_names)"

properties=$project/kafka/$node/server.properties
property() { sed -n "s/^$1=//p" "$2" | tail -n1; }
data=$(property log.dirs "$properties")
# The first of several tells for all of them: they are formatted together.
data=${data%%,*}
is_secured() { [ "$SECURITY" != none ]; }

check_machine() {
  need_root
  local java version installed
  # As the unit will have it, and Kafka's tools here too.
  JAVA_HOME=$(sed -n 's/^JAVA_HOME="\?\([^"]*\)"\?$/\1/p' "$project/bare-metal/$node/jvm.env")
  export JAVA_HOME
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  command -v "$java" >/dev/null ||
    fail 3 "Java is missing; Kafka needs $JAVA_MINIMUM or newer (Debian: apt-get install openjdk-17-jre-headless), or JAVA_HOME in bare-metal/$node/jvm.env"
  version=$("$java" -version 2>&1 | sed -n 's/.* version "\(1\.\)\?\([0-9]*\).*/\2/p' | head -n1)
  [ "${version:-0}" -ge "$JAVA_MINIMUM" ] ||
    fail 3 "Java ${version:-of an unknown version} is too old; Kafka needs $JAVA_MINIMUM or newer"
  if [ -f /etc/kafka/server.properties ]; then
    installed=$(property node.id /etc/kafka/server.properties)
    [ "$installed" = "$node_id" ] ||
      fail 2 "this machine is node $installed already, $node is node $node_id; two nodes on one machine share its failures"
  fi
  if is_secured; then
    [ -s "$project/security/secrets/$node.pem" ] ||
      fail 2 "security/secrets/$node.pem is missing; run security/certs.sh where the CA is, and bring this one file along"
    [ ! -e "$project/security/secrets/ca.key" ] ||
      say 'note: the key of the CA (security/secrets/ca.key) lies on this machine; it does not belong on a broker'
  fi
}

# --- Kafka itself

# expected_sha512 : of --sha512 or FILE.sha512, in Apache's format or that of sha512sum.
expected_sha512() {
  local sum=${sha512:-$tarball.sha512}
  if [ -f "$sum" ]; then sum=$(cat "$sum"); fi
  tr -d ' \n' <<<"${sum#*:}" | tr 'A-F' 'a-f' | grep -oE '^[0-9a-f]{128}' ||
    fail 2 "no SHA-512 checksum of $tarball; give it with --sha512, or put the published $KAFKA_TARBALL.sha512 beside it"
}

install_kafka() {
  if [ ! -d "$KAFKA_HOME" ]; then
    [ -f "$tarball" ] || fail 2 "$tarball is missing; get Kafka's binary release and its .sha512 (bare-metal/README.md says how), or say --tarball FILE"
    local expected
    expected=$(expected_sha512)
    [ "$(sha512sum <"$tarball" | cut -d' ' -f1)" = "$expected" ] ||
      fail 2 "$tarball does not have the checksum ${expected:0:16}...; it is damaged, or not what it says"
    change + "$KAFKA_HOME from $(basename "$tarball")"
    [ -n "$dry_run" ] || unpack
  fi
  link "$KAFKA_HOME" /opt/kafka
}

unpack() {
  rm -rf "$KAFKA_HOME.new"
  mkdir "$KAFKA_HOME.new"
  tar -xzf "$tarball" -C "$KAFKA_HOME.new" --strip-components=1 --no-same-owner
  [ -x "$KAFKA_HOME.new/bin/kafka-server-start.sh" ] || fail 2 "$tarball has no bin/kafka-server-start.sh; is it the source release?"
  # Its presence says that it is complete.
  mv -T "$KAFKA_HOME.new" "$KAFKA_HOME"
}

install_exporter() {
  [ -n "${EXPORTER_JAR:-}" ] || return 0
  if [ ! -f "$AGENTS/$EXPORTER_JAR" ]; then
    [ -f "$exporter" ] || fail 2 "$exporter is missing; bare-metal/README.md says how to get it, or say --exporter FILE"
    [ "$(sha256sum <"$exporter" | cut -d' ' -f1)" = "$EXPORTER_SHA256" ] ||
      fail 2 "$exporter is not the $EXPORTER_JAR that this platform was made for (EXPORTER_SHA256 in bare-metal/platform.conf)"
    folder "$AGENTS" root:root 755
    put "$exporter" "$AGENTS/$EXPORTER_JAR"
  fi
  put "$project/monitoring/jmx-exporter.yml" /etc/kafka/jmx-exporter.yml
}

# --- configuration and secrets

install_configuration() {
  if ! id kafka >/dev/null 2>&1; then
    change + 'user kafka'
    run useradd --system --user-group --home-dir /var/lib/kafka --no-create-home --shell /usr/sbin/nologin kafka
  fi
  folder /etc/kafka root:root 755
  folder /var/lib/kafka kafka:kafka 750
  put "$properties" /etc/kafka/server.properties
  put "$project/kafka/log4j2.yaml" /etc/kafka/log4j2.yaml
  put "$project/bare-metal/$node/jvm.env" /etc/kafka/jvm.env
  put "$project/bare-metal/client.properties" /etc/kafka/client.properties
}

install_secrets() {
  is_secured || return 0
  folder /etc/kafka/secrets root:kafka 750
  put "$project/security/secrets/ca.pem" /etc/kafka/secrets/ca.pem
  put "$project/security/secrets/$node.pem" "/etc/kafka/secrets/$node.pem" root:kafka 640
  # The one password that a running broker needs; those of the users are in the metadata log.
  if [ -f "$project/.env" ] || [ ! -f /etc/kafka/secrets.env ]; then
    (umask 077 && password BROKER_PASSWORD >"$work/secrets.env")
    put "$work/secrets.env" /etc/kafka/secrets.env root:root 600
  fi
}

tune_kernel() {
  local before=$changes
  put "$project/bare-metal/sysctl.conf" /etc/sysctl.d/90-kafka.conf
  # In force at once; no reason for a restart.
  unset 'service_files[-1]'
  [ "$changes" = "$before" ] || run sysctl --quiet --load /etc/sysctl.d/90-kafka.conf ||
    say 'warning: the kernel did not take every setting of /etc/sysctl.d/90-kafka.conf; in a container its host decides'
}

# --- storage

format_storage() {
  local meta=$data/meta.properties found
  if [ -f "$meta" ]; then
    found=$(property cluster.id "$meta")
    [ "$found" = "$CLUSTER_ID" ] ||
      fail 2 "$data belongs to cluster $found, this project is $CLUSTER_ID. Kafka would refuse it. Move the old data away if nobody needs it"
    return
  fi
  # A voter that comes up empty under its old name has forgotten what it promised to the quorum.
  [ -n "$format" ] || ! systemctl is-enabled --quiet kafka 2>/dev/null ||
    fail 2 "$data is empty, but this node was installed before. Is its disk mounted? If the disk is new: --format"
  change + "format $data for cluster $CLUSTER_ID"
  [ -n "$dry_run" ] || run_format
}

is_first_voter() {
  [[ $(property process.roles "$properties") = *controller* ]] && { [ -z "$format" ] || [[ $INITIAL_CONTROLLERS != *,* ]]; }
}

run_format() {
  local arguments=$work/format
  # By file, not by argument: arguments can be read by every process of the machine.
  (umask 077 && format_arguments >"$arguments")
  chown -R kafka: "$work"
  runuser -u kafka -- "$KAFKA_HOME/bin/kafka-storage.sh" format "@$arguments" >"$work/format.log" 2>&1 ||
    fail 3 "the storage could not be formatted: $(grep -m3 -iE 'error|exception' "$work/format.log" || tail -n3 "$work/format.log")"
}

format_arguments() {
  local user variable mechanism secret
  printf '%s\n' --cluster-id "$CLUSTER_ID" --config /etc/kafka/server.properties
  if ! is_first_voter; then
    # The others have a quorum already and know the users; this node learns both from them.
    echo --no-initial-controllers
    [ -z "$format" ] || return 0
  else
    printf '%s\n' --initial-controllers "$INITIAL_CONTROLLERS"
  fi
  is_secured || return 0
  # On every node: users made on one controller only are gone when another one leads.
  while read -r user variable mechanism; do
    [ "$mechanism" = SCRAM-SHA-512 ] || continue
    secret=$(password "$variable")
    printf '%s\n' --add-scram "SCRAM-SHA-512=[name=$user,password=${secret#*=}]"
  done < <(grep -v '^#' "$project/security/users.conf")
}

# --- the service

client_config=/etc/kafka/client.properties

# kafka TOOL ARGUMENT... : one of Kafka's own tools, as the brokers' user.
kafka() {
  local tool=$1
  shift
  (
    set -a
    # shellcheck source=/dev/null
    if is_secured; then . /etc/kafka/secrets.env; fi
    timeout 60 "/opt/kafka/bin/$tool" --bootstrap-server "$BROKERS" --command-config "$client_config" "$@"
  )
}

# unhealthy : prints what stands against taking a node away; fails if the cluster can't be asked.
unhealthy() {
  local partitions
  kafka kafka-topics.sh --describe --under-replicated-partitions >"$work/partitions" 2>"$work/error" || return
  quorum describe --replication >"$work/quorum" || return
  partitions=$(grep -c 'Partition:' "$work/partitions" || true)
  [ "$partitions" = 0 ] || echo "$partitions partitions are under-replicated"
  # The leader's own time is now; a follower that was not at its end for 10 s lags or is down.
  awk '
    NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
    $column["Status"] == "Leader" { now = $column["LastCaughtUpTimestamp"] }
    $column["Status"] == "Follower" { seen[$column["NodeId"]] = $column["LastCaughtUpTimestamp"] }
    END { for (id in seen) if (now - seen[id] > 10000) print "controller " id " lags behind the quorum" }
  ' "$work/quorum"
}

restart_node() {
  local reasons waited
  reasons=$(unhealthy) || fail 3 "the cluster could not be asked whether $node may go: $(last_error)"
  [ -z "$reasons" ] ||
    fail 1 "not restarted: ${reasons//$'\n'/; }. Wait, or mend that first; if this node itself is the cause: systemctl restart kafka"
  start_or_restart restart kafka
  [ -z "$dry_run" ] || return 0
  say "waiting until every partition has all its replicas again (at most 10 minutes)"
  for ((waited = 0; waited < 120; waited++)); do
    is_running kafka || give_up kafka
    reasons=$(unhealthy) && [ -z "$reasons" ] && return
    sleep 5
  done
  fail 3 "$node runs, but after 10 minutes: ${reasons:-the cluster does not answer}. Don't go on with the next node"
}

# The quorum still counts on the voter that was on the old disk (KIP-853). A step at a time,
# and again after each failure: a new leader refuses changes for a moment.
rejoin_quorum() {
  [ -n "$format" ] && [ -z "$dry_run" ] && [[ $INITIAL_CONTROLLERS = *,* ]] || return 0
  [[ $(property process.roles "$properties") = *controller* ]] || return 0
  local here voter quorum
  here=$(property directory.id "$data/meta.properties")
  (umask 077 && cat "$client_config" /etc/kafka/server.properties >"$work/join.properties")
  client_config=$work/join.properties
  for _ in {1..24}; do
    if quorum=$(quorum describe --replication); then
      voter=$(awk -v id="$node_id" '$1 == id && $NF != "Observer" { print $2 }' <<<"$quorum")
      [ "$voter" != "$here" ] || return 0
      if [ -z "$voter" ]; then
        quorum add-controller >/dev/null && change + "voter $node_id with directory $here" && continue
      else
        quorum remove-controller --controller-id "$node_id" --controller-directory-id "$voter" >/dev/null &&
          change - "voter $node_id with directory $voter" && continue
      fi
    fi
    sleep 5
  done
  fail 3 "$node runs, but does not vote in the quorum: $(last_error). Run this again with --format once the other nodes are well"
}

quorum() { kafka kafka-metadata-quorum.sh "$@" 2>"$work/error"; }

last_error() { grep -m2 -E 'rror|xception|imeout' "$work/error" || tail -n2 "$work/error"; }

check_machine
install_kafka
install_configuration
install_exporter
install_secrets
tune_kernel
format_storage
unit kafka
run_service kafka restart_node
rejoin_quorum
summary "$node"
