import { expect, test } from 'vitest';
import { holdsCardNumber } from './cardNumber';

test.each([
  '4111111111111111', '4111 1111 1111 1111', 'card 5399-8383-8383-8381 ok', '378282246310005', '4222222222222', '5060666666666666666',
  '12 4111111111111111', '4111 1111 1111 1111 12/30 123',
])(
  '%s_is_a_cards_number', (text) => expect(holdsCardNumber(text)).toBe(true),
);

test.each(['4111111111111112', '004211', 'RRN 123456789012', '100004250101120000123456789012', '6151234567890', '0803 123 4567', ''])(
  '%s_is_none', (text) => expect(holdsCardNumber(text)).toBe(false),
);
