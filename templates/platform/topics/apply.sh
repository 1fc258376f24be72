#!/usr/bin/env bash
# Topics, users and rights as topics/topics.conf and security/users.conf say.
# Shows the difference, then makes it. Safe to run again and again.
#
#   topics/apply.sh           show and apply
#   topics/apply.sh --plan    show only
#   topics/apply.sh --new     apply to a cluster that was formatted a moment ago, without asking
#                             it: it has the users and defaults of its format, and nothing else
#
# Refused, because records would be lost: fewer partitions, a shorter or smaller retention,
# a cleanup policy that drops what the present one keeps. A setting that a topic has in the
# cluster, and topics.conf does not name, is taken back; refused where that loses records.
# Exit codes: 0 done, 1 something was refused, 2 wrong use, 3 the cluster could not be asked.
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

plan_only='' is_new=''
case ${1:-} in
  '') ;;
  --plan) plan_only=1 ;;
  --new) is_new=1 ;;
  *) fail 2 "unknown option $1; there are --plan and --new" ;;
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
    wait "$pid" || fail 3 "the cluster could not be asked: $(reason "$work"/*.err)"
  done
  pids=()
}

# reason FILE... : what a tool of Kafka's said when it failed, after the line with its arguments.
reason() { cat "$@" | grep -v 'command with args' | grep -m1 -E 'rror|xception|imeout' || cat "$@" | tail -n3; }

# described FILE : of `kafka-configs.sh --describe` what it is about, setting, value, "own" if
# the topic has it itself, and the value without that. A separator that no value has.
separator=$'\037'
described() {
  awk -v OFS="$separator" '
    / configs for .* are:$/ { about = $(NF - 1) }
    match($0, / sensitive=[a-z]+ synonyms=[{]/) {
      setting = substr($0, 3, RSTART - 3)
      synonyms = substr($0, RSTART + RLENGTH)
      is_own = synonyms ~ /^DYNAMIC_TOPIC_CONFIG:/
      split(synonyms, value, /, [A-Z_]+:|[}]$/)
      value[2] = substr(value[2], index(value[2], "=") + 1)
      at = index(setting, "=")
      print about, substr(setting, 1, at - 1), substr(setting, at + 1), (is_own ? "own" : ""), value[2]
    }' "$work/$1"
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

# later TOOL ARGUMENT... : a step of what is made after everything was shown.
steps=()
later() { steps+=("$(printf '%q ' "$@")"); }

# --- topics

# What the cluster has: by topic, and by "topic setting".
declare -A partitions_of=() copies_of=() own_settings_of=() value_of=() inherited_value_of=()

read_topics() {
  local topic partitions copies
  while read -r topic partitions copies; do
    partitions_of[$topic]=$partitions
    copies_of[$topic]=$copies
  done < <(sed -nE 's/^Topic: ([^\t]+)\t.*\tPartitionCount: ([0-9]+)\tReplicationFactor: ([0-9]+)\t.*/\1 \2 \3/p' "$work/topics")
}

read_topic_settings() {
  local topic setting value own inherited
  while IFS=$separator read -r topic setting value own inherited; do
    value_of[$topic $setting]=$value
    inherited_value_of[$topic $setting]=$inherited
    [ -z "$own" ] || own_settings_of[$topic]+=" $setting"
  done < <(described settings)
}

has_own() { [[ "${own_settings_of[$1]:-} " = *" $2 "* ]]; }

plan_topic() {
  local topic=$1 partitions=${2#partitions=} copies=${3#replication=} have setting policies
  shift 3
  have=${partitions_of[$topic]:-}
  if [ -z "$have" ]; then
    change + "topic $topic: $partitions partitions, $copies copies, $*"
    later kafka-topics.sh --create --if-not-exists --topic "$topic" \
      --partitions "$partitions" --replication-factor "$copies" "${@/#/--config=}"
    return
  fi
  if [ "$partitions" -gt "$have" ]; then
    change '~' "topic $topic: partitions $have -> $partitions (keys move: their order holds from now on, not across the change)"
    # It takes the name as a regular expression.
    later kafka-topics.sh --alter --topic "${topic//./\\.}" --partitions "$partitions"
  elif [ "$partitions" -lt "$have" ]; then
    refuse "topic $topic: partitions $have -> $partitions. Kafka can't remove a partition; make a new topic"
  fi
  have=${copies_of[$topic]}
  [ "$have" = "$copies" ] ||
    refuse "topic $topic: copies $have -> $copies. That moves data: use kafka-reassign-partitions.sh"
  # The policies that the topic has or shall have decide whether its retention counts.
  policies=${value_of[$topic cleanup.policy]:-}
  for setting in "$@"; do
    case $setting in cleanup.policy=*) policies+=,${setting#*=} ;; esac
  done
  for setting in "$@"; do plan_setting "$topic" "${setting%%=*}" "${setting#*=}" "$policies"; done
  for setting in ${own_settings_of[$topic]:-}; do
    [[ " $* " = *" $setting="* ]] || plan_removal "$topic" "$setting" "$policies"
  done
}

plan_setting() {
  local topic=$1 setting=$2 want=$3 policies=$4 have=${value_of[$1 $2]:-}
  local shown="$setting $have -> $want"
  # A value that it only inherits is gone with the next change of the brokers.
  has_own "$topic" "$setting" || shown="$setting $have (inherited) -> $want"
  [ "$shown" != "$setting $want -> $want" ] || return 0
  if loses_records "$setting" "$have" "$want" "$policies"; then
    refuse "topic $topic: $shown would delete records. If that is meant: kafka-configs.sh --alter --entity-type topics --entity-name $topic --add-config '$setting=[$want]'"
    return
  fi
  change '~' "topic $topic: $shown"
  # In brackets, because a value may have commas.
  later kafka-configs.sh --alter --entity-type topics --entity-name "$topic" --add-config "$setting=[$want]"
}

# plan_removal TOPIC SETTING POLICIES : of what the topic has and topics.conf does not name.
plan_removal() {
  local topic=$1 setting=$2 policies=$3 have=${value_of[$1 $2]} inherited=${inherited_value_of[$1 $2]}
  # Set and taken back by kafka-reassign-partitions.sh while it moves data.
  case $setting in *.replication.throttled.replicas) return ;; esac
  [ "$setting" != retention.ms ] || inherited=$(brokers_retention)
  if loses_records "$setting" "$have" "$inherited" "$policies"; then
    refuse "topic $topic: $setting $have is not in topics.conf; ${inherited:-what the brokers have} instead would delete records. To keep it, name it there. If that is meant: kafka-configs.sh --alter --entity-type topics --entity-name $topic --delete-config $setting"
    return
  fi
  change - "topic $topic: $setting $have, which topics.conf does not name${inherited:+; $inherited is inherited}"
  later kafka-configs.sh --alter --entity-type topics --entity-name "$topic" --delete-config "$setting"
}

# loses_records SETTING HAVE WANT POLICIES : whether records that are kept now would be dropped.
loses_records() {
  local policy
  case $1 in
    retention.ms | retention.bytes) [[ $4 = *delete* ]] && is_less "$3" "$2" ;;
    delete.retention.ms | min.compaction.lag.ms) is_less "$3" "$2" ;;
    # delete drops old records, compact those with a newer one of their key.
    cleanup.policy)
      for policy in ${3//,/ }; do [[ ,$2, = *,$policy,* ]] || return 0; done
      return 1
      ;;
    remote.storage.enable) [ "$2" = true ] && [ "$3" != true ] ;;
    *) false ;;
  esac
}

# is_less A B : -1 is without limit; what can't be compared might be less.
is_less() { ! [ "${1/#-1/9223372036854775807}" -ge "${2/#-1/9223372036854775807}" ] 2>/dev/null; }

# What a topic without a retention.ms gets. Kafka does not tell it with the topic where the
# brokers have it in hours or minutes. Of several brokers the shortest counts.
brokers_retention() {
  if [ ! -s "$work/brokers" ]; then
    read_state brokers kafka-configs.sh --describe --entity-type brokers --all
    wait_for_state
  fi
  # They come sorted: hours, minutes, ms; and of these the last that is set counts.
  described brokers | awk -F "$separator" '
    BEGIN { unit["log.retention.hours"] = 3600000; unit["log.retention.minutes"] = 60000; unit["log.retention.ms"] = 1 }
    $2 in unit && $3 != "null" { keeps[$1] = $3 * unit[$2] }
    END {
      least = -1
      for (broker in keeps) if (keeps[broker] >= 0 && (least < 0 || keeps[broker] < least)) least = keeps[broker]
      printf "%.0f\n", least
    }'
}

# --- the cluster's own default: with eligible leader replicas it can't be a broker's setting

plan_default() {
  local setting=$1 want=$2 have
  have=$(described defaults | awk -F "$separator" -v setting="$setting" '$2 == setting { print $3 }')
  [ "$have" != "$want" ] || return 0
  change '~' "cluster default: $setting ${have:-unset} -> $want"
  later kafka-configs.sh --alter --entity-type brokers --entity-default --add-config "$setting=$want"
}

# --- users and rights

# Without them there is no authorizer, and to ask for rights is an error.
has_users() { grep -qs ' SCRAM-SHA-512$' "$users_file"; }

plan_user() {
  local user=$1 variable=$2 credential
  ! grep -qF "user-principal '$user' are" "$work/users" || return 0
  [ -n "${!variable:-}" ] || fail 2 "$variable is not set; run security/secrets.sh and load .env"
  change + "user $user (SCRAM-SHA-512)"
  # By file, not by argument: arguments can be read by every process of the machine. A file
  # for each, because steps run side by side.
  credential=$(mktemp "$work/credential.XXXXXX")
  # A properties file: without the brackets of --add-config, and each backslash doubled.
  printf 'SCRAM-SHA-512=password=%s\n' "${!variable//\\/\\\\}" >"$credential"
  later kafka-configs.sh --alter --entity-type users --entity-name "$user" --add-config-file "$credential"
}

# The cluster's grants: PRINCIPAL OPERATION TYPE NAME PATTERN, in the words of kafka-acls.sh.
live_grants() {
  awk '
    # IDEMPOTENT_WRITE is IdempotentWrite
    function pascal(text, word, count, i, all) {
      count = split(tolower(text), word, "_")
      for (i = 1; i <= count; i++) all = all toupper(substr(word[i], 1, 1)) substr(word[i], 2)
      return all
    }
    /ResourcePattern/ {
      match($0, /resourceType=[A-Z_]+/); type = tolower(substr($0, RSTART + 13, RLENGTH - 13))
      gsub(/_/, "-", type)
      match($0, /name=[^,]+/); name = substr($0, RSTART + 5, RLENGTH - 5)
      match($0, /patternType=[A-Z]+/); pattern = tolower(substr($0, RSTART + 12, RLENGTH - 12))
    }
    /permissionType=ALLOW/ && /host=\*/ {
      match($0, /principal=User:[^,]+/); who = substr($0, RSTART + 15, RLENGTH - 15)
      match($0, /operation=[A-Z_]+/); what = pascal(substr($0, RSTART + 10, RLENGTH - 10))
      print who, what, type, name, pattern
    }' "$work/acls" | sort -u
}

is_user() { awk -v user="$1" '$1 == user { found = 1 } END { exit !found }' "$users_file"; }

plan_grants() {
  local principal operation type name pattern resources
  lines grant | awk '{ print $2, $3, $4, $5, "literal" }' | sort -u >"$work/wanted"
  live_grants >"$work/granted"
  comm -23 "$work/wanted" "$work/granted" >"$work/new"
  comm -13 "$work/wanted" "$work/granted" >"$work/old"
  while read -r principal operation type name _; do
    change + "right: $principal may $operation $type $name"
  done <"$work/new"
  while read -r principal operation type name pattern; do
    # Rights of principals that this project does not know are none of its business.
    is_user "$principal" || continue
    change - "right: $principal may no longer $operation $type $name$([ "$pattern" = literal ] || echo " ($pattern)")"
    resources=("--$type" "$name" --resource-pattern-type "$pattern")
    # There is one cluster only, and no name is asked for.
    [ "$type" != cluster ] || resources=(--cluster)
    later kafka-acls.sh --remove --force --allow-principal "User:$principal" --operation "$operation" "${resources[@]}"
  done <"$work/old"
  # One call for everything to which one principal may newly do one thing.
  while read -r principal operation; do
    resources=()
    while read -r type name; do resources+=("--$type" "$name"); done < <(
      awk -v p="$principal" -v o="$operation" '$1 == p && $2 == o { print $3, $4 }' "$work/new"
    )
    later kafka-acls.sh --add --allow-principal "User:$principal" --operation "$operation" "${resources[@]}"
  done < <(cut -d' ' -f1,2 "$work/new" | sort -u)
}

# --- show, then do

# Two at a time: most of each is the start of a JVM.
make_changes() {
  local first step i failed running
  for ((first = 0; first < ${#steps[@]}; first += 2)); do
    running=()
    for step in "${steps[@]:first:2}"; do
      eval "kafka $step" >"$work/step.${#running[@]}.log" 2>&1 &
      running+=("$!")
    done
    # Both end before a failure is told, so that nothing goes on behind it.
    failed=
    for i in "${!running[@]}"; do wait "${running[$i]}" || failed=$work/step.$i.log; done
    [ -z "$failed" ] || fail 3 "a change failed: $(reason "$failed")"
  done
}

ask_cluster() {
  read_state topics kafka-topics.sh --describe
  read_state defaults kafka-configs.sh --describe --entity-type brokers --entity-default
  if has_users; then
    read_state users kafka-configs.sh --describe --entity-type users
    read_state acls kafka-acls.sh --list
  fi
  wait_for_state
  read_topics
  # Without topics there is nothing to compare with, and one question less.
  [ "${#partitions_of[@]}" -gt 0 ] || return 0
  read_state settings kafka-configs.sh --describe --entity-type topics --all
  wait_for_state
  read_topic_settings
}

plan_users() {
  local user variable mechanism
  while read -r user variable mechanism; do
    [ "$mechanism" != SCRAM-SHA-512 ] || plan_user "$user" "$variable"
  done < <(grep -v '^#' "$users_file")
}

if [ -n "$is_new" ]; then
  : >"$work/acls"
else
  ask_cluster
  while read -r _ setting value; do plan_default "$setting" "$value"; done < <(lines default)
  if has_users; then plan_users; fi
fi
# Word splitting is meant: the rest of a line is a list of settings.
# shellcheck disable=SC2086
while read -r _ name partitions replication settings; do
  plan_topic "$name" "$partitions" "$replication" $settings
done < <(lines topic)
if has_users; then plan_grants; fi

if [ "$changes" = 0 ]; then
  echo 'apply.sh: nothing to change'
elif [ -n "$plan_only" ]; then
  echo "apply.sh: $changes changes planned, none made"
else
  make_changes
  echo "apply.sh: $changes changes made"
fi
exit "$refused"
