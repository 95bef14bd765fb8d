import { exponentOf } from './currency';
import type { CashRounding, Outcome } from './documents';
import { MAX_AMOUNT } from './limits';
import { toStep } from './rounding';

/** One way the customer pays: amount is what it pays of the sale (negative in a refund), tendered the cash handed over. */
export interface Tender {
  method: string;
  amount: number;
  tendered?: number | null;
}

/** due = total + rounding = sum of tender amounts; paid = what was handed over; change = paid - due. */
export interface Settlement {
  total: number;
  rounding: number;
  due: number;
  paid: number;
  change: number;
}

const CASH = 'cash';

/** What cash must pay of the rest of a total after other tenders. */
export function cashDue(left: number, rounding: CashRounding | undefined): number {
  return rounding === undefined ? left : toStep(left, rounding.step, rounding.mode ?? 'halfAwayFromZero');
}

/** Whether tenders pay a total, to the minor unit. */
export function settle(
  total: number, currency: string, rounding: CashRounding | undefined, tenders: readonly Tender[],
): Outcome<Settlement> {
  const refused = (code: string): Outcome<Settlement> => ({ failure: { code } });
  const wrong = fault(total, currency, rounding) ?? tenders.map((tender) => faultOf(tender, total)).find((code) => code !== undefined);
  if (wrong !== undefined) return refused(wrong);
  let [cash, other, over] = [0n, 0n, 0n];
  for (const { method, amount, tendered } of tenders) {
    if (method === CASH) {
      cash += BigInt(amount);
      over += BigInt(tendered ?? amount) - BigInt(amount);
    } else {
      other += BigInt(amount);
    }
  }

  const sign = total < 0 ? -1n : 1n;
  const all = rounding?.appliesTo === 'all';
  if (!all && other * sign > BigInt(total) * sign) return refused('tender_above_due');
  const left = all ? total : Number(BigInt(total) - other);
  const cents = all || tenders.some((tender) => tender.method === CASH) ? cashDue(left, rounding) - left : 0;
  const due = BigInt(total) + BigInt(cents);
  const missing = (due - cash - other) * sign;
  if (missing > 0n) return refused('tender_below_due');
  if (missing < 0n) return refused('tender_above_due');
  if (over > BigInt(MAX_AMOUNT)) return refused('amount_too_large');
  return { value: { total, rounding: cents, due: Number(due), paid: Number(due + over), change: Number(over) } };
}

/**
 * What is still to be paid: of the total, or of nothing where the sale is off, less what was paid and not given back. Below zero: it is
 * to be given back.
 */
export function outstanding(total: number, paid: number, givenBack: number, off: boolean): number {
  return (off ? 0 : total) - (paid - givenBack);
}

function fault(total: number, currency: string, rounding: CashRounding | undefined): string | undefined {
  if (exponentOf(currency) === undefined) return 'currency_unknown';
  if (Math.abs(total) > MAX_AMOUNT) return 'amount_too_large';
  if (rounding === undefined) return undefined;
  if (rounding.step < 1 || rounding.step > 1_000_000) return 'rounding_step_invalid';
  return rounding.currency === currency ? undefined : 'currency_differs';
}

function faultOf({ method, amount, tendered }: Tender, total: number): string | undefined {
  if (method.trim() === '') return 'tender_method_missing';
  if (Math.abs(amount) > MAX_AMOUNT || Math.abs(tendered ?? 0) > MAX_AMOUNT) return 'amount_too_large';
  // Cash may pay nothing where all that is left rounds away.
  if (amount === 0 ? method !== CASH : Math.sign(amount) !== Math.sign(total)) return 'tender_amount_invalid';
  if (tendered == null) return undefined;
  if (method !== CASH) return 'tendered_not_cash';
  if (total < 0) return 'tendered_in_refund';
  return tendered < amount ? 'tendered_below_amount' : undefined;
}
