#!/usr/bin/env bash
# Passwords of the platform: makes the ones that are missing in .env, changes none,
# prints none. Needed before the first start, and after a principal was added.
#
#   security/secrets.sh
#
# Names come from security/users.conf. Git ignores .env; only its owner can read it.
set -euo pipefail
umask 077

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
env_file=${ENV_FILE:-$here/../.env}

command -v openssl >/dev/null || {
  echo 'secrets.sh: openssl is missing (Debian: apt-get install openssl)' >&2
  exit 2
}

work=$(mktemp "$env_file.XXXXXX")
trap 'rm -f "$work"' EXIT
if [ -f "$env_file" ]; then
  cat "$env_file" >"$work"
  # A last line without its newline would swallow the first new one.
  [ -z "$(tail -c1 "$work")" ] || echo >>"$work"
else
  echo '# Secrets of this platform. Never commit this file.' >"$work"
fi

made=0
while read -r variable; do
  grep -q "^$variable=." "$work" && continue
  sed -i "/^$variable=$/d" "$work"
  echo "$variable=$(openssl rand -hex 24)" >>"$work"
  made=$((made + 1))
done < <(awk '!/^#/ && NF { print $2 }' "$here/users.conf")

if [ "$made" -gt 0 ]; then
  mv "$work" "$env_file"
  echo "secrets.sh: made $made passwords in $(basename "$env_file")" >&2
fi
