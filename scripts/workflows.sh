#!/usr/bin/env bash
# Lints the workflows, and runs them as a runner does. Needs Go and Python; installs the tools themselves, once, at these
# versions and apart from any others.
set -euo pipefail
cd "$(dirname "$0")/.."

act=0.2.89 actionlint=1.7.12 zizmor=1.32.0
tools=${XDG_CACHE_HOME:-$HOME/.cache}/lockkeeper-tools

go_tool() { # name version package
  [ -x "$tools/$1-$2/$1" ] || GOBIN="$tools/$1-$2" go install "$3@v$2"
  PATH="$tools/$1-$2:$PATH"
}

go_tool act "$act" github.com/nektos/act
go_tool actionlint "$actionlint" github.com/rhysd/actionlint/cmd/actionlint
if [ ! -x "$tools/zizmor-$zizmor/bin/zizmor" ]; then
  python3 -m venv "$tools/zizmor-$zizmor"
  "$tools/zizmor-$zizmor/bin/pip" install --quiet --disable-pip-version-check "zizmor==$zizmor"
fi
PATH="$tools/zizmor-$zizmor/bin:$PATH"

# GitHub has it since May 2026: https://github.blog/changelog/2026-05-07-github-actions-concurrency-groups-now-allow-larger-queues
actionlint -ignore 'unexpected key "queue" for "concurrency" section' .github/workflows/*.yml workflows/*.yml
zizmor --offline --persona pedantic --no-progress .github workflows/*.yml action.yml
node --test --test-concurrency 1 test/workflows/act*.ts
