#!/usr/bin/env bash
# Installs services of app/ on this machine, or brings them up to date. Run as root, on the
# machine, from a copy of the project. Running it again changes what differs, and says so.
#
#   bare-metal/install-app.sh [SERVICE...] [--restart] [--dry-run]
#
# Without a name: all services of the platform. The dependencies come through pip, npm,
# Go or Maven, as this machine has them configured. Exit codes: 0 done, 2 wrong use or something is
# missing, 3 the machine stood in the way.
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=/dev/null
. "$project/bare-metal/platform.conf"

services=()
for argument in "$@"; do
  case $argument in
    --restart) restart=1 ;;
    --dry-run) dry_run=1 ;;
    -*) fail 2 "unknown option $argument; there are --restart and --dry-run" ;;
    *)
      [[ " $APP_SERVICES " = *" $argument "* ]] || fail 2 "no service $argument; there are: $APP_SERVICES"
      services+=("$argument")
      ;;
  esac
done
[ "${#services[@]}" -gt 0 ] || read -ra services <<<"$APP_SERVICES"

# at_least HAVE WANTED : of versions.
at_least() { [ "$(printf '%s\n' "$1" "$2" | sort -V | head -n1)" = "$2" ]; }

check_runtime() {
  local have
  case $APP_RUNTIME in
    python)
      have=$(python3 -c 'import ensurepip, platform; print(platform.python_version())' 2>/dev/null) ||
        fail 3 'Python with venv is missing (Debian: apt-get install python3-venv)'
      ;;
    node)
      have=$(node --version 2>/dev/null) || fail 3 'Node.js is missing'
      have=${have#v}
      ;;
    go)
      have=$(go env GOVERSION 2>/dev/null) || fail 3 'Go is missing (https://go.dev/doc/install)'
      have=${have#go}
      ;;
    java)
      command -v mvn >/dev/null || fail 3 'Maven is missing (Debian: apt-get install maven)'
      have=$(javac -version 2>&1) || fail 3 'A JDK is missing (Debian: apt-get install openjdk-17-jdk-headless)'
      have=${have#javac }
      ;;
  esac
  at_least "$have" "$APP_RUNTIME_MINIMUM" ||
    fail 3 "$APP_RUNTIME is $have here; the application needs $APP_RUNTIME_MINIMUM or newer"
  # What Go builds runs without it.
  [ "$APP_RUNTIME" != go ] || return 0
  # The units see no home directory, where version managers put their interpreters.
  case $(readlink -f "$(command -v "${APP_RUNTIME/python/python3}")") in
    /root/* | /home/*) fail 3 "the $APP_RUNTIME that PATH finds lies in a home directory, which services can't see; install the system's, or put it first: PATH=/usr/bin:\$PATH $0" ;;
  esac
}

# What the application is, without what running it leaves behind.
sources() {
  (cd "$project/app" && find . \( -name node_modules -o -name .venv -o -name __pycache__ -o -name target -o -name bin -o -name data \) -prune -o -type f -print0 | sort -z)
}

# A folder per version, and a link that is switched when the new one is complete.
install_application() {
  local version release
  version=$(cd "$project/app" && sources | xargs -0 sha256sum | sha256sum | cut -c1-12)
  release=/opt/$PLATFORM/app-$version
  folder "/opt/$PLATFORM" root:root 755
  if [ ! -d "$release" ]; then
    change + "$release"
    [ -n "$dry_run" ] || build "$release"
  fi
  link "$release" "/opt/$PLATFORM/app"
  service_files+=("/opt/$PLATFORM/app")
}

build() {
  local release=$1
  # A virtual environment can't be moved, so it is built in its place and removed if that fails.
  trap 'rm -rf "$work" "'"$release"'"' EXIT
  mkdir "$release"
  (cd "$project/app" && sources | tar -c --no-recursion --null --files-from=-) | tar -x -C "$release" --no-same-owner
  case $APP_RUNTIME in
    # Wheels only: a missing one should fail here, not look for a compiler.
    python)
      python3 -m venv "$release/.venv" &&
        "$release/.venv/bin/pip" install --quiet --disable-pip-version-check --only-binary=:all: -r "$release/requirements.lock"
      ;;
    node) (cd "$release" && npm ci --omit=dev --no-audit --no-fund --loglevel=error) ;;
    go) (cd "$release" && go build -trimpath -o bin/ ./cmd/app) ;;
    java) (cd "$release" && mvn -q -B -ntp -DskipTests package) ;;
  esac >"$work/build.log" 2>&1 || fail 3 "the application could not be built: $(tail -n5 "$work/build.log")"
  trap 'rm -rf "$work"' EXIT
}

install_settings() {
  local service=$1 variable
  put "$project/bare-metal/$service.env" "/etc/$PLATFORM/$service.env"
  [ "$SECURITY" != none ] || return 0
  put "$project/security/secrets/ca.pem" "/etc/$PLATFORM/ca.pem"
  if [ -f "$project/.env" ] || [ ! -f "/etc/$PLATFORM/$service.secrets.env" ]; then
    variable=$(awk -v user="$service" '$1 == user { print $2 }' "$project/security/users.conf")
    (umask 077 && password "$variable" | sed 's/^[^=]*/KAFKA_SASL_PASSWORD/' >"$work/secrets.env")
    put "$work/secrets.env" "/etc/$PLATFORM/$service.secrets.env" root:root 600
  fi
}

restart_service() { start_or_restart restart "$1"; }

need_root
check_runtime
install_application
folder "/etc/$PLATFORM" root:root 755
application_files=("${service_files[@]}")
for service in "${services[@]}"; do
  service_files=("${application_files[@]}")
  install_settings "$service"
  unit "$PLATFORM-$service"
  run_service "$PLATFORM-$service" restart_service
done
summary "${services[*]}"
