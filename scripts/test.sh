#!/bin/sh
# npm test: installs what is missing, runs everything, real brokers included.
set -eu
cd "$(dirname "$0")/.."
. scripts/prepare.sh
need_node_modules
need_command java openjdk-17-jre-headless
need_command mvn maven
need_command openssl openssl
need_command prometheus prometheus
need_command promtool prometheus
need_command shellcheck shellcheck
need_command systemd-analyze systemd
need_command docker docker.io iptables
need_command dockerd docker.io iptables
need_command debootstrap debootstrap
need_command pg_lsclusters postgresql
need_python
need_go
if [ "${1:-}" = --full ]; then
  # One client's binding is built here where it can't be downloaded.
  need_command g++ g++ make
  need_file /usr/include/zstd.h libzstd-dev
  need_file /usr/include/openssl/ssl.h libssl-dev zlib1g-dev
  find /usr/include -path '*curl/curl.h' | grep -q . || install_packages libcurl libcurl4-openssl-dev
fi
exec node_modules/.bin/node scripts/test.ts "$@"
