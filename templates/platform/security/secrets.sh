#!/usr/bin/env bash
# Passwords of the platform: makes the ones that are missing in .env, changes none,
# prints none. Needed before the first start, and after a principal was added.
#
#   security/secrets.sh
#
# Names come from security/users.conf. Git ignores .env; only its owner can read it.
# Exit codes: 0 done, 2 refused or something is missing.
set -euo pipefail
umask 077

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
env_file=${ENV_FILE:-$here/../.env}

command -v openssl >/dev/null || {
  echo 'secrets.sh: openssl is missing (Debian: apt-get install openssl)' >&2
  exit 2
}

# Without git, nobody can commit from here.
is_tracked() {
  command -v git >/dev/null &&
    git -C "$(dirname "$1")" ls-files --error-unmatch -- "$(basename "$1")" >/dev/null 2>&1
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

before=$(stat -c %a "$env_file" 2>/dev/null || true)
made=0
while read -r variable; do
  grep -q "^$variable=." "$work" && continue
  sed -i "/^$variable=$/d" "$work"
  echo "$variable=$(openssl rand -hex 24)" >>"$work"
  made=$((made + 1))
done < <(awk '!/^#/ && NF { print $2 }' "$here/users.conf")

if [ "$made" -gt 0 ]; then
  if is_tracked "$env_file"; then
    echo "secrets.sh: git tracks $(basename "$env_file"), so $made new passwords would be committed. None was made." >&2
    echo "Take it out of git first: git rm --cached $(basename "$env_file") && echo $(basename "$env_file") >>.gitignore" >&2
    exit 2
  fi
  mv "$work" "$env_file"
  case $before in
    '' | ?00) echo "secrets.sh: made $made passwords in $(basename "$env_file")" >&2 ;;
    *) echo "secrets.sh: made $made passwords in $(basename "$env_file"), which only you can read now (mode 600, was $before)" >&2 ;;
  esac
else
  if is_tracked "$env_file"; then
    echo "secrets.sh: git tracks $(basename "$env_file"), so whoever reads the repository has these passwords: git rm --cached $(basename "$env_file"), then change them" >&2
  fi
  if [[ $before != ?00 ]]; then
    echo "secrets.sh: others on this machine may read $(basename "$env_file") (mode $before): chmod 600 $(basename "$env_file")" >&2
  fi
fi
