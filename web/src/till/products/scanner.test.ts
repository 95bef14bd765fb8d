import { expect, test } from 'vitest';
import { looksLikeBarcode, WedgeReader } from './scanner';

function type(keys: readonly string[], gapMs: number, reader = new WedgeReader(), from = 1000) {
  return keys.map((key, index) => reader.read(key, from + index * gapMs)).filter((code) => code !== undefined);
}

test('fast_digits_and_enter_are_a_scan', () => {
  expect(type([...'5901234123457', 'Enter'], 8)).toEqual(['5901234123457']);
});

test('a_person_typing_is_no_scan', () => {
  expect(type([...'5901234123457', 'Enter'], 120)).toEqual([]);
});

test('a_short_burst_is_no_scan', () => {
  expect(type([...'12345', 'Enter'], 5)).toEqual([]);
});

test('what_was_typed_before_the_scan_is_not_part_of_it', () => {
  const reader = new WedgeReader();
  type([...'99'], 120, reader, 0);
  expect(type([...'20000001', 'Enter'], 5, reader, 1000)).toEqual(['20000001']);
});

test('a_stall_within_a_scan_never_makes_a_shorter_code_of_its_tail', () => {
  const reader = new WedgeReader();
  type([...'59012'], 8, reader, 0);
  expect(type([...'34123457', 'Enter'], 8, reader, 200)).toEqual(['5901234123457']);
});

test('an_enter_long_after_the_digits_is_somebody_confirming', () => {
  const reader = new WedgeReader();
  type([...'20000001'], 5, reader, 0);
  expect(type(['Enter'], 5, reader, 1000)).toEqual([]);
});

test('two_scans_in_a_row_are_two', () => {
  expect(type([...'20000001', 'Enter', ...'20000002', 'Enter'], 5)).toEqual(['20000001', '20000002']);
});

test('shifted_letters_belong_to_the_code_and_other_keys_do_not', () => {
  expect(type(['Shift', 'A', 'B', 'C', '-', '1', '2', '3', 'Enter'], 5)).toEqual(['ABC-123']);
  expect(type([...'123', 'ArrowLeft', ...'456', 'Enter'], 5)).toEqual([]);
});

test('only_whole_codes_typed_in_the_search_are_looked_up', () => {
  expect(['590123', '5901234123457', '12345', '590123412345678', 'rice 5kg'].map(looksLikeBarcode)).toEqual([true, true, false, false, false]);
});
