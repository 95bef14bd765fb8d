import { z } from 'zod';

// Zod's compiled validators need `new Function`, which the content security policy forbids: asking would be reported as a violation.
z.config({ jitless: true });

/** An integer of minor units; a number that JSON could not carry exactly is refused. */
export const minor = z.int();

/** A unit price: an integer of minor units, or a string with up to four decimals of one. */
export const unitPrice = z.union([minor, z.string().regex(/^-?\d+(?:\.\d{1,4})?$/)]);

/** A decimal string with up to five decimals. */
export const quantity = z.string().regex(/^-?\d+(?:\.\d{1,5})?$/);

/** A cursor-paged list. */
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().nullish() });

export { z };
