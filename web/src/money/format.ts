import { exponentOf } from './currency';
import { exact, type Minor } from './minor';

/** A unit price in minor units; a string carries up to four decimals of a minor unit. */
export type UnitPrice = number | string;

// Intl formats a decimal string digit by digit, so no amount passes through a binary fraction on its way to the screen.
type DecimalString = Intl.StringNumericLiteral;

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(locale: string, currency: string, least: number, most: number): Intl.NumberFormat {
  const key = `${locale}|${currency}|${least}|${most}`;
  let made = formatters.get(key);
  if (!made) {
    made = new Intl.NumberFormat(locale, {
      style: 'currency', currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: least, maximumFractionDigits: most,
    });
    formatters.set(key, made);
  }
  return made;
}

/** Moves the decimal point `places` to the left: ("12345", 2) gives "123.45". */
export function shiftLeft(digits: string, places: number): string {
  const negative = digits.startsWith('-');
  const [whole = '0', fraction = ''] = digits.replace('-', '').split('.');
  const padded = whole.padStart(places + 1, '0');
  const cut = padded.length - places;
  const decimals = padded.slice(cut) + fraction;
  return `${negative ? '-' : ''}${padded.slice(0, cut)}${decimals && `.${decimals}`}`;
}

/** 150000 in NGN is "₦1,500.00" (en-NG); 1500 in XOF is "1 500 F CFA" (fr-CI). */
export function formatMoney(amount: Minor, currency: string, locale: string): string {
  const exponent = exponentOf(currency);
  const text = shiftLeft(exact(amount).toString(), exponent) as DecimalString;
  return formatter(locale, currency, exponent, exponent).format(text);
}

/** A unit price with as many decimals as it really has, at least the currency's own. */
export function formatUnitPrice(price: UnitPrice, currency: string, locale: string): string {
  if (typeof price === 'number') return formatMoney(price, currency, locale);
  const exponent = exponentOf(currency);
  const text = shiftLeft(price, exponent) as DecimalString;
  return formatter(locale, currency, exponent, exponent + 4).format(text);
}

/** An amount as a person would type it back: no symbol, no grouping ("1500.00"). */
export const toPlain = (amount: Minor, currency: string): string => shiftLeft(exact(amount).toString(), exponentOf(currency));
