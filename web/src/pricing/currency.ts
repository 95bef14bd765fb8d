/** ISO 4217 by the number of decimals of the minor unit: the table of services/Pricing. */
const NO_DECIMALS = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF';
const THREE_DECIMALS = 'BHD IQD JOD KWD LYD OMR TND';
const TWO_DECIMALS =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE ' +
  'CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW ' +
  'KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK ' +
  'PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS ' +
  'UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG';

const EXPONENTS = new Map<string, number>();
for (const [codes, exponent] of [[NO_DECIMALS, 0], [TWO_DECIMALS, 2], [THREE_DECIMALS, 3]] as const) {
  for (const code of codes.split(' ')) EXPONENTS.set(code, exponent);
}

/** Decimals of the currency's minor unit; undefined for a code that is not in the table. */
export function exponentOf(currency: string): number | undefined {
  return EXPONENTS.get(currency);
}
