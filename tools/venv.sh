# Makes .venv, for ./test and ./quickstart, which source this file in the
# checkout's root. Everything here may run twice; the second time is quick.

python=.venv/bin/python

# Ends the script with one line that says what to do.
stop() {
  echo "$0: $*" >&2
  exit 1
}

is_root_with_apt() {
  [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null
}

# apt_install PACKAGE...: a fresh machine needs the package lists first.
apt_install() {
  echo "Installing $* through apt-get ..."
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -yq --no-install-recommends "$@" > /tmp/tf_keras_apt.log 2>&1 ||
    { apt-get update -q && apt-get install -yq --no-install-recommends "$@"; } \
      >> /tmp/tf_keras_apt.log 2>&1 ||
    stop "apt-get could not install $*; see /tmp/tf_keras_apt.log${hint:-}"
}

# Prints the first Python on PATH for which TensorFlow has a wheel.
find_python() {
  local candidate
  for candidate in python3 python3.13 python3.12 python3.11 python3.10 python; do
    if "$candidate" -c 'import sys; sys.exit(
        not (3, 10) <= sys.version_info[:2] <= (3, 13))' 2> /dev/null; then
      command -v "$candidate"
      return
    fi
  done
  return 1
}

make_venv() {
  local base
  base=$(find_python) ||
    stop "needs Python 3.10 to 3.13 on PATH; install python3"
  if ! "$base" -c 'import ensurepip, venv' 2> /dev/null; then
    is_root_with_apt ||
      stop "$base lacks venv; install Debian's package python3-venv"
    apt_install python3-venv
    "$base" -c 'import ensurepip, venv' 2> /dev/null ||
      stop "$base lacks venv; install the venv module of that Python"
  fi
  echo "Making .venv with $("$base" --version) ..."
  "$base" -m venv --clear .venv
}

# need FILE...: a .venv that has what these requirements files name. A stamp
# holds the hash of what was installed, so that nothing is asked of pip again.
need() {
  local stamp wanted
  [ -x "$python" ] && "$python" -c '' 2> /dev/null || make_venv
  wanted=$(cat "$@" | sha256sum | cut -d' ' -f1)
  stamp=.venv/installed-$(echo "$*" | tr ' /' '+_')
  if [ "$(cat "$stamp" 2> /dev/null)" != "$wanted" ]; then
    echo "Installing $* into .venv ..."
    "$python" -m pip install --quiet --disable-pip-version-check \
      $(printf -- '-r %s ' "$@") 2> .venv/pip.log ||
      { cat .venv/pip.log >&2; stop "pip could not install $*"; }
    echo "$wanted" > "$stamp"
  fi
}
