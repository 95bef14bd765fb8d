import { OutOfRange } from '../limits';
import { quotient } from '../rounding';
import { commonMultiple } from '../rules/rational';
import type { Exact, TaxPart } from '../rules/taxPlan';
import { records } from './taxes';
import type { Taxable, Work } from './work';

/** Exact taxes that are rounded as one: of one code, rate and kind, or all that are in the price and all that are not. */
interface Sum {
  part: TaxPart;
  /** The first whose tax it is. */
  subject: number;
  entries: (Exact & { subject: number; place: number })[];
}

/**
 * Step 6 where several exact taxes are summed before they are rounded: once per tax over the document, or all of one line together, or
 * both. Lines and fees get their parts by largest remainder.
 */
export function taxTogether(work: Work): void {
  const subjects: Taxable[] = [...work.lines, ...work.fees.flatMap((fee) => fee.parts)];
  const sums: Sum[] = [];
  const amounts = subjects.map((subject, s) =>
    subject.plan.parts.map((part, place) => {
      const exact = subject.netIsGiven
        ? subject.plan.ofNet(place, subject.net, subject.quantity)
        : subject.plan.ofListed(place, subject.left, subject.quantity);
      sumFor(work, sums, part, s).entries.push({ ...exact, subject: s, place });
      return 0;
    }));
  for (const sum of sums) spread(work, sum, amounts);
  subjects.forEach((subject, s) => {
    const { parts } = subject.plan;
    let net = subject.netIsGiven ? subject.net : subject.left;
    if (!subject.netIsGiven) parts.forEach((part, i) => {
      if (part.included) net -= amounts[s]![i]!;
    });
    subject.set(net, records(parts, net, amounts[s]!));
  });
}

function sumFor(work: Work, sums: Sum[], part: TaxPart, subject: number): Sum {
  const together = work.book.rules.rounding?.components === 'together';
  const whole = work.book.rules.rounding?.level === 'document';
  const known = sums.find((sum) => (whole || sum.subject === subject) && isSame(sum.part, part, together));
  if (known !== undefined) return known;
  const made: Sum = { part, subject, entries: [] };
  sums.push(made);
  return made;
}

function isSame(a: TaxPart, b: TaxPart, together: boolean): boolean {
  return (
    a.included === b.included &&
    (together || (a.code === b.code && a.rate === b.rate && a.kind === b.kind && a.perUnit === b.perUnit))
  );
}

/** Writes each subject's part in steps of the policy; they sum to the rounded whole. */
function spread(work: Work, sum: Sum, amounts: number[][]): void {
  const step = BigInt(work.step);
  let denominator = 1n;
  for (const entry of sum.entries) denominator = commonMultiple(denominator, entry.denominator * step);
  let total = 0n;
  for (const entry of sum.entries) total += entry.numerator * (denominator / (entry.denominator * step));
  // Worked on the positive side, so that a document of returns mirrors its sale.
  const sign = total < 0n ? -1n : 1n;
  const rests: bigint[] = [];
  let left = BigInt(quotient(total * sign, denominator, work.mode));
  for (const entry of sum.entries) {
    const exact = entry.numerator * sign * (denominator / (entry.denominator * step));
    let whole = exact / denominator;
    let rest = exact % denominator;
    if (rest < 0n) {
      whole -= 1n;
      rest += denominator;
    }

    amounts[entry.subject]![entry.place] = exactNumber(whole * sign * step);
    rests.push(rest);
    left -= whole;
  }

  const order = rests.map((_, i) => i).sort((a, b) => (rests[a]! === rests[b]! ? a - b : rests[b]! > rests[a]! ? 1 : -1));
  for (let i = 0; i < left; i++) {
    const entry = sum.entries[order[i]!]!;
    amounts[entry.subject]![entry.place]! += Number(sign * step);
  }
}

function exactNumber(value: bigint): number {
  const result = Number(value);
  if (!Number.isSafeInteger(result)) throw new OutOfRange();
  return result;
}
