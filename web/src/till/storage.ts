import type { z } from '@/api/zod';

/** One validated value in a Storage. What cannot be read, being damaged or of an older shape, counts as absent. */
export interface Stored<T> {
  load(): T | undefined;
  save(value: T): void;
  clear(): void;
}

export function stored<T>(storage: () => Storage, key: string, schema: z.ZodType<T>): Stored<T> {
  return {
    load() {
      try {
        return schema.parse(JSON.parse(storage().getItem(key) ?? ''));
      } catch {
        return undefined;
      }
    },
    save: (value) => storage().setItem(key, JSON.stringify(value)),
    clear: () => storage().removeItem(key),
  };
}

export const thisTab = () => sessionStorage;
export const thisDevice = () => localStorage;
