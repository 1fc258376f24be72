#!/usr/bin/env bash
# Healthy: the broker answers a request (ApiVersions) on the listener that clients use, with
# a certificate that a client would accept. A tool of Kafka's would start a JVM each time.
#
#   compose/healthy.sh PORT [CA_FILE]
set -euo pipefail

port=${1:?usage: healthy.sh PORT [CA_FILE]}
ca=${2:-}

# Size 10, ApiVersions (18), version 0, correlation id 7, no client id.
request='\0\0\0\012\0\022\0\0\0\0\0\007\377\377'

errors=
if [ -n "$ca" ]; then
  errors=$(mktemp)
  coproc TLS { exec openssl s_client -quiet -connect "localhost:$port" -CAfile "$ca" \
    -verify_hostname localhost -verify_return_error 2>"$errors"; }
  # What ends it; it would stay as long as the broker does.
  trap 'kill "$TLS_PID" 2>/dev/null || true; rm -f "$errors"' EXIT
  exec 3<&"${TLS[0]}" 4>&"${TLS[1]}"
else
  exec 3<>"/dev/tcp/localhost/$port" 4>&3
fi
# shellcheck disable=SC2059
printf "$request" >&4
# Of the answer: its size, the correlation id, no error.
answer=$(timeout 4 head -c 10 <&3 | od -An -v -tx1 | tr -d ' \n')
case $answer in
  ????????000000070000) ;;
  *)
    echo "no answer from localhost:$port${errors:+: $(grep -m1 'verify error' "$errors")}"
    exit 1
    ;;
esac
