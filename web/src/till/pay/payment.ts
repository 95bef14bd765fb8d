import { type Tender, tenderSchema } from '@/api/sales';
import { z } from '@/api/zod';
import { type Minor, subtract, sum } from '@/money/minor';
import { stored, thisTab } from '../storage';

const payment = z.object({ tenders: z.array(tenderSchema), email: z.string() });

/** How a cart is being paid, before the sale is recorded. `email` is where Paystack sends its receipt, empty when not asked. */
export type Payment = Readonly<z.infer<typeof payment>>;

export type PaymentAction =
  | { readonly type: 'cash'; readonly total: Minor; readonly tendered: Minor }
  | { readonly type: 'card'; readonly amount: Minor; readonly reference: string }
  | { readonly type: 'paystack'; readonly amount: Minor; readonly email: string }
  | { readonly type: 'remove'; readonly index: number; readonly total: Minor }
  | { readonly type: 'retotal'; readonly total: Minor }
  | { readonly type: 'reset' };

export const noPayment: Payment = { tenders: [], email: '' };

const tendered = (tenders: readonly Tender[]): Minor => sum(tenders.map(({ amount }) => amount));

/** What is still to be paid; below zero when the tenders are more than the total. */
export const leftToPay = (total: Minor, { tenders }: Payment): Minor => subtract(total, tendered(tenders));

/** What the customer gets back: cash handed over beyond what it pays. */
export const changeOf = ({ tenders }: Payment): Minor =>
  sum(tenders.map((tender) => (tender.method === 'cash' ? subtract(tender.tendered, tender.amount) : 0)));

export function paymentReducer(state: Payment, action: PaymentAction): Payment {
  switch (action.type) {
    case 'cash':
      return withCash(state, action.total, [...cashIn(state), action.tendered]);
    case 'card':
      return { ...state, tenders: [...state.tenders, { method: 'card', amount: action.amount, reference: action.reference }] };
    case 'paystack':
      return { email: action.email || state.email, tenders: [...state.tenders, { method: 'paystack', amount: action.amount }] };
    case 'remove': {
      const tenders = state.tenders.filter((_, index) => index !== action.index);
      return withCash({ ...state, tenders }, action.total, cashIn({ tenders }));
    }
    case 'retotal':
      return withCash(state, action.total, cashIn(state));
    case 'reset':
      return noPayment;
  }
}

const cashIn = ({ tenders }: Pick<Payment, 'tenders'>): Minor[] => tenders.flatMap((tender) => (tender.method === 'cash' ? [tender.tendered] : []));

/**
 * Card and online payments are for their own amounts: a card may already have been charged. Cash pays what they leave, in the order
 * it was handed over, and the rest of it is change. Cash beyond that is one tender with the other cash, so none has an amount of zero.
 */
function withCash(state: Payment, total: Minor, handed: readonly Minor[]): Payment {
  const others = state.tenders.filter((tender) => tender.method !== 'cash');
  const cash = sum(handed);
  if (cash === 0) return { ...state, tenders: others };
  const due = Math.max(0, subtract(total, tendered(others)));
  return { ...state, tenders: [...others, { method: 'cash', amount: Math.min(cash, due), tendered: cash }] };
}

/** Kept for this tab: a card charged on the terminal must survive a reload. */
export const storedPayment = stored(thisTab, 'webwaka.payment', payment);
