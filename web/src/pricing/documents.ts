/*
 * What goes into pricing and what comes out, as it travels in JSON. The same documents as services/Pricing reads and writes; members
 * that are absent have the defaults named there. Amounts are whole minor units. Decimals (quantities, rates, unit prices) are strings.
 */
export type * from './documents/cart';
export type * from './documents/rules';
export type * from './documents/taxes';
export type * from './documents/promotions';
export type * from './documents/pricedCart';
