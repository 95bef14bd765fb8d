/** An amount in minor units (kobo, pesewas, francs): always a safe integer, never a fraction. */
export type Minor = number;

/** Throws when arithmetic has left the range in which integers are exact: a wrong amount must not be shown. */
export function exact(value: number): Minor {
  if (!Number.isSafeInteger(value)) throw new RangeError(`Amount ${value} is not an exact integer of minor units.`);
  return value;
}

export const add = (a: Minor, b: Minor): Minor => exact(exact(a) + exact(b));
export const subtract = (a: Minor, b: Minor): Minor => exact(exact(a) - exact(b));
export const sum = (amounts: readonly Minor[]): Minor => amounts.reduce(add, 0);
