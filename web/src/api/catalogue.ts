import type { ApiClient } from './client';
import { ApiProblem } from './problem';
import { page, unitPrice, z } from './zod';

const product = z.object({
  id: z.string(),
  name: z.string(),
  sku: z.string(),
  barcodes: z.array(z.string()).default([]),
  price: unitPrice,
  category: z.string().nullish(),
  onHand: z.union([z.string(), z.number()]).nullish(),
});
export type Product = z.infer<typeof product>;

const category = z.object({ name: z.string(), products: z.int() });
export type Category = z.infer<typeof category>;

export interface ProductQuery {
  readonly search?: string | undefined;
  readonly category?: string | undefined;
  readonly cursor?: string | undefined;
}

const pageSize = '60';

export const listProducts = (api: ApiClient, query: ProductQuery, signal?: AbortSignal) =>
  api.json('/api/products', page(product), { query: { ...query, limit: pageSize }, signal });

/** The product with exactly that barcode, if any. */
export const findByBarcode = async (api: ApiClient, barcode: string): Promise<Product | undefined> =>
  (await api.json('/api/products', page(product), { query: { barcode } })).items[0];

/** The categories to filter by; none where the catalogue does not list them. */
export async function listCategories(api: ApiClient, signal?: AbortSignal): Promise<Category[]> {
  try {
    return (await api.json('/api/categories', page(category), { signal })).items;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return [];
    throw error;
  }
}
