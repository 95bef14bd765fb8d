import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ApiProblem } from '@/api/problem';
import { en } from './en';
import { fr } from './fr';
import { problemSentences, reasonFor, reasonSentences, sentenceFor } from './problems';

const leaves = (node: object, path = ''): string[] =>
  Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? leaves(value, `${path}${key}.`) : `${path}${key}`);

describe('languages', () => {
  test('french_has_every_string_of_english_and_no_other', () => {
    expect(leaves(fr).sort()).toEqual(leaves(en).sort());
    expect(Object.keys(problemSentences.fr).sort()).toEqual(Object.keys(problemSentences.en).sort());
    expect(Object.keys(reasonSentences.fr).sort()).toEqual(Object.keys(reasonSentences.en).sort());
  });
});

describe('problem_sentences', () => {
  test('a_known_code_has_its_sentence_in_both_languages', () => {
    const problem = new ApiProblem(409, 'shift_not_open', 'shift 0199 is closed');
    expect(sentenceFor(problem, 'en')).toBe('The shift is closed. Open a new one to go on.');
    expect(sentenceFor(problem, 'fr')).toContain('La caisse est clôturée');
  });

  test('every_code_is_one_that_the_server_or_the_till_itself_gives', () => {
    const listed = readFileSync(new URL('../../../docs/problems.md', import.meta.url), 'utf8').matchAll(/^\| `(\w+)` \|/gm);
    const own = ['unreachable', 'unexpected_answer', 'unexpected', 'signed_out'];
    const known = new Set([...[...listed].map(([, code]) => code!), ...own]);
    expect(known.size).toBeGreaterThan(50);
    expect(Object.keys(problemSentences.en).filter((code) => !code.startsWith('status_') && !known.has(code))).toEqual([]);
  });

  test('what_a_cashier_meets_while_selling_has_a_sentence', () => {
    const met = [
      'wrong_credentials', 'price_changed', 'coupon_unknown', 'coupon_used_up', 'promotion_used_up', 'shift_not_open', 'shift_already_open', 'tenders_do_not_pay',
      'product_unknown', 'cannot_be_priced', 'refund_exceeds_sale', 'sale_already_voided', 'sale_has_refunds', 'paystack_unavailable',
      'ticket_expired', 'tenant_not_ready', 'too_many_requests', 'card_number_refused',
    ];
    expect(met.filter((code) => !(code in problemSentences.en))).toEqual([]);
  });

  test('an_unknown_refusal_shows_the_servers_own_words', () => {
    expect(sentenceFor(new ApiProblem(422, 'till_series_closed', 'This till numbers its own receipts.'), 'en')).toBe('This till numbers its own receipts.');
  });

  test('a_server_fault_never_shows_its_internals', () => {
    expect(sentenceFor(new ApiProblem(500, 'boom', 'NullReferenceException at Sale.cs:12'), 'en')).toBe('The server had a problem. Try again.');
    expect(sentenceFor(new ApiProblem(502, 'status_502'), 'en')).toBe('The server had a problem. Try again.');
  });

  test('a_reason_without_a_sentence_is_readable', () => expect(reasonFor('wrong_day_of_week', 'en')).toBe('wrong day of week'));
});
