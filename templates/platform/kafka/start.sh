#!/usr/bin/env bash
# Starts one node: formats its storage the first time, then runs Kafka in the foreground.
#
#   kafka/start.sh NODE_DIRECTORY      with server.properties in it
#
# The stock set-up of Kafka's image can't form a quorum of several controllers, nor
# make SCRAM users, so this calls Kafka's own tools. Passwords come from the environment.
#
# SERVER_HEAP_OPTS, SERVER_LOG4J_OPTS, SERVER_OPTS  become KAFKA_... for the server alone,
#   so that a tool run beside it does not take its agent's port or as much memory
set -euo pipefail

node_dir=${1:?usage: start.sh NODE_DIRECTORY}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
kafka_home=${KAFKA_HOME:-/opt/kafka}
config=$node_dir/server.properties

fail() {
  echo "start.sh: $*" >&2
  exit 2
}

property() { sed -n "s/^$1=//p" "$config" | tail -n1; }

# shellcheck source=/dev/null
. "$here/cluster.conf"
data=$(property log.dirs)
meta=$data/meta.properties

# A shell of its own, which removes the passwords when it ends, whatever ends it.
format() (
  # By file: the arguments of a process can be read by everyone on the machine.
  arguments=$(umask 077 && mktemp)
  trap 'rm -f "$arguments"' EXIT
  format_arguments >"$arguments"
  # What it prints of the bootstrap metadata has the keys of the users in it.
  "$kafka_home/bin/kafka-storage.sh" format "@$arguments" | sed '/^Bootstrap metadata:/d'
)

format_arguments() {
  local user variable mechanism users=$here/../security/users.conf
  printf '%s\n' --cluster-id "$CLUSTER_ID" --config "$config"
  case $(property process.roles) in
    *controller*) printf '%s\n' --initial-controllers "$INITIAL_CONTROLLERS" ;;
    *) printf '%s\n' --no-initial-controllers ;;
  esac
  [ -f "$users" ] || return 0
  # On every node: users made on one controller only are gone when another one leads.
  while read -r user variable mechanism; do
    [ "$mechanism" = SCRAM-SHA-512 ] || continue
    [ -n "${!variable:-}" ] || fail "$variable is not set; run security/secrets.sh, which makes .env"
    printf '%s\n' --add-scram "SCRAM-SHA-512=[name=$user,password=${!variable}]"
  done < <(grep -v '^#' "$users")
}

if [ ! -f "$meta" ]; then
  format
else
  found=$(sed -n 's/^cluster.id=//p' "$meta")
  [ "$found" = "$CLUSTER_ID" ] ||
    fail "$data belongs to cluster $found, this project is $CLUSTER_ID. Kafka would refuse it. Point log.dirs elsewhere, or remove the old data if nobody needs it"
fi

export KAFKA_HEAP_OPTS=${SERVER_HEAP_OPTS:-${KAFKA_HEAP_OPTS:-}}
export KAFKA_LOG4J_OPTS=${SERVER_LOG4J_OPTS:-${KAFKA_LOG4J_OPTS:-}}
export KAFKA_OPTS=${SERVER_OPTS:-${KAFKA_OPTS:-}}
exec "$kafka_home/bin/kafka-server-start.sh" "$config"
