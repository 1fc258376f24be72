#!/usr/bin/env bash
# What install.sh and install-app.sh share: every change goes through here, is shown first,
# made only if it is needed, and not made with --dry-run. Sourced, not run.

umask 022
me=$(basename "$0")
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dry_run=
restart=
changes=0
# Files that a running service has read; younger than it, they call for a restart.
service_files=()
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "$me: $2" >&2
  exit "$1"
}

say() { echo "$me: $*"; }

# change SIGN TEXT : one line of what changes on this machine.
change() {
  printf '  %s %s\n' "$1" "$2"
  changes=$((changes + 1))
}

run() { [ -n "$dry_run" ] || "$@"; }

need_root() {
  [ "$(id -u)" = 0 ] || fail 2 'needs root: it writes to /etc and /opt; use sudo'
  command -v systemctl >/dev/null || fail 3 'systemctl is missing; this machine is not run by systemd'
}

# attributes PATH : owner, group and mode, nothing if it is not there.
attributes() { stat -c '%U:%G %a' "$1" 2>/dev/null || true; }

# folder PATH OWNER:GROUP MODE
folder() {
  [ "$(attributes "$1")" != "$2 $3" ] || return 0
  change + "$1/"
  run install -d -o "${2%:*}" -g "${2#*:}" -m "$3" "$1"
}

# put SOURCE DESTINATION [OWNER:GROUP MODE] : replaced as a whole, so that nobody reads half a file.
put() {
  local source=$1 destination=$2 owner=${3:-root:root} mode=${4:-644} sign=+
  service_files+=("$destination")
  [ -f "$source" ] || fail 2 "$source is missing"
  if [ -f "$destination" ]; then
    cmp -s "$source" "$destination" && [ "$(attributes "$destination")" = "$owner $mode" ] && return
    sign='~'
  fi
  change "$sign" "$destination"
  # What anyone may read may also be shown.
  if [ -n "$dry_run" ] && [ "$sign" = '~' ] && [ "$mode" = 644 ]; then
    diff -u "$destination" "$source" | sed 's/^/      /' || true
  fi
  run install -o "${owner%:*}" -g "${owner#*:}" -m "$mode" "$source" "$destination.new"
  run mv "$destination.new" "$destination"
}

# link TARGET PATH : a symbolic link, switched in one step.
link() {
  [ "$(readlink "$2" || true)" != "$1" ] || return 0
  change + "$2 -> $1"
  run ln -sfn "$1" "$2.new"
  run mv -T "$2.new" "$2"
}

# password VARIABLE : the line of .env that holds it.
password() {
  grep -m1 "^$1=." "$project/.env" 2>/dev/null ||
    fail 2 "$1 is not in .env; run security/secrets.sh where the platform is administrated, and bring .env along"
}

# unit NAME : installed and started at boot.
unit() {
  local before=$changes
  put "$project/bare-metal/$1.service" "/etc/systemd/system/$1.service"
  [ "$changes" = "$before" ] || run systemctl daemon-reload
  if ! systemctl is-enabled --quiet "$1" 2>/dev/null; then
    change + "$1 starts at boot"
    run systemctl enable --quiet "$1"
  fi
}

is_running() { systemctl is-active --quiet "$1"; }

# is_stale NAME : something that it reads is younger than the running process.
is_stale() {
  local process age started file
  process=$(systemctl show "$1" --property=MainPID --value)
  age=$(ps -o etimes= -p "$process") || return 1
  # A second for the rounding of either clock.
  started=$(($(date +%s) - age + 1))
  for file in "${service_files[@]}"; do
    [ "$(stat -c %Y "$file")" -le "$started" ] || return 0
  done
  return 1
}

# start_or_restart start|restart NAME : and see that it stays up.
start_or_restart() {
  local action=$1 name=$2
  change '*' "$action $name"
  [ -z "$dry_run" ] || return 0
  systemctl "$action" "$name" || give_up "$name"
  for _ in 1 2 3 4 5; do
    sleep 1
    is_running "$name" || give_up "$name"
  done
}

give_up() {
  journalctl --unit "$1" --no-pager --lines 15 --output cat >&2 || true
  fail 3 "$1 does not stay up; its last words are above, all of them: journalctl -u $1"
}

# run_service NAME RESTART_FUNCTION : started, or restarted if that was asked for and is due.
run_service() {
  if ! is_running "$1"; then
    start_or_restart start "$1"
  elif [ -n "$dry_run" ] && [ "$changes" -gt 0 ]; then
    say "$1 would run with its old files until it is restarted (--restart)"
  elif is_stale "$1"; then
    if [ -n "$restart" ]; then
      "$2" "$1"
    else
      say "$1 still runs with its old files; restart it when it suits: $me --restart"
    fi
  fi
}

summary() {
  if [ "$changes" = 0 ]; then
    say "nothing to change on $1"
  elif [ -n "$dry_run" ]; then
    say "$changes changes planned on $1, none made"
  else
    say "$changes changes made on $1"
  fi
}
