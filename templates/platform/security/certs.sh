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
# which git ignores. Keep ca.key away from the brokers in production.
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

# Lines of nodes.conf: ID NAME HOST ROLES DIRECTORY_ID
node_names() { awk '!/^#/ && NF { print $2 }' "$nodes_file"; }
node_host() { awk -v node="$1" '!/^#/ && $2 == node { print $3 }' "$nodes_file"; }

# P-256: fast handshakes, and what every Kafka client supports.
new_key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>/dev/null; }

make_ca() {
  local work
  work=$(mktemp -d "$out/.ca.XXXXXX")
  new_key "$work/ca.key"
  openssl req -x509 -new -key "$work/ca.key" -days "$ca_days" -subj "/CN=$(ca_name)" \
    -addext 'basicConstraints=critical,CA:TRUE,pathlen:0' \
    -addext 'keyUsage=critical,keyCertSign,cRLSign' -out "$work/ca-signing.pem"
  cat "$work/ca-signing.pem" >>"$out/ca.pem"
  mv "$work/ca-signing.pem" "$out/ca-signing.pem"
  # Last, because its presence says that the CA is complete.
  mv "$work/ca.key" "$out/ca.key"
  rmdir "$work"
  # Not a secret: clients of other users need it.
  chmod 644 "$out/ca.pem"
}

ca_name() { printf 'kafka-ca-%s' "$(openssl rand -hex 4)"; }

make_node() {
  local node=$1 host work
  host=$(node_host "$node")
  [ -n "$host" ] || fail "no node $node; there are: $(node_names | paste -sd' ')"
  work=$(mktemp -d "$out/.$node.XXXXXX")
  new_key "$work/key.pem"
  # localhost: for tools on the node itself, and for listeners published on one machine.
  # clientAuth too: controllers know each other by this certificate.
  cat >"$work/extensions" <<EOF
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=serverAuth,clientAuth
subjectAltName=DNS:$node,DNS:$host,DNS:localhost,IP:127.0.0.1
EOF
  openssl req -new -key "$work/key.pem" -subj "/CN=$node" -out "$work/request"
  openssl x509 -req -in "$work/request" -CA "$out/ca-signing.pem" -CAkey "$out/ca.key" \
    -set_serial "0x$(openssl rand -hex 16)" -days "$node_days" \
    -extfile "$work/extensions" -out "$work/cert.pem" 2>/dev/null
  cat "$work/key.pem" "$work/cert.pem" >"$work/store.pem"
  mv "$work/store.pem" "$out/$node.pem"
  rm -r "$work"
}

make_missing() {
  local node
  mkdir -p "$out"
  # Only the keys in it are secret, and those have their own mode.
  chmod 755 "$out"
  if [ ! -s "$out/ca.key" ]; then
    [ ! -s "$out/ca.pem" ] || fail "$out/ca.pem is there but its key ca.key is not; bring the key back, or move ca.pem away to start a new CA"
    make_ca
    say "made the CA, valid for $ca_days days"
  fi
  for node in $(node_names); do
    [ -s "$out/$node.pem" ] && continue
    make_node "$node"
    say "made the certificate of $node, valid for $node_days days"
  done
  write_dates
}

# Seconds since 1970 at which a certificate expires.
expiry() { date -d "$(openssl x509 -in "$1" -noout -enddate | cut -d= -f2)" +%s; }

# For monitoring: Prometheus serves this folder to itself. Dates and names, no secret.
write_dates() {
  local metric=kafka_certificate_not_after_timestamp_seconds node work
  mkdir -p "$out/metrics"
  chmod 755 "$out/metrics"
  work=$(mktemp "$out/metrics/.dates.XXXXXX")
  {
    echo "# HELP $metric When a certificate expires."
    echo "# TYPE $metric gauge"
    echo "$metric{certificate=\"ca\"} $(expiry "$out/ca-signing.pem")"
    for node in $(node_names); do
      [ ! -s "$out/$node.pem" ] || echo "$metric{certificate=\"$node\"} $(expiry "$out/$node.pem")"
    done
  } >"$work"
  chmod 644 "$work"
  mv "$work" "$out/metrics/certificates.prom"
}

status() {
  local file left worst=0
  [ -s "$out/ca.pem" ] || fail 'nothing made yet; run security/certs.sh'
  for file in "$out/ca-signing.pem" "$out"/*.pem; do
    case $file in */ca.pem) continue ;; esac
    [ "$file" = "$out/ca-signing.pem" ] && [ "${seen_ca:-}" ] && continue
    [ "$file" = "$out/ca-signing.pem" ] && seen_ca=1
    left=$((($(expiry "$file") - $(date +%s)) / 86400))
    printf '%-24s %6d days left, until %s\n' "$(basename "$file" .pem)" "$left" \
      "$(openssl x509 -in "$file" -noout -enddate | cut -d= -f2)"
    [ "$left" -ge "$warn_days" ] || worst=1
  done
  return "$worst"
}

rotate_ca() {
  [ -s "$out/ca.key" ] || fail 'there is no CA to rotate; run security/certs.sh'
  [ "$(grep -c 'BEGIN CERTIFICATE' "$out/ca.pem")" = 1 ] || fail 'two CAs are trusted already; finish with retire-ca'
  rm "$out/ca.key"
  make_ca
  write_dates
  say 'Both CAs are trusted in ca.pem now. Next:'
  say '  1. give ca.pem to all nodes and clients and restart them, one node at a time'
  say '  2. security/certs.sh renew NODE, restart it, for each node'
  say '  3. security/certs.sh retire-ca, and give ca.pem to all once more'
}

retire_ca() {
  local node
  for node in $(node_names); do
    openssl verify -CAfile "$out/ca-signing.pem" "$out/$node.pem" >/dev/null 2>&1 ||
      fail "$node still has a certificate of the old CA; run security/certs.sh renew $node"
  done
  cp "$out/ca-signing.pem" "$out/.ca.pem.new"
  chmod 644 "$out/.ca.pem.new"
  mv "$out/.ca.pem.new" "$out/ca.pem"
  say 'Only the new CA is trusted in ca.pem now; give it to all nodes and clients.'
}

command -v openssl >/dev/null || fail 'openssl is missing (Debian: apt-get install openssl)'
case ${1:-make} in
  make) make_missing ;;
  status) status ;;
  renew)
    [ $# = 2 ] || fail "renew needs a node: $(node_names | paste -sd' ')"
    [ -s "$out/ca.key" ] || fail 'there is no CA yet; run security/certs.sh'
    make_node "$2"
    write_dates
    say "renewed $2; restart it and wait until no partition is under-replicated, then the next"
    ;;
  rotate-ca) rotate_ca ;;
  retire-ca) retire_ca ;;
  *) fail "unknown command $1; there are: make, status, renew NODE, rotate-ca, retire-ca" ;;
esac
