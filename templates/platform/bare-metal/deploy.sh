#!/usr/bin/env bash
# Installs or updates the nodes over ssh, one after the other, each with its own secrets only.
#
#   bare-metal/deploy.sh [NODE...] [--restart] [--format] [--dry-run]
#
# Without a name: every node of kafka/nodes.conf. --restart makes it a rolling restart: the
# next node follows when every partition has all its replicas again; it stops at the first
# node that fails. Needs ssh to the hosts and, unless you log in as root, sudo there.
# Options are those of install.sh; its exit code is this one's, and 3 if ssh fails.
set -euo pipefail

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=/dev/null
. "$project/bare-metal/platform.conf"

fail() {
  echo "deploy.sh: $2" >&2
  exit "$1"
}

nodes=()
options=()
for argument in "$@"; do
  case $argument in
    --restart | --format | --dry-run) options+=("$argument") ;;
    -*) fail 2 "unknown option $argument; there are --restart, --format and --dry-run" ;;
    *) nodes+=("$argument") ;;
  esac
done
[ "${#nodes[@]}" -gt 0 ] || read -ra nodes < <(awk '!/^#/ && NF { print $2 }' "$project/kafka/nodes.conf" | paste -sd' ')

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

# What one node may see: its own key, the passwords of SCRAM users, never the key of the CA.
stage_node() {
  local node=$1 variable
  rm -rf "${stage:?}"/* "$stage/.env"
  mkdir -p "$stage/security/secrets" "$stage/bare-metal"
  cp -R "$project/kafka" "$stage/kafka"
  tar -C "$project/bare-metal" --exclude=./packages -c . | tar -C "$stage/bare-metal" -x
  if [ -d "$project/monitoring" ]; then
    mkdir "$stage/monitoring"
    cp "$project"/monitoring/jmx-exporter.yml "$stage/monitoring/"
  fi
  [ "$SECURITY" != none ] || return 0
  cp "$project/security/users.conf" "$stage/security/"
  cp "$project/security/secrets/ca.pem" "$project/security/secrets/$node.pem" "$stage/security/secrets/" ||
    fail 2 "no certificate for $node; run security/certs.sh"
  while read -r variable; do
    grep -m1 "^$variable=." "$project/.env" || fail 2 "$variable is not in .env; run security/secrets.sh"
  done < <(awk '$3 == "SCRAM-SHA-512" { print $2 }' "$project/security/users.conf") >"$stage/.env"
}

# has LINE : in what the host said about itself.
has() { grep -qxF -- "$1" <<<"$found"; }

# stage_package NAME : and what belongs to it, such as its checksum.
stage_package() {
  [ -f "$project/bare-metal/packages/$1" ] ||
    fail 2 "bare-metal/packages/$1 is missing, and $host does not have it yet; bare-metal/README.md says how to get it"
  mkdir -p "$stage/bare-metal/packages"
  cp "$project/bare-metal/packages/$1"* "$stage/bare-metal/packages/"
}

# The copy lives in a folder that only root can read, and not longer than the installation.
# shellcheck disable=SC2016
remote='set -eu; umask 077; copy=$(mktemp -d); trap "rm -rf $copy" EXIT; tar -C "$copy" -xzf -; "$copy/bare-metal/install.sh" "$@"'

for node in "${nodes[@]}"; do
  host=$(awk -v node="$node" '!/^#/ && $2 == node { print $3 }' "$project/kafka/nodes.conf")
  [ -n "$host" ] || fail 2 "no node $node in kafka/nodes.conf"
  echo "deploy.sh: $node on $host"
  stage_node "$node"
  # Expanded here on purpose.
  # shellcheck disable=SC2029
  found=$(ssh -n "$host" "id -u; ls -d $KAFKA_HOME ${EXPORTER_JAR:+$AGENTS/$EXPORTER_JAR} 2>/dev/null || true") ||
    fail 3 "$host can't be reached by ssh"
  # Packages are large; each goes only where this version of it is not there yet.
  has "$KAFKA_HOME" || stage_package "$KAFKA_TARBALL"
  [ -z "${EXPORTER_JAR:-}" ] || has "$AGENTS/$EXPORTER_JAR" || stage_package "$EXPORTER_JAR"
  has 0 && become='' || become='sudo '
  # shellcheck disable=SC2029
  tar -C "$stage" -czf - . |
    ssh "$host" "${become}bash -c $(printf '%q' "$remote") install $(printf '%q ' "$node" "${options[@]}")"
done
