/** Prices carts as services/Pricing does, to the byte: see docs/pricing.md. Needs nothing of a browser. */
export type * from './documents';
export { split } from './allocation';
export { exponentOf } from './currency';
export { exemptionOf } from './exemptions';
export { pointsBack, type PointsBack } from './loyaltyRefunds';
export { price } from './pricer';
export { priceRefund, type PricedRefund, type RefundedLine, type RefundRequest } from './refunds';
export { Book } from './rules/book';
export { cashDue, outstanding, settle, type Settlement, type Tender } from './tenders';
