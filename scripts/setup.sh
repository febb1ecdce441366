#!/usr/bin/env bash
# Builds .venv with the locked packages: setup.sh runtime|dev. A second run is instant.
set -euo pipefail
cd "$(dirname "$0")/.."

kind=${1:-runtime}
venv=.venv
stamp=$venv/.built-$kind
wanted=$(cat "requirements/$kind.txt" requirements/runtime.in pyproject.toml scripts/setup.sh | sha256sum)

say() { printf '%s\n' "$*"; }

if [[ -x $venv/bin/klankbord && -f $stamp && $(<"$stamp") == "$wanted" ]]; then exit 0; fi
# The development set contains the other one: do not go back to less.
if [[ $kind == runtime && -x $venv/bin/klankbord && -f $venv/.built-dev ]]; then
    same=$(cat requirements/dev.txt requirements/runtime.in pyproject.toml scripts/setup.sh | sha256sum)
    if [[ $(<"$venv/.built-dev") == "$same" ]]; then exit 0; fi
fi

python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    say "Klankbord needs Python 3.11 or newer. Type: sudo apt-get install -y python3 python3-venv"; exit 1; }

if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
    line="apt-get update && apt-get install -y --no-install-recommends python3-venv"
    [[ $(id -u) == 0 ]] || { say "Python cannot make virtual environments yet. Type: sudo sh -c '$line'"; exit 1; }
    say "Installing python3-venv"
    DEBIAN_FRONTEND=noninteractive sh -c "$line" </dev/null >/dev/null
fi

say "Building $venv ($kind)"
[[ -x $venv/bin/python ]] && "$venv/bin/python" -m pip --version >/dev/null 2>&1 || python3 -m venv --clear "$venv"
pip=("$venv/bin/python" -m pip --disable-pip-version-check --no-input --quiet)
"${pip[@]}" install --require-hashes --only-binary :all: -r "requirements/$kind.txt"
"${pip[@]}" install --no-deps --no-build-isolation -e .
printf '%s\n' "$wanted" > "$stamp"
