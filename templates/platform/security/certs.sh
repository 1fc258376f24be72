#!/usr/bin/env bash
# Certificates of the platform: a CA and one PEM key store per node, with openssl alone.
#
#   security/certs.sh              make what is missing, change nothing that is there
#   security/certs.sh status       who is certified until when; exit 1 below 30 days
#   security/certs.sh renew NODE   a new key and certificate; restart that node, then the next
#   security/certs.sh rotate-ca    a new CA beside the old one; both are trusted
#   security/certs.sh retire-ca    trust the new CA only, once every node was renewed
#
# Names come from kafka/nodes.conf. Everything made here lies in security/secrets,
# which git ignores. Keep ca.key off this machine in production: it is needed only to sign,
# which is for a node without a certificate, and for renew.
set -euo pipefail
umask 077

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
nodes_file=$here/../kafka/nodes.conf
out=${CERTS_DIR:-$here/secrets}
node_days=${CERT_DAYS:-365}
ca_days=${CA_DAYS:-3650}
warn_days=30

say() { printf '%s\n' "$*" >&2; }
fail() {
  say "certs.sh: $*"
  exit 2
}

# ssl ARGUMENT... : openssl, which is heard only when it fails.
ssl() { openssl "$@" 2>"$work/openssl.log" || fail "openssl $1 failed: $(tail -n1 "$work/openssl.log")"; }

# Lines of nodes.conf: ID NAME HOST ROLES DIRECTORY_ID
node_names() { awk '!/^#/ && NF { print $2 }' "$nodes_file"; }
node_host() { awk -v node="$1" '!/^#/ && $2 == node { print $3 }' "$nodes_file"; }

# P-256: fast handshakes, and what every Kafka client supports.
new_key() { ssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"; }

# Everything is made in $work and moved when it is whole: nothing that is there is lost before.
start_work() {
  mkdir -p "$out"
  # Only the keys in it are secret, and those have their own mode.
  chmod 755 "$out"
  work=$(mktemp -d "$out/.work.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  install_ca
}

# The CA is three files. From the moment that they lie in .new-ca they are the CA, and a run
# that was killed while it moved them is finished by the next one.
install_ca() {
  [ -d "$out/.new-ca" ] || return 0
  local file
  for file in "$out"/.new-ca/*; do mv "$file" "$out/"; done
  rmdir "$out/.new-ca"
}

make_ca() {
  local name made=$work/ca
  mkdir "$made"
  name=kafka-ca-$(ssl rand -hex 4)
  new_key "$made/ca.key"
  ssl req -x509 -new -key "$made/ca.key" -days "$ca_days" -subj "/CN=$name" \
    -addext 'basicConstraints=critical,CA:TRUE,pathlen:0' \
    -addext 'keyUsage=critical,keyCertSign,cRLSign' -out "$made/ca-signing.pem"
  # An older CA stays trusted.
  [ ! -s "$out/ca.pem" ] || cat "$out/ca.pem" >"$made/ca.pem"
  cat "$made/ca-signing.pem" >>"$made/ca.pem"
  # Not a secret: clients of other users need it.
  chmod 644 "$made/ca.pem"
  mv "$made" "$out/.new-ca"
  install_ca
}

# subject_name HOST : as a certificate has to name it, for clients tell addresses from names.
subject_name() {
  if [[ $1 =~ ^[0-9]+(\.[0-9]+){3}$ || $1 = *:* ]]; then echo "IP:$1"; else echo "DNS:$1"; fi
}

make_node() {
  local node=$1 host serial
  host=$(node_host "$node")
  [ -n "$host" ] || fail "no node $node; there are: $(node_names | paste -sd' ')"
  [ -s "$out/ca-signing.pem" ] || fail 'there is no CA yet; run security/certs.sh'
  [ -s "$out/ca.key" ] ||
    fail "$node needs a signature, and the key of the CA is not here. Bring $out/ca.key back for that, or make $node.pem where the key is, and bring it here"
  new_key "$work/key.pem"
  # localhost: for tools on the node itself, and for listeners published on one machine.
  # clientAuth too: controllers know each other by this certificate.
  cat >"$work/extensions" <<EOF
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=serverAuth,clientAuth
subjectAltName=DNS:$node,$(subject_name "$host"),DNS:localhost,IP:127.0.0.1
EOF
  serial=$(ssl rand -hex 16)
  ssl req -new -key "$work/key.pem" -subj "/CN=$node" -out "$work/request"
  ssl x509 -req -in "$work/request" -CA "$out/ca-signing.pem" -CAkey "$out/ca.key" \
    -set_serial "0x$serial" -days "$node_days" -extfile "$work/extensions" -out "$work/cert.pem"
  cat "$work/key.pem" "$work/cert.pem" >"$work/store.pem"
  mv "$work/store.pem" "$out/$node.pem"
}

make_missing() {
  local node file
  start_work
  if [ ! -e "$out/ca.key" ] && ! compgen -G "$out/*.pem" >/dev/null; then
    make_ca
    say "made the CA, valid for $ca_days days"
  fi
  for file in "$out/ca.pem" "$out/ca-signing.pem"; do
    [ -s "$file" ] || fail "$file is missing, though there are other files of this CA; bring it back, or move them away to start a new CA"
  done
  for node in $(node_names); do
    [ ! -s "$out/$node.pem" ] || continue
    make_node "$node"
    say "made the certificate of $node, valid for $node_days days"
  done
  write_dates
}

# expiry FILE : in seconds since 1970; fails if it is no certificate.
expiry() {
  local end
  end=$(openssl x509 -in "$1" -noout -enddate 2>/dev/null) || return
  date -d "${end#*=}" +%s
}

# For monitoring: Prometheus serves this folder to itself. Dates and names, no secret.
write_dates() {
  local metric=kafka_certificate_not_after_timestamp_seconds name end
  mkdir -p "$out/metrics"
  chmod 755 "$out/metrics"
  {
    echo "# HELP $metric When a certificate expires."
    echo "# TYPE $metric gauge"
    for name in ca-signing $(node_names); do
      [ -s "$out/$name.pem" ] || continue
      end=$(expiry "$out/$name.pem") || { say "certs.sh: $out/$name.pem is no certificate"; continue; }
      echo "$metric{certificate=\"${name/#ca-signing/ca}\"} $end"
    done
  } >"$work/dates"
  chmod 644 "$work/dates"
  mv "$work/dates" "$out/metrics/certificates.prom"
}

status() {
  local name end left worst=0
  [ -s "$out/ca.pem" ] || fail 'nothing made yet; run security/certs.sh'
  for name in ca-signing $(node_names); do
    if end=$(expiry "$out/$name.pem"); then
      left=$(((end - $(date +%s)) / 86400))
      printf '%-24s %6d days left, until %s\n' "$name" "$left" "$(date -u -d "@$end" '+%F %R UTC')"
      [ "$left" -ge "$warn_days" ] || worst=1
    else
      printf '%-24s no certificate\n' "$name"
      worst=1
    fi
  done
  return "$worst"
}

rotate_ca() {
  start_work
  [ -s "$out/ca.pem" ] || fail 'there is no CA to rotate; run security/certs.sh'
  [ "$(grep -c 'BEGIN CERTIFICATE' "$out/ca.pem")" = 1 ] || fail 'two CAs are trusted already; finish with retire-ca'
  make_ca
  write_dates
  say 'Both CAs are trusted in ca.pem now. Next:'
  say '  1. give ca.pem to all nodes and clients and restart them, one node at a time'
  say '  2. security/certs.sh renew NODE, restart it, for each node'
  say '  3. security/certs.sh retire-ca, and give ca.pem to all once more'
}

retire_ca() {
  local node
  start_work
  for node in $(node_names); do
    openssl verify -CAfile "$out/ca-signing.pem" "$out/$node.pem" >/dev/null 2>&1 ||
      fail "$node has no valid certificate of the new CA; run security/certs.sh renew $node"
  done
  cp "$out/ca-signing.pem" "$work/ca.pem"
  chmod 644 "$work/ca.pem"
  mv "$work/ca.pem" "$out/ca.pem"
  say 'Only the new CA is trusted in ca.pem now; give it to all nodes and clients.'
}

command -v openssl >/dev/null || fail 'openssl is missing (Debian: apt-get install openssl)'
case ${1:-make} in
  make) make_missing ;;
  status) status ;;
  renew)
    [ $# = 2 ] || fail "renew needs a node: $(node_names | paste -sd' ')"
    start_work
    make_node "$2"
    write_dates
    say "renewed $2; restart it and wait until no partition is under-replicated, then the next"
    ;;
  rotate-ca) rotate_ca ;;
  retire-ca) retire_ca ;;
  *) fail "unknown command $1; there are: make, status, renew NODE, rotate-ca, retire-ca" ;;
esac
