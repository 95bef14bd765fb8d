import { notesOf } from './currency';
import type { Minor } from './minor';

/** What a customer is likely to hand over for `due`: the exact amount, then the next round sums in notes, smallest first. */
export function quickCash(due: Minor, currency: string, most = 5): Minor[] {
  const rounded = notesOf(currency).map((note) => roundUp(due, note));
  const sums = [...new Set([due, ...rounded])].sort((a, b) => a - b);
  return sums.slice(0, most);
}

function roundUp(amount: Minor, step: Minor): Minor {
  const over = amount % step;
  return over === 0 ? amount : amount - over + step;
}
