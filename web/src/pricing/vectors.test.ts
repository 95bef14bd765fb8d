import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  Book, type Cart, type CashRounding, type PricedCart, type RefundRequest, type RefundedLine, type RuleBook, type Tender, outstanding, pointsBack,
  price, priceRefund, settle, split,
} from './index';

/*
 * Every worked case of tests/Pricing.Tests/vectors, as documents, with the answers of services/Pricing whose tests hold them to the
 * figures of the cases. The same bytes must come out here. Written by WRITE_VECTORS=1 (tests/Pricing.Tests/Twin.cs).
 */

type Step = { id: string; step: number; answer: unknown } & (
  | { do: 'price'; cart: Cart; rules: RuleBook }
  | { do: 'settle'; total: number; currency: string; rounding?: CashRounding; tenders: Tender[] }
  | { do: 'refund'; sale: PricedCart; refunded: RefundedLine[]; requested: RefundRequest[] }
  | { do: 'split'; total: number; weights: number[] }
  | { do: 'pointsBack'; earned: number; burned: number; gross: number; refunded: number; whole: boolean }
  | { do: 'outstanding'; total: number; paid: number; givenBack: number; off: boolean }
);

const file = fileURLToPath(new URL('./testing/vectors.json', import.meta.url));
const steps = JSON.parse(readFileSync(file, 'utf8')) as Step[];

function answerOf(step: Step): unknown {
  switch (step.do) {
    case 'price':
      return price(step.cart, new Book(step.rules)).value;
    case 'settle':
      return settle(step.total, step.currency, step.rounding, step.tenders).value;
    case 'refund':
      return priceRefund(step.sale, step.refunded, step.requested).value;
    case 'split':
      return split(step.total, step.weights);
    case 'pointsBack':
      return pointsBack(step.earned, step.burned, step.gross, step.refunded, step.whole);
    case 'outstanding':
      return outstanding(step.total, step.paid, step.givenBack, step.off);
  }
}

describe('the vectors', () => {
  test('are all there', () => {
    const ids = new Set(steps.map((step) => step.id));
    for (const id of ['NG-01', 'GH-06E', 'OD-11', 'XX-07', 'TAX-052', 'TAXDOC-073', 'CASH-024', 'PRORATION-031', 'PROMO-131'])
      expect(ids).toContain(id);
    expect(ids.size).toBeGreaterThan(140);
  });

  test.each(steps.map((step) => [`${step.id} ${step.do} ${step.step}`, step] as const))('%s', (_, step) => {
    expect(JSON.stringify(answerOf(step))).toBe(JSON.stringify(step.answer));
  });
});
