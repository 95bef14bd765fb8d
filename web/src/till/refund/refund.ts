import type { Transaction } from '@/api/history';
import { addQuantity, compareQuantity, parseQuantity, type Quantity, takeQuantity } from '@/money/quantity';

/** One line of the original sale as it can be refunded: `line` is the server's number for it, `left` what has not come back yet. */
export interface RefundableLine {
  readonly line: number;
  readonly name: string;
  readonly left: Quantity | undefined;
  readonly total: number;
}

/** What somebody has chosen of a line: the quantity as typed, empty when nothing, and whether it goes back on the shelf. */
export interface Choice {
  readonly quantity: string;
  readonly restock: boolean;
}

export interface RefundForm {
  readonly choices: Readonly<Record<number, Choice>>;
  readonly reason: string;
}

export type RefundAction =
  | { readonly type: 'quantity'; readonly line: number; readonly quantity: string }
  | { readonly type: 'restock'; readonly line: number; readonly restock: boolean }
  | { readonly type: 'reason'; readonly reason: string }
  | { readonly type: 'all'; readonly lines: readonly RefundableLine[] };

export const emptyRefund: RefundForm = { choices: {}, reason: '' };
const nothing: Choice = { quantity: '', restock: true };

export const choiceOf = (form: RefundForm, line: number): Choice => form.choices[line] ?? nothing;

export function refundReducer(state: RefundForm, action: RefundAction): RefundForm {
  const choose = (line: number, change: Partial<Choice>) => ({ ...state, choices: { ...state.choices, [line]: { ...choiceOf(state, line), ...change } } });
  switch (action.type) {
    case 'quantity': return choose(action.line, { quantity: action.quantity });
    case 'restock': return choose(action.line, { restock: action.restock });
    case 'reason': return { ...state, reason: action.reason };
    case 'all': {
      const choices = action.lines.flatMap(({ line, left }) => (left ? [[line, { ...choiceOf(state, line), quantity: left }] as const] : []));
      return { ...state, choices: Object.fromEntries(choices) };
    }
  }
}

/** The sale's lines with what is left of each after earlier refunds. Lines that carry no number are counted from one. */
export function refundableLines(sale: Transaction): RefundableLine[] {
  return sale.lines.map((sold, index) => {
    const line = sold.line ?? index + 1;
    const back = sale.refunds.flatMap((refund) => refund.lines).filter((refunded) => refunded.line === line)
      .reduce((sum, { quantity }) => addQuantity(sum, quantity), '0');
    return { line, name: sold.name ?? String(line), left: takeQuantity(sold.quantity, back), total: sold.total };
  });
}

export const isValid = (typed: string, left: Quantity | undefined): boolean => {
  const quantity = parseQuantity(typed);
  return quantity !== undefined && left !== undefined && compareQuantity(quantity, left) <= 0;
};

/** The lines to send, or undefined while nothing or something impossible is chosen. */
export function chosenLines(form: RefundForm, lines: readonly RefundableLine[]) {
  const chosen = lines.filter(({ line }) => choiceOf(form, line).quantity.trim() !== '');
  if (chosen.length === 0 || !chosen.every(({ line, left }) => isValid(choiceOf(form, line).quantity, left))) return undefined;
  return chosen.map(({ line }) => ({ line, quantity: parseQuantity(choiceOf(form, line).quantity)!, restock: choiceOf(form, line).restock }));
}
