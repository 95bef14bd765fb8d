import { scaled, scaledNumber } from '../decimal';
import type { RoundingMode } from '../documents';
import { EXTENSION_SCALE, PRICE_PLACES, QUANTITY_SCALE, RATE_PLACES } from '../limits';
import { percentOff, product, quotient } from '../rounding';

/** What a benefit is worked out on: a line as it stands. */
interface Listed {
  left: number;
  quantity: number;
}

/** One of: a percentage (x 10^6) off, minor units off, a new price (minor units x 10^4). */
export class Benefit {
  static readonly NONE = new Benefit('percent', 0n, false);

  private readonly number: number;

  private constructor(
    private readonly kind: 'percent' | 'amount' | 'price',
    private readonly value: bigint,
    private readonly perUnit: boolean,
  ) {
    this.number = Number(value);
  }

  static percent(percent: string | number): Benefit {
    return new Benefit('percent', BigInt(scaledNumber(percent, RATE_PLACES)), false);
  }

  static amount(amount: number, perUnit: boolean): Benefit {
    return new Benefit('amount', BigInt(amount), perUnit);
  }

  static price(price: string | number): Benefit {
    return new Benefit('price', scaled(price, PRICE_PLACES) ?? 0n, false);
  }

  /** Percent x 10^6, of one that is a percentage. */
  get rate(): number {
    return this.number;
  }

  /** Between nothing and all the line has left; only so many units (x 10^5) of it count. */
  onLine(line: Listed, most: number | undefined, mode: RoundingMode): number {
    const units = most === undefined ? line.quantity : Math.min(line.quantity, most);
    const of = units === line.quantity ? line.left : product(line.left, units, line.quantity, mode);
    switch (this.kind) {
      case 'percent':
        return percentOff(of, this.number, mode);
      case 'amount':
        return this.perUnit ? this.times(units, QUANTITY_SCALE, of, mode) : Math.min(this.number, of);
      case 'price':
        return of - this.times(units, EXTENSION_SCALE, of, mode);
    }
  }

  /** On lines together, in whole minor units. */
  onSum(sum: number, mode: RoundingMode): number {
    const off =
      this.kind === 'percent' ? percentOff(sum, this.number, mode)
      : this.kind === 'amount' ? this.number
      : sum - Number(this.value / 10_000n);
    return Math.min(Math.max(off, 0), sum);
  }

  // value x units / scale, but never beyond the most.
  private times(units: number, scale: number, most: number, mode: RoundingMode): number {
    const exact = this.number * units;
    const limit = most * scale;
    if (Number.isSafeInteger(exact) && Number.isSafeInteger(limit)) return exact >= limit ? most : product(this.number, units, scale, mode);
    const whole = this.value * BigInt(units);
    return whole >= BigInt(most) * BigInt(scale) ? most : quotient(whole, BigInt(scale), mode);
  }
}
