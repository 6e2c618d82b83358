#!/usr/bin/env bash
# Runs migrations by turns with the migration tools themselves. Needs Go; installs the tools, once, at these versions and
# apart from any others.
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

node scripts/test.ts "${@:-test/tools/real/programs.real.ts}"
