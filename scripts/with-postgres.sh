#!/usr/bin/env bash
# Runs a command with a PostgreSQL cluster of its own, and takes the cluster away afterwards:
#   scripts/with-postgres.sh pytest tests/cases
# The command finds it in KLANKBORD_TEST_POSTGRES (postgres://…), the cluster's folder and log in
# KLANKBORD_TEST_POSTGRES_FOLDER. PostgreSQL refuses to run as root, so it runs as another user then.
set -euo pipefail

bin=$(dirname "$(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -1)")
[[ -x $bin/initdb ]] || { echo "There is no PostgreSQL here. Type: sudo apt-get install -y postgresql" >&2; exit 1; }

folder=$(mktemp -d /var/tmp/kb-postgres.XXXXXX)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
as=()
if [[ $(id -u) == 0 ]]; then
    user=postgres; id "$user" >/dev/null 2>&1 || user=nobody
    chown "$user" "$folder"
    as=(runuser -u "$user" --)
fi
cd_and() { (cd "$folder" && "${as[@]}" env -u LC_ALL LANG=C.UTF-8 "$@" </dev/null); }

stop() {
    cd_and "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

cd_and "$bin/initdb" -D "$folder/data" -U klankbord -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
# What docs/settings.md asks of every PostgreSQL under Klankbord: nothing anybody wrote in its log.
cat >> "$folder/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$folder'
log_min_error_statement = panic
log_statement = none
log_min_duration_statement = -1
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_error_verbosity = terse
synchronous_commit = on
max_connections = 200
shared_buffers = 64MB
CONF
cd_and "$bin/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w -t 60 start >/dev/null || {
    cat "$folder/server.log" >&2; exit 1; }
cd_and "$bin/createdb" -h 127.0.0.1 -p "$port" -U klankbord klankbord

export KLANKBORD_TEST_POSTGRES="postgres://klankbord@127.0.0.1:$port/klankbord"
export KLANKBORD_TEST_POSTGRES_FOLDER="$folder"
status=0
"$@" || status=$?
exit "$status"
