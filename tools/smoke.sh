#!/usr/bin/env bash
# One sale through a running system, to see that every part is there: signs up a shop, sells for cash, finds the sale in the journal.
#   tools/smoke.sh http://localhost:8080        the root address. The shop stays: not for a system with customers.
set -euo pipefail
root=${1:?the root address, such as http://localhost:8080}
slug=smoke-$(date +%s)
shop=${root%%://*}://$slug.${root#*://}
get() { node -pe "JSON.parse(require('fs').readFileSync(0, 'utf8')).$1"; }
new_id() { node -pe 'crypto.randomUUID()'; }
call() { curl -sS --fail-with-body -H "Authorization: Bearer ${token:-}" -H 'Content-Type: application/json' -H "Idempotency-Key: $(new_id)" "$@"; }
until_it_is() { # WHAT COMMAND...: events are on their way for a moment
  local what=$1; shift
  for _ in $(seq 100); do "$@" >/dev/null 2>&1 && return; sleep 0.2; done
  echo "After 20 seconds still not: $what" >&2; "$@"; exit 1
}

call "$root/api/tenants" -d "{\"slug\":\"$slug\",\"name\":\"Smoke test\",\"country\":\"NG\",
  \"owner\":{\"name\":\"Owner\",\"email\":\"owner@$slug.test\",\"password\":\"Smoke-2026!\"}}" >/dev/null
token=$(curl -sS --fail-with-body "$shop/connect/token" -d grant_type=password -d client_id=till -d "username=owner@$slug.test" \
  --data-urlencode 'password=Smoke-2026!' | get access_token)
till=$(call "$shop/api/tills" | get 'items[0].id')
store=$(call "$shop/api/tills" | get 'items[0].storeId')
call "$shop/api/products/batch" -d "{\"products\":[{\"id\":\"$(new_id)\",\"sku\":\"TEA\",\"name\":\"Tea\",\"price\":125000,\"taxClass\":\"standard\"}]}" >/dev/null
cart="\"storeId\":\"$store\",\"lines\":[{\"sku\":\"TEA\",\"quantity\":\"2\"}]"
until_it_is 'the product is known to transaction' call "$shop/api/quotes" -d "{$cart}"
until_it_is 'the till is known to transaction' call "$shop/api/shifts" -d "{\"tillId\":\"$till\",\"float\":0}"
shift_id=$(call "$shop/api/shifts/current?tillId=$till" | get id)
total=$(call "$shop/api/quotes" -d "{$cart}" | get total)
sale=$(new_id)
number=$(call "$shop/api/sales" -d "{\"id\":\"$sale\",\"tillId\":\"$till\",\"shiftId\":\"$shift_id\",$cart,\"expectedTotal\":$total,
  \"tenders\":[{\"method\":\"cash\",\"amount\":$total,\"tendered\":$((total + 100))}]}" | get number)
until_it_is 'the sale is in the journal' call "$shop/api/transactions/$sale"
health=$(curl -sS "$root/api/health")
echo "Sold $number for $total kobo at $shop; it is in the journal. Health: $health"
