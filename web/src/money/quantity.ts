/** A quantity is a decimal string with up to five decimals ("2", "0.375"), counted in integers of 1/100,000. */
export type Quantity = string;

const decimals = 5;
const scale = 10n ** BigInt(decimals);
const largest = 99_999n * scale;

const toScaled = (quantity: Quantity): bigint => {
  const [whole = '0', fraction = ''] = quantity.split('.');
  return BigInt(whole) * scale + BigInt(fraction.padEnd(decimals, '0'));
};

const fromScaled = (scaled: bigint): Quantity => {
  const fraction = (scaled % scale).toString().padStart(decimals, '0').replace(/0+$/, '');
  return `${scaled / scale}${fraction && `.${fraction}`}`;
};

/** Reads "2", "2.5" or "2,5"; undefined for zero, negative, more than five decimals or above 99,999. */
export function parseQuantity(typed: string): Quantity | undefined {
  const text = typed.trim().replace(',', '.');
  if (!/^(?:\d{1,6}(?:\.\d{0,5})?|\.\d{1,5})$/.test(text)) return undefined;
  const scaled = toScaled(text.startsWith('.') ? `0${text}` : text.replace(/\.$/, ''));
  return scaled > 0n && scaled <= largest ? fromScaled(scaled) : undefined;
}

/** Adds; what would pass the largest quantity stays at it. */
export function addQuantity(a: Quantity, b: Quantity): Quantity {
  const scaled = toScaled(a) + toScaled(b);
  return fromScaled(scaled > largest ? largest : scaled);
}

/** Takes away; undefined when nothing is left. */
export function takeQuantity(a: Quantity, b: Quantity): Quantity | undefined {
  const scaled = toScaled(a) - toScaled(b);
  return scaled > 0n ? fromScaled(scaled) : undefined;
}

export const compareQuantity = (a: Quantity, b: Quantity): number => {
  const difference = toScaled(a) - toScaled(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** As a person of that locale reads it: "2.5" is "2,5" in French. */
export const formatQuantity = (quantity: Quantity, locale: string): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: decimals }).format(quantity as Intl.StringNumericLiteral);
