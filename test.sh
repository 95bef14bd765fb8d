#!/usr/bin/env bash
# Runs every test there is, after bringing what they need. `./test.sh Pricing` runs only the test projects whose name
# holds that word, and `./test.sh web` only the web's. The last line is "N passed, N failed"; a step that breaks counts
# as one failure. Logs and results stay in artifacts/test.
set -uo pipefail
set -m # each background job leads a process group of its own, so that it can be ended with all that it started
cd "$(dirname "$0")" || exit 1

only=${1:-}
config=Release
project_minutes=40
logs=$PWD/artifacts/test
passed=0 failed=0 broken=() failing=() jobs_started=()

# No test may reach a database or an account that this shell happens to know.
unset DATABASE_URL REDIS_URL RABBITMQ_URL PAYSTACK_PUBLIC_KEY PAYSTACK_SECRET_KEY WEBHOOK_SECRET NEXTAUTH_SECRET SENTRY_DSN NEXT_PUBLIC_ROOT_DOMAIN
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 NEXT_TELEMETRY_DISABLED=1 NEXT_IGNORE_INCORRECT_LOCKFILE=1 MSBUILDDISABLENODEREUSE=1 NO_COLOR=1
unset FORCE_COLOR

rm -rf "$logs"
mkdir -p "$logs"
scratch=$(mktemp -d "${TMPDIR:-/tmp}/webwaka-test.XXXXXX")
chmod 755 "$scratch" # PostgreSQL refuses root, so as root it runs as another user, who must get through

say() { printf '[%4ds] %s\n' "$SECONDS" "$*"; }

show() { # LOG LINES: its beginning and its end, without the frames of libraries
  grep -vE '^ +at (System|Xunit|Microsoft)\.|Stack Trace:|^ *(Discover|Starting|Finished)' "$1" | cut -c1-400 | sed 's/^/    /' >"$scratch/shown"
  if [ "$(wc -l <"$scratch/shown")" -le "$2" ]; then
    cat "$scratch/shown"
  else
    head -n $(($2 / 2)) "$scratch/shown"
    printf '    ... (all of it: %s)\n' "$1"
    tail -n $(($2 / 2)) "$scratch/shown"
  fi
}

show_failing() { # LOG: of xunit's tests only those that failed, each with its message and the beginning of what it wrote; of others all
  if grep -q '\[FAIL\]$' "$1"; then
    mapfile -t -O "${#failing[@]}" failing < <(sed -n 's/^ *\(.*\) \[FAIL\]$/\1/p' "$1")
    awk '/\[(PASS|FAIL|SKIP)\]$|=== TEST EXECUTION/ { failing = /\[FAIL\]$/; lines = 0 } failing && lines++ < 60' "$1" >"$scratch/failing"
    show "$scratch/failing" 200
  else
    show "$1" 200
  fi
}

breaks() { # NAME [LOG]: a step that broke, with what it said
  failed=$((failed + 1))
  broken+=("$1")
  say "BROKEN: $1"
  [ -n "${2:-}" ] && [ -f "$2" ] && show "$2" 60
}

finish() {
  trap - EXIT INT TERM HUP
  local pid file
  for pid in "${jobs_started[@]}"; do kill -TERM -- "-$pid" 2>/dev/null; done
  for pid in "${jobs_started[@]}"; do
    for _ in $(seq 50); do kill -0 -- "-$pid" 2>/dev/null || break; sleep 0.2; done
    kill -KILL -- "-$pid" 2>/dev/null
  done
  # A PostgreSQL outlives a test process that was killed: each one below our folder is ours to end.
  while IFS= read -r file; do
    pid=$(head -n 1 "$file") && [ "/proc/$pid/cwd/postmaster.pid" -ef "$file" ] && kill -QUIT "$pid" 2>/dev/null
  done < <(find "$scratch" -name postmaster.pid 2>/dev/null)
  for _ in 1 2 3 4 5; do rm -rf "$scratch" 2>/dev/null && break; sleep 0.5; done
  [ ${#failing[@]} -gt 0 ] && { printf 'Failed tests:\n'; printf '  %s\n' "${failing[@]}"; }
  [ ${#broken[@]} -gt 0 ] && { printf 'Broken steps:\n'; printf '  %s\n' "${broken[@]}"; }
  [ $((passed + failed)) -gt 0 ] || { printf 'No test ran.\n'; failed=1; }
  printf '%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ] && exit 0
  exit 1
}
trap finish EXIT
trap 'breaks "interrupted"; exit 1' INT TERM HUP

step() { # NAME COMMAND...: quiet unless it breaks
  local name=$1 log="$logs/${1//[^A-Za-z0-9]/-}.log"
  shift
  say "$name"
  run "$log" "$@" && return 0
  breaks "$name" "$log"
  return 1
}

run() { # LOG COMMAND...: as a job, so that a signal is answered at once and the job ended with its children
  local log=$1 job status
  shift
  "$@" >"$log" 2>&1 </dev/null &
  job=$!
  jobs_started+=("$job")
  wait "$job"
  status=$?
  kill -TERM -- "-$job" 2>/dev/null # what it left behind, such as a compiler that waits for the next project
  unset "jobs_started[-1]"
  return $status
}

thrice() { "$@" || { sleep 3; "$@"; } || { sleep 10; "$@"; }; }

# --- what the machine lacks ---------------------------------------------------------------------------------------

as_root() { if [ "$(id -u)" -eq 0 ]; then env "$@"; else sudo -n env "$@"; fi; }

can_install() { command -v apt-get >/dev/null && { [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null; }; }

apt_install() {
  thrice as_root apt-get update -q &&
    # RUNLEVEL=1: nothing that is installed here is started as a service of the machine.
    thrice as_root DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
}

no_main_cluster() { # the tests make their own clusters
  as_root mkdir -p /etc/postgresql-common/createcluster.d &&
    printf 'create_main_cluster = false\n' | as_root tee /etc/postgresql-common/createcluster.d/webwaka.conf >/dev/null
}

has_postgres() { command -v pg_ctl >/dev/null || compgen -G '/usr/lib/postgresql/1[5-9]/bin/pg_ctl' >/dev/null; }
has_chromium() { [ -x "${CHROMIUM_PATH:-/usr/bin/chromium}" ]; }
wants() { [ -z "$only" ] || [[ ${1,,} == *"${only,,}"* ]]; }

install_what_is_missing() {
  local packages=()
  if ! has_postgres; then
    packages+=(postgresql)
    can_install && no_main_cluster
  fi
  if [ -d tests/System.Tests ] && wants System.Tests; then
    command -v redis-server >/dev/null || packages+=(redis-server)
    [ -x /usr/sbin/rabbitmq-server ] || packages+=(rabbitmq-server)
  fi
  if [ -d web/e2e ] && wants web; then has_chromium || packages+=(chromium); fi
  [ ${#packages[@]} -eq 0 ] && return
  if can_install; then
    step "install ${packages[*]}" apt_install "${packages[@]}"
  else
    say "Not root and no sudo: ${packages[*]} not installed. Tests that need them will fail (PostgreSQL comes from npm instead)."
  fi
}

# --- .NET ---------------------------------------------------------------------------------------------------------

test_projects() { # those whose name holds the word asked for; a project without xunit.v3 is a library for tests
  local project
  for project in tests/*/*.csproj; do
    [ -f "$project" ] && grep -q 'Include="xunit.v3"' "$project" && wants "$(basename "$project" .csproj)" && printf '%s\n' "$project"
  done
}

build_dotnet() { # one compiler for all projects: it is compiled itself once
  local target shared=(-p:UseSharedCompilation=true "-p:SharedCompilationId=webwaka-$$")
  if [ -n "$only" ]; then
    for target in "$@"; do
      step "restore $target" thrice dotnet restore "$target" -v q --nologo || return 1
      step "build $target" dotnet build "$target" -c $config --no-restore -m:2 -v q --nologo "${shared[@]}" || return 1
    done
  else
    step 'restore' thrice dotnet restore WebWakaPos.sln -v q --nologo &&
      step 'build' dotnet build WebWakaPos.sln -c $config --no-restore -m:2 -v q --nologo "${shared[@]}"
  fi
}

attribute() { sed -n "s/.*<assembly [^>]* $1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1; }

run_project() {
  local name result log program status p f s e
  name=$(basename "$1" .csproj)
  program=$(dirname "$1")/bin/$config/net10.0/$name.dll
  result=$logs/$name.xml log=$logs/$name.log
  say "$name"
  TMPDIR=$scratch run "$log" timeout -k 30 "${project_minutes}m" dotnet "$program" -noColor -noLogo -longRunning 60 -result-xml "$result"
  status=$?
  if [ ! -s "$result" ]; then
    [ $status -eq 124 ] && breaks "$name (not done after $project_minutes minutes)" "$log" || breaks "$name (exit code $status)" "$log"
    return
  fi
  p=$(attribute passed "$result") f=$(attribute failed "$result") s=$(attribute skipped "$result") e=$(attribute errors "$result")
  count "$name" "$log" "$status" "${p:-0}" $((${f:-0} + ${e:-0})) "${s:-0}"
}

count() { # NAME LOG STATUS PASSED FAILED SKIPPED
  passed=$((passed + $4))
  failed=$((failed + $5))
  say "$1: $4 passed, $5 failed$([ "$6" -gt 0 ] && printf ', %d SKIPPED' "$6")"
  if [ "$5" -gt 0 ]; then
    show_failing "$2"
  elif [ "$3" -ne 0 ]; then
    breaks "$1 (exit code $3)" "$2"
  elif [ "$4" -eq 0 ]; then
    breaks "$1 (ran no test)" "$2"
  fi
}

# --- web ----------------------------------------------------------------------------------------------------------

number() { node -p "const r = JSON.parse(require('fs').readFileSync('$1', 'utf8')); $2"; }

web() {
  cd web || return
  if step 'web: npm ci' thrice npm ci --no-audit --no-fund; then
    step 'web: typecheck' npm run typecheck
    vitest
    differential
    step 'web: build' npm run build && [ -d e2e ] && e2e
  fi
  cd ..
}

vitest() {
  local log=$logs/vitest.log result=$logs/vitest.json status
  say 'web: vitest'
  run "$log" npx --no-install vitest run --reporter=default --reporter=json --outputFile.json="$result"
  status=$?
  [ -s "$result" ] || { breaks "web: vitest (exit code $status)" "$log"; return; }
  count 'web: vitest' "$log" $status "$(number "$result" r.numPassedTests)" "$(number "$result" r.numFailedTests)" "$(number "$result" r.numPendingTests)"
}

differential() { # the till's pricing against the server's, over random carts
  local log=$logs/pricing-differential.log status
  step 'pricing: build the differential run' dotnet build ../tests/Pricing.Differential -c $config -m:2 -v q --nologo || return
  run "$log" timeout -k 30 "${project_minutes}m" dotnet "../tests/Pricing.Differential/bin/$config/net10.0/Pricing.Differential.dll" --count 4000
  status=$?
  say "pricing: $(head -n 1 "$log")"
  count 'pricing: differential' "$log" $status $((status == 0)) $((status != 0)) 0
}

e2e() {
  local log=$logs/e2e.log result=$logs/e2e.json server=$logs/standalone.log port job status
  [ "$built" = yes ] || { breaks 'web: e2e (nothing was built to test against)'; return; }
  has_chromium || { breaks 'web: e2e (no Chromium: set CHROMIUM_PATH)'; return; }
  port=$(node -e "const s = require('net').createServer().listen(0, '127.0.0.1', () => { console.log(20000 + s.address().port % 12000); s.close(); })")
  say "web: e2e on 127.0.0.1:$port"
  (cd .. && exec dotnet "Standalone/bin/$config/net10.0/Standalone.dll" --data "$scratch/e2e" --port "$port") >"$server" 2>&1 </dev/null &
  job=$!
  jobs_started+=("$job")
  for _ in $(seq 180); do
    curl -sf -o /dev/null "http://127.0.0.1:$port/api/health" && break
    kill -0 "$job" 2>/dev/null || break
    sleep 1
  done
  if curl -sf -o /dev/null "http://127.0.0.1:$port/api/health"; then
    BASE_URL=http://demo.localhost:$port CHROMIUM_PATH=${CHROMIUM_PATH:-/usr/bin/chromium} PLAYWRIGHT_JSON_OUTPUT_NAME=$result TMPDIR=$scratch \
      run "$log" timeout -k 30 "${project_minutes}m" npx --no-install playwright test --reporter=list,json
    status=$?
    if [ -s "$result" ]; then
      count 'web: e2e' "$log" $status "$(number "$result" 'r.stats.expected + r.stats.flaky')" "$(number "$result" r.stats.unexpected)" "$(number "$result" r.stats.skipped)"
    else
      breaks "web: e2e (exit code $status)" "$log"
    fi
  else
    breaks 'web: Standalone for e2e is not healthy after 180 s' "$server"
  fi
  kill -TERM -- "-$job" 2>/dev/null
  wait "$job"
  status=$?
  [ $status -eq 0 ] || breaks "web: Standalone did not stop cleanly (exit code $status)" "$server"
}

# --- all of it ----------------------------------------------------------------------------------------------------

for program in dotnet node npm; do
  command -v $program >/dev/null || { breaks "$program is missing: install the .NET 10 SDK and Node 20 or newer"; exit 1; }
done
install_what_is_missing
mapfile -t projects < <(test_projects)
built=no
if [ -z "$only" ] || [ ${#projects[@]} -gt 0 ]; then
  build_dotnet "${projects[@]}" && built=yes
elif wants web && [ -d web/e2e ]; then
  build_dotnet Standalone && built=yes
fi
if [ $built = yes ]; then for project in "${projects[@]}"; do run_project "$project"; done; fi
if [ -d web ] && wants web; then web; fi
[ -z "$only" ] || [ $((passed + failed)) -gt 0 ] || breaks "no test project's name holds '$only'"
