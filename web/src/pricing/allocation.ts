import type { Spread } from './documents';

/** Splits a total by largest remainder, ties to the first. Zero weights get nothing unless all are zero. */
export function split(total: number, weights: readonly number[]): number[] {
  const parts = new Array<number>(weights.length).fill(0);
  if (weights.length === 0) return parts;
  let sum = 0;
  for (const weight of weights) sum += weight;
  const even = sum === 0;
  if (even) sum = weights.length;
  const size = Math.abs(total);
  const rests = new Array<number>(weights.length);
  let left = size;
  for (let i = 0; i < parts.length; i++) {
    const weight = even ? 1 : weights[i]!;
    const exact = size * weight;
    if (Number.isSafeInteger(exact)) {
      const rest = exact % sum;
      rests[i] = rest;
      parts[i] = (exact - rest) / sum;
    } else {
      const whole = BigInt(size) * BigInt(weight);
      rests[i] = Number(whole % BigInt(sum));
      parts[i] = Number(whole / BigInt(sum));
    }

    left -= parts[i]!;
  }

  if (left > 0) {
    const order = rests.map((_, i) => i).sort((a, b) => rests[b]! - rests[a]! || a - b);
    for (let i = 0; i < left; i++) parts[order[i]!]!++;
  }

  if (total < 0) for (let i = 0; i < parts.length; i++) parts[i] = 0 - parts[i]!;
  return parts;
}

/** In proportion, or one line after the other until the total is used up. */
export function spreadOver(total: number, weights: readonly number[], spread: Spread): number[] {
  if (spread === 'proportional') return split(total, weights);
  const order = weights.map((_, i) => i);
  if (spread !== 'lineOrder') {
    const sign = spread === 'cheapestFirst' ? 1 : -1;
    order.sort((a, b) => sign * (weights[a]! - weights[b]!) || a - b);
  }

  const parts = new Array<number>(weights.length).fill(0);
  for (const at of order) {
    parts[at] = Math.min(total, weights[at]!);
    total -= parts[at]!;
  }

  return parts;
}
