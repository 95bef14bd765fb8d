#!/usr/bin/env bash
# New secrets, each random and known to nobody. Keep what it prints: without NEXTAUTH_SECRET identity cannot open its signing keys.
#   tools/secrets.sh > .env               for compose.yaml; --demo: with the Paystack sandbox
#   tools/secrets.sh kubernetes | kubectl -n webwaka apply -f -
#                                         every Secret that k8s/base reads, for the stores that run beside it; --paystack sk_live_..., --sentry https://...
#       For servers elsewhere: --postgres 'Host=db.internal;SSL Mode=Require' --postgres-admin postgres://... --rabbitmq amqps://... --redis rediss://...
set -euo pipefail
umask 077

target=compose demo=no
# The Cells reach PostgreSQL through its pooler, the operator's tools the primary itself.
postgres=Host=postgres-pooler-rw direct=Host=postgres-rw postgres_admin='' rabbitmq='' redis='' paystack='' sentry=''
while [ $# -gt 0 ]; do
  case $1 in
    compose | kubernetes) target=$1; shift ;;
    --demo) demo=yes; shift ;;
    --postgres) postgres=$2 direct=$2; shift 2 ;;
    --postgres-admin) postgres_admin=$2; shift 2 ;;
    --rabbitmq) rabbitmq=$2; shift 2 ;;
    --redis) redis=$2; shift 2 ;;
    --paystack) paystack=$2; shift 2 ;;
    --sentry) sentry=$2; shift 2 ;;
    *) sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
done

cells=(identity inventory promotions tax transaction payments history)
new() { od -An -v -tx1 -N24 /dev/urandom | tr -d ' \n'; } # letters and digits alone: it stands in addresses and connection strings

compose() {
  local cell
  echo 'NEXT_PUBLIC_ROOT_DOMAIN=localhost'
  echo "NEXTAUTH_SECRET=$(new)$(new)"
  echo "POSTGRES_PASSWORD=$(new)"
  echo "RABBITMQ_PASSWORD=$(new)"
  echo "REDIS_PASSWORD=$(new)"
  echo "WEBWAKA_OPS_PASSWORD=$(new)"
  for cell in "${cells[@]}"; do
    echo "${cell^^}_APP_PASSWORD=$(new)"
    echo "${cell^^}_RELAY_PASSWORD=$(new)"
  done
  if [ $demo = yes ]; then
    echo "PAYSTACK_SECRET_KEY=sk_test_$(new)"
    echo 'PAYSTACK_BASE_URL=http://paystack-sandbox:8080'
  else
    echo '# PAYSTACK_SECRET_KEY=sk_live_... takes online payments.'
  fi
}

secret() { # NAME KEY VALUE...
  printf -- '---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: %s\ntype: Opaque\nstringData:\n' "$1"
  shift
  while [ $# -gt 0 ]; do printf "  %s: '%s'\n" "$1" "${2//\'/\'\'}"; shift 2; done
}

kubernetes() {
  local cell role password
  for cell in "${cells[@]}"; do
    role="$postgres;Database=webwaka;Username=${cell}"
    secret "$cell" "ConnectionStrings__$cell" "${role}_app;Password=$(new)" "ConnectionStrings__$cell-relay" "${role}_relay;Password=$(new)"
  done
  secret ops ConnectionStrings__ops "$direct;Database=webwaka;Username=webwaka_ops;Password=$(new)" ${postgres_admin:+DATABASE_URL "$postgres_admin"}
  secret root-secret NEXTAUTH_SECRET "$(new)$(new)"
  password=$(new)
  secret redis REDIS_URL "${redis:-redis://:$password@redis:6379/0}" password "$password"
  [ -z "$rabbitmq" ] || secret rabbitmq-default-user connection_string "$rabbitmq" # else the operator makes it
  [ -z "$paystack" ] || secret paystack PAYSTACK_SECRET_KEY "$paystack"
  [ -z "$sentry" ] || secret sentry SENTRY_DSN "$sentry" # for the component of that name
}

"$target"
