import { exponentOf } from './currency';
import type { Minor } from './minor';

const separators = new Map<string, '.' | ','>();

function decimalSeparator(locale: string): '.' | ',' {
  let known = separators.get(locale);
  if (!known) {
    const part = new Intl.NumberFormat(locale).formatToParts(0.5).find(({ type }) => type === 'decimal');
    known = part?.value === ',' ? ',' : '.';
    separators.set(locale, known);
  }
  return known;
}

const grouped = (separator: string) => new RegExp(`^\\d{1,3}(?:\\${separator}\\d{3})+$`);

/**
 * Reads what a cashier types: "1500", "1,500.50", "1 500,50". Undefined when it is not an amount of that currency or could be
 * two different ones: guessing money is worse than asking again. Never negative.
 */
export function parseMoney(typed: string, currency: string, locale: string): Minor | undefined {
  const exponent = exponentOf(currency);
  const text = typed.trim().replace(/(?<=\d)[\s\u00a0\u202f'’](?=\d{3}(?!\d))/g, '');
  const decimal = decimalSeparator(locale);
  const other = decimal === '.' ? ',' : '.';

  const at = text.includes(decimal) ? text.lastIndexOf(decimal) : splitByOther(text, other, exponent);
  const whole = at < 0 ? text : text.slice(0, at);
  const fraction = at < 0 ? '' : text.slice(at + 1);

  if (!/^\d*$/.test(fraction) || fraction.length > exponent || (at >= 0 && fraction === '')) return undefined;
  const digits = grouped(other).test(whole) ? whole.replaceAll(other, '') : whole;
  if (!/^\d+$/.test(digits)) return undefined;

  const minor = BigInt(digits + fraction.padEnd(exponent, '0'));
  return minor <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(minor) : undefined;
}

/** The other mark counts as the decimal one only where it cannot be grouping: once, with at most the currency's decimals behind it. */
function splitByOther(text: string, other: string, exponent: number): number {
  const at = text.indexOf(other);
  const behind = text.length - at - 1;
  const once = at >= 0 && text.lastIndexOf(other) === at;
  return once && behind > 0 && behind <= exponent && behind !== 3 ? at : -1;
}
