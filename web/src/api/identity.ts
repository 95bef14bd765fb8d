import type { ApiClient } from './client';
import { page, z } from './zod';

const me = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullish(),
  role: z.string(),
  permissions: z.array(z.string()),
  tenant: z.object({
    slug: z.string(),
    name: z.string(),
    currency: z.string().regex(/^[A-Z]{3}$/),
    country: z.string().regex(/^[A-Z]{2}$/),
    timeZone: z.string(),
    pricesIncludeTax: z.boolean(),
  }),
});
export type Me = z.infer<typeof me>;

const store = z.object({ id: z.string(), code: z.string(), name: z.string() });
export type Store = z.infer<typeof store>;

const till = store.extend({ storeId: z.string().nullish() });
export type Till = z.infer<typeof till>;

export const getMe = (api: ApiClient, signal?: AbortSignal): Promise<Me> => api.json('/api/me', me, { signal });

export const listStores = async (api: ApiClient, signal?: AbortSignal): Promise<Store[]> =>
  (await api.json('/api/stores', page(store), { signal })).items;

export const listTills = async (api: ApiClient, storeId: string, signal?: AbortSignal): Promise<Till[]> =>
  (await api.json('/api/tills', page(till), { query: { storeId }, signal })).items;
