#!/usr/bin/env bash
# Runs migrations by turns with the migration tools themselves, and gates against PgBouncer and a replica. Needs Go;
# installs the tools, once, at these versions and apart from any others. PgBouncer is the machine's, else Debian's package,
# unpacked there; the replica is made by the machine's pg_basebackup.
set -euo pipefail
cd "$(dirname "$0")/.."

migrate=4.19.1 goose=3.29.0
tools=${XDG_CACHE_HOME:-$HOME/.cache}/lockkeeper-tools

go_tool() { # name version tags package
  [ -x "$tools/$1-$2/$1" ] || GOBIN="$tools/$1-$2" go install -tags "$3" "$4@v$2"
  PATH="$tools/$1-$2:$PATH"
}

go_tool migrate "$migrate" postgres github.com/golang-migrate/migrate/v4/cmd/migrate
# nothing but its driver for PostgreSQL
go_tool goose "$goose" no_clickhouse,no_libsql,no_mssql,no_mysql,no_sqlite3,no_vertica,no_ydb,no_duckdb,no_starrocks,no_spanner \
  github.com/pressly/goose/v3/cmd/goose

# Debian's package, and beside the program the libraries that few machines have
unpack_pgbouncer() { # folder
  local work packages
  work=$(mktemp -d)
  packages=$(apt-cache depends pgbouncer | sed -nE 's/^ *Depends: (lib(c-?ares|event).*)$/\1/p')
  # shellcheck disable=SC2086 # several names
  (cd "$work" && apt-get download pgbouncer $packages && for each in *.deb; do dpkg -x "$each" .; done)
  mkdir -p "$1"
  find "$work" -name 'lib*.so.*' -exec cp -L {} "$1" \;
  cp "$work/usr/sbin/pgbouncer" "$1"
  rm -r "$work"
}

if ! command -v pgbouncer >/dev/null; then
  [ -x "$tools/pgbouncer-whole/pgbouncer" ] || unpack_pgbouncer "$tools/pgbouncer-whole"
  PATH="$tools/pgbouncer-whole:$PATH"
fi

[ $# -gt 0 ] || set -- test/tools/real/*.real.ts
node scripts/test.ts "$@"
