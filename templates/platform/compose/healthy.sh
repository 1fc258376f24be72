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

if [ -n "$ca" ]; then
  # With -quiet it stays after the end of its input, until it is ended below.
  # shellcheck disable=SC2059
  exec 3< <(exec openssl s_client -quiet -connect "127.0.0.1:$port" -CAfile "$ca" \
    -verify_hostname localhost -verify_return_error 2>/dev/null < <(printf "$request"))
  trap 'kill "$!" 2>/dev/null || true' EXIT
else
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  # shellcheck disable=SC2059
  printf "$request" >&3
fi
# Of the answer: its size, the correlation id, no error.
answer=$(timeout 4 head -c 10 <&3 | od -An -v -tx1 | tr -d ' \n') || true
case $answer in
  ????????000000070000) ;;
  *)
    echo "no answer from the broker on port $port${ca:+; see: openssl s_client -connect 127.0.0.1:$port -CAfile $ca}"
    exit 1
    ;;
esac
