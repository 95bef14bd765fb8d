/** Minor-unit exponents by ISO 4217; what is not named here has 2. Not from Intl, whose data differ from ISO for some currencies. */
const exponents: Readonly<Record<string, number>> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
  CLF: 4, UYW: 4,
};

export const exponentOf = (currency: string): number => exponents[currency] ?? 2;

/** Notes and coins that people hand over, in whole major units, largest first. */
const denominations: Readonly<Record<string, readonly number[]>> = {
  NGN: [1000, 500, 200, 100, 50],
  GHS: [200, 100, 50, 20, 10, 5],
  KES: [1000, 500, 200, 100, 50],
  ZAR: [200, 100, 50, 20, 10],
  XOF: [10000, 5000, 2000, 1000, 500],
};
const otherwise: readonly number[] = [100, 50, 20, 10, 5];

/** The notes of a currency in minor units, largest first. */
export function notesOf(currency: string): number[] {
  const scale = 10 ** exponentOf(currency);
  return (denominations[currency] ?? otherwise).map((note) => note * scale);
}
