const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)$/;

/** value x 10^places as a whole number; undefined where a decimal is left over or it is not a plain decimal. */
export function scaled(value: string | number, places: number): bigint | undefined {
  const text = typeof value === 'number' ? plain(value) : value;
  if (!PLAIN.test(text)) return undefined;
  const negative = text.startsWith('-');
  const digits = negative || text.startsWith('+') ? text.slice(1) : text;
  const point = digits.indexOf('.');
  const whole = point < 0 ? digits : digits.slice(0, point);
  const fraction = point < 0 ? '' : trimZeros(digits.slice(point + 1));
  if (fraction.length > places) return undefined;
  const all = BigInt((whole || '0') + fraction.padEnd(places, '0'));
  return negative ? -all : all;
}

/** As scaled, of what has been checked. */
export function scaledNumber(value: string | number, places: number): number {
  return Number(scaled(value, places) ?? 0n);
}

/** A scaled number as the shortest decimal string: 150000 at 5 places is "1.5". */
export function unscaled(value: bigint | number, places: number): string {
  const text = String(value);
  const negative = text.startsWith('-');
  const digits = (negative ? text.slice(1) : text).padStart(places + 1, '0');
  const fraction = trimZeros(digits.slice(digits.length - places));
  const whole = digits.slice(0, digits.length - places);
  return (negative ? '-' : '') + (fraction === '' ? whole : `${whole}.${fraction}`);
}

/** The same value as the shortest decimal string: "07.50" is "7.5". */
export function canonical(value: string | number): string {
  const text = typeof value === 'number' ? plain(value) : value;
  const point = text.indexOf('.');
  const places = point < 0 ? 0 : text.length - point - 1;
  return unscaled(scaled(text, places) ?? 0n, places);
}

function trimZeros(fraction: string): string {
  let end = fraction.length;
  while (end > 0 && fraction.charCodeAt(end - 1) === 48) end--;
  return fraction.slice(0, end);
}

// 1e-7 and 1e21 are how JavaScript writes what JSON wrote in digits.
function plain(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(20) : text;
}
