# Sourced: starts a throw-away PostgreSQL from Debian's package and sets POSTGRES_URL; stop_postgres ends it.
# Thai order needs ICU, so the cluster is made with it.
postgres_bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
postgres_dir=$(mktemp -d /tmp/prachakhom-postgres.XXXXXX)
postgres_port=${POSTGRES_PORT:-55432}
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
[ "$(id -u)" = 0 ] && chown postgres "$postgres_dir"
as_postgres "$postgres_bin/initdb" -D "$postgres_dir/data" -U prachakhom --auth=trust -E UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=th >/dev/null
as_postgres "$postgres_bin/pg_ctl" -D "$postgres_dir/data" -l "$postgres_dir/log" -w -o "-p $postgres_port -k $postgres_dir -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200" start >/dev/null
as_postgres "$postgres_bin/createdb" -h 127.0.0.1 -p "$postgres_port" -U prachakhom prachakhom
export POSTGRES_URL="postgres://prachakhom@127.0.0.1:$postgres_port/prachakhom"
stop_postgres() {
  as_postgres "$postgres_bin/pg_ctl" -D "$postgres_dir/data" -m immediate stop >/dev/null
  rm -rf "$postgres_dir"
}
