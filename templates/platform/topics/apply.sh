#!/usr/bin/env bash
# Topics, users and rights as topics/topics.conf and security/users.conf say.
# Shows the difference, then makes it. Safe to run again and again.
#
#   topics/apply.sh           show and apply
#   topics/apply.sh --plan    show only
#
# Refused, because records would be lost: fewer partitions, a shorter retention,
# deleting instead of compacting. Exit codes: 0 done, 1 something was refused, 2 wrong use,
# 3 the cluster could not be asked.
#
# KAFKA_BOOTSTRAP_SERVERS  brokers, host:port,...
# KAFKA_COMMAND_CONFIG     client settings of the administrator (clients/admin.properties)
# KAFKA_HOME               where bin/kafka-topics.sh lies; default /opt/kafka
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
bin=${KAFKA_HOME:-/opt/kafka}/bin
topics_file=$here/topics.conf
users_file=$here/../security/users.conf
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
refused=0
changes=0

fail() {
  echo "apply.sh: $2" >&2
  exit "$1"
}

case ${1:-} in
  '') plan_only= ;;
  --plan) plan_only=1 ;;
  *) fail 2 "unknown option $1; there is --plan" ;;
esac
[ -n "${KAFKA_BOOTSTRAP_SERVERS:-}" ] || fail 2 'KAFKA_BOOTSTRAP_SERVERS is not set, for example broker-1:9092'

# kafka TOOL ARGUMENT... : one of Kafka's own tools against this cluster.
kafka() {
  local tool=$1
  shift
  "$bin/$tool" --bootstrap-server "$KAFKA_BOOTSTRAP_SERVERS" \
    ${KAFKA_COMMAND_CONFIG:+--command-config "$KAFKA_COMMAND_CONFIG"} "$@"
}

# read_state FILE TOOL ARGUMENT... : what the cluster has, in the background.
pids=()
read_state() {
  local file=$work/$1
  shift
  kafka "$@" >"$file" 2>"$file.err" &
  pids+=("$!")
}

wait_for_state() {
  local pid
  for pid in "${pids[@]}"; do
    wait "$pid" || fail 3 "the cluster could not be asked: $(cat "$work"/*.err | grep -m3 -E 'rror|xception|imeout' || cat "$work"/*.err | tail -n3)"
  done
}

lines() { grep -E "^$1 " "$topics_file" || true; }

# change SIGN TEXT : one line of the difference.
change() {
  printf '  %s %s\n' "$1" "$2"
  changes=$((changes + 1))
}

refuse() {
  printf '  ! refused: %s\n' "$1"
  refused=1
}

# Each step is a function of words, called later: show everything first.
steps=()
later() { steps+=("$(printf '%q ' "$@")"); }

# --- topics

has_topic() { grep -q "^Topic: $1"$'\t' "$work/topics"; }
# Of the line that describes a whole topic.
topic_field() { sed -n "s/^Topic: $1\t.*$2: \([^\t]*\).*/\1/p" "$work/topics" | head -n1; }
topic_config() { topic_field "$1" Configs | tr ',' '\n' | sed -n "s/^$2=//p"; }

plan_topic() {
  local name=$1 partitions=${2#partitions=} replication=${3#replication=} setting key want have
  shift 3
  if ! has_topic "$name"; then
    change + "topic $name: $partitions partitions, $replication copies, $*"
    later create_topic "$name" "$partitions" "$replication" "$@"
    return
  fi
  have=$(topic_field "$name" PartitionCount)
  if [ "$partitions" -gt "$have" ]; then
    change '~' "topic $name: partitions $have -> $partitions (keys move: their order holds from now on, not across the change)"
    later kafka kafka-topics.sh --alter --topic "$name" --partitions "$partitions"
  elif [ "$partitions" -lt "$have" ]; then
    refuse "topic $name: partitions $have -> $partitions. Kafka can't remove a partition; make a new topic"
  fi
  have=$(topic_field "$name" ReplicationFactor)
  [ "$have" = "$replication" ] ||
    refuse "topic $name: copies $have -> $replication. That moves data: use kafka-reassign-partitions.sh"
  for setting in "$@"; do
    key=${setting%%=*}
    want=${setting#*=}
    have=$(topic_config "$name" "$key")
    [ "$have" != "$want" ] || continue
    if loses_records "$key" "$have" "$want"; then
      refuse "topic $name: $key ${have:-unset} -> $want would delete records. If that is meant: kafka-configs.sh --alter --entity-type topics --entity-name $name --add-config $setting"
      continue
    fi
    change '~' "topic $name: $key ${have:-unset} -> $want"
    later kafka kafka-configs.sh --alter --entity-type topics --entity-name "$name" --add-config "$setting"
  done
}

loses_records() {
  local key=$1 have=$2 want=$3
  case $key in
    retention.ms) [ "$have" = -1 ] || { [ -n "$have" ] && [ "$want" -lt "$have" ]; } ;;
    cleanup.policy) [ "$have" = compact ] ;;
    *) false ;;
  esac
}

create_topic() {
  local name=$1 partitions=$2 replication=$3 setting args=()
  shift 3
  for setting in "$@"; do args+=(--config "$setting"); done
  kafka kafka-topics.sh --create --if-not-exists --topic "$name" \
    --partitions "$partitions" --replication-factor "$replication" "${args[@]}"
}

# --- the cluster's own default: with eligible leader replicas it can't be a broker's setting

plan_default() {
  local key=$1 want=$2 have
  have=$(grep -oE "(^| )$key=[^ ]*" "$work/defaults" | head -n1 | sed 's/.*=//' || true)
  [ "$have" != "$want" ] || return 0
  change '~' "cluster default: $key ${have:-unset} -> $want"
  later kafka kafka-configs.sh --alter --entity-type brokers --entity-default --add-config "$key=$want"
}

# --- users and rights

# Without them there is no authorizer, and to ask for rights is an error.
has_users() { grep -qs ' SCRAM-SHA-512$' "$users_file"; }

plan_user() {
  local name=$1 variable=$2
  grep -q "user-principal '$name' are" "$work/users" && return
  [ -n "${!variable:-}" ] || fail 2 "$variable is not set; run security/secrets.sh and load .env"
  change + "user $name (SCRAM-SHA-512)"
  later add_user "$name" "$variable"
}

add_user() {
  # By file, not by argument: arguments can be read by every process of the machine.
  (umask 077 && printf 'SCRAM-SHA-512=[password=%s]\n' "${!2}" >"$work/credential")
  kafka kafka-configs.sh --alter --entity-type users --entity-name "$1" --add-config-file "$work/credential"
}

# The cluster's grants as lines of topics.conf: PRINCIPAL OPERATION TYPE NAME
live_grants() {
  awk '
    /ResourcePattern/ {
      match($0, /resourceType=[A-Z_]+/); type = tolower(substr($0, RSTART + 13, RLENGTH - 13))
      match($0, /name=[^,]+/); name = substr($0, RSTART + 5, RLENGTH - 5)
    }
    /permissionType=ALLOW/ && /host=\*/ {
      match($0, /principal=User:[^,]+/); who = substr($0, RSTART + 15, RLENGTH - 15)
      match($0, /operation=[A-Z_]+/); what = substr($0, RSTART + 10, RLENGTH - 10)
      print who, substr(what, 1, 1) tolower(substr(what, 2)), type, name
    }' "$work/acls" | sort -u
}

plan_grants() {
  lines grant | cut -d' ' -f2- | sort -u >"$work/wanted"
  live_grants >"$work/granted"
  local principal operation type name
  while read -r principal operation type name; do
    change + "right: $principal may $operation $type $name"
  done < <(comm -23 "$work/wanted" "$work/granted")
  while read -r principal operation type name; do
    # Rights of principals that this project does not know are none of its business.
    grep -q "^$principal " "$users_file" || continue
    change - "right: $principal may no longer $operation $type $name"
    later kafka kafka-acls.sh --remove --force --allow-principal "User:$principal" --operation "$operation" "--$type" "$name"
  done < <(comm -13 "$work/wanted" "$work/granted")
  # One call for everything that one principal may newly do to one type of resource.
  local group
  while read -r principal operation type; do
    group=()
    while read -r name; do group+=("--$type" "$name"); done < <(
      comm -23 "$work/wanted" "$work/granted" | awk -v p="$principal" -v o="$operation" -v t="$type" '$1 == p && $2 == o && $3 == t { print $4 }')
    later kafka kafka-acls.sh --add --allow-principal "User:$principal" --operation "$operation" "${group[@]}"
  done < <(comm -23 "$work/wanted" "$work/granted" | cut -d' ' -f1-3 | sort -u)
}

# --- show, then do

read_state topics kafka-topics.sh --describe
read_state defaults kafka-configs.sh --describe --entity-type brokers --entity-default
if has_users; then
  read_state users kafka-configs.sh --describe --entity-type users
  read_state acls kafka-acls.sh --list
fi
wait_for_state

while read -r _ key value; do plan_default "$key" "$value"; done < <(lines default)
# Word splitting is meant: the rest of a line is a list of settings.
# shellcheck disable=SC2086
while read -r _ name partitions replication settings; do
  plan_topic "$name" "$partitions" "$replication" $settings
done < <(lines topic)
if has_users; then
  while read -r user variable mechanism; do
    [ "$mechanism" != SCRAM-SHA-512 ] || plan_user "$user" "$variable"
  done < <(grep -v '^#' "$users_file")
  plan_grants
fi

if [ "$changes" = 0 ]; then
  echo 'apply.sh: nothing to change'
elif [ -n "$plan_only" ]; then
  echo "apply.sh: $changes changes planned, none made"
else
  # Two at a time: most of each is the start of a JVM.
  running=()
  for step in "${steps[@]}"; do
    eval "$step" >"$work/step.${#running[@]}.log" 2>&1 &
    running+=("$!")
    if [ "${#running[@]}" = "${APPLY_PARALLEL:-2}" ]; then
      for i in "${!running[@]}"; do wait "${running[$i]}" || fail 3 "a change failed: $(grep -m3 -E 'rror|xception' "$work/step.$i.log" || tail -n3 "$work/step.$i.log")"; done
      running=()
    fi
  done
  for i in "${!running[@]}"; do wait "${running[$i]}" || fail 3 "a change failed: $(grep -m3 -E 'rror|xception' "$work/step.$i.log" || tail -n3 "$work/step.$i.log")"; done
  echo "apply.sh: $changes changes made"
fi
exit "$refused"
