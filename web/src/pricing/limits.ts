/** 2^53 - 1 minor units: the largest integer JavaScript holds exactly. */
export const MAX_AMOUNT = Number.MAX_SAFE_INTEGER;
export const MAX_LINES = 2000;
export const MAX_POINTS = 1_000_000_000_000;

export const QUANTITY_PLACES = 5;
export const PRICE_PLACES = 4;
export const RATE_PLACES = 6;

export const QUANTITY_SCALE = 100_000;
export const WHOLE_PERCENT = 100_000_000;
/** What quantity x price is a multiple of, once both are whole numbers. */
export const EXTENSION_SCALE = 1_000_000_000;

export const MAX_QUANTITY = 999_999_999_999n;
export const MAX_UNIT_PRICE = 99_999_999_999_990_000n;

/** Something left the range of exact integers: the cart is refused as too large. */
export class OutOfRange extends Error {}

export function safe(value: number): number {
  if (!Number.isSafeInteger(value)) throw new OutOfRange();
  return value;
}
