# Sourced by demo.sh and test.sh: what is missing is installed where that can be done,
# and otherwise named with the command that installs it.

say() { printf '%s\n' "$*" >&2; }

# The packages of package-lock.json; again only when that file changed.
need_node_modules() {
  stamp=node_modules/.krafter-lock
  if [ -f "$stamp" ] && cmp -s package-lock.json "$stamp"; then return; fi
  say '- npm packages ...'
  # Not `npm ci`: it refuses a lock file without the optional packages of every other platform,
  # and npm writes none into it where a registry lacks one of them.
  npm install --no-save --no-audit --no-fund --loglevel=error >&2
  cp package-lock.json "$stamp"
}

# need_command COMMAND PACKAGE... : Debian's packages, when the command is not there.
need_command() {
  command -v "$1" >/dev/null 2>&1 && return
  wanted=$1
  shift
  install_packages "$wanted" "$@"
}

# need_file FILE PACKAGE... : the same, for what is no command.
need_file() {
  [ -e "$1" ] && return
  wanted=$1
  shift
  install_packages "$wanted" "$@"
}

# Debian's Python comes without venv and pip.
need_python() {
  python3 -c 'import venv, ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && return
  install_packages 'Python 3.11 or newer with venv' python3 python3-venv
}

# Debian's own Go is older than the one that the applications are written for.
need_go() {
  command -v go >/dev/null 2>&1 && return
  say 'krafter: Go 1.26 or newer is missing here. See https://go.dev/doc/install'
  exit 3
}

install_packages() {
  wanted=$1
  shift
  if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    say "- $wanted (apt-get install $*) ..."
    export DEBIAN_FRONTEND=noninteractive
    { apt-get install -y --no-install-recommends "$@" ||
      { apt-get update && apt-get install -y --no-install-recommends "$@"; }; } >/dev/null 2>&1 && return
  fi
  say "krafter: $wanted is missing here. Debian or Ubuntu: sudo apt-get install $*"
  exit 3
}
