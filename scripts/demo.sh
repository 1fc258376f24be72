#!/bin/sh
# npm run demo: installs what is missing, generates a platform, boots it here, proves it.
set -eu
cd "$(dirname "$0")/.."
. scripts/prepare.sh
need_node_modules
need_command java openjdk-17-jre-headless
need_command mvn maven
need_command openssl openssl
need_command prometheus prometheus
need_python
exec node_modules/.bin/node scripts/demo.ts "$@"
