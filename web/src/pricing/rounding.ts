import type { RoundingMode } from './documents';
import { OutOfRange, WHOLE_PERCENT } from './limits';

/** numerator / denominator rounded to an integer; all modes are symmetric about zero. Denominators are positive. */
export function quotient(numerator: bigint, denominator: bigint, mode: RoundingMode): number {
  let whole = numerator / denominator;
  const rest = numerator % denominator;
  const size = rest < 0n ? -rest : rest;
  if (size !== 0n) {
    const other = denominator - size;
    if (isAway(mode, size < other ? -1 : size > other ? 1 : 0, whole % 2n !== 0n)) whole += numerator < 0n ? -1n : 1n;
  }

  const result = Number(whole);
  if (!Number.isSafeInteger(result)) throw new OutOfRange();
  return result;
}

/** As quotient, for whole numbers that JavaScript holds exactly. */
export function ratio(numerator: number, denominator: number, mode: RoundingMode): number {
  const rest = numerator % denominator;
  const whole = (numerator - rest) / denominator;
  if (rest === 0) return whole;
  const size = Math.abs(rest);
  const half = size - (denominator - size);
  return isAway(mode, half, whole % 2 !== 0) ? whole + Math.sign(numerator) : whole;
}

/** a x b / denominator, exact and rounded once. */
export function product(a: number, b: number, denominator: number, mode: RoundingMode): number {
  const numerator = a * b;
  return Number.isSafeInteger(numerator)
    ? ratio(numerator, denominator, mode)
    : quotient(BigInt(a) * BigInt(b), BigInt(denominator), mode);
}

export function toStep(amount: number, step: number, mode: RoundingMode): number {
  return ratio(amount, step, mode) * step;
}

/** What a percentage (x 10^6) takes off: the price that is left is what is rounded. */
export function percentOff(of: number, percent: number, mode: RoundingMode): number {
  return of - product(of, WHOLE_PERCENT - percent, WHOLE_PERCENT, mode);
}

function isAway(mode: RoundingMode, half: number, odd: boolean): boolean {
  switch (mode) {
    case 'halfAwayFromZero':
      return half >= 0;
    case 'halfEven':
      return half > 0 || (half === 0 && odd);
    case 'halfTowardZero':
      return half > 0;
    case 'towardZero':
      return false;
    case 'awayFromZero':
      return true;
  }
}
