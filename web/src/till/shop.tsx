'use client';

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { ApiClient } from '@/api/client';
import type { Me } from '@/api/identity';
import type { Shift } from '@/api/shifts';
import { formatMoney, formatUnitPrice, type UnitPrice } from '@/money/format';
import type { Minor } from '@/money/minor';
import { parseMoney } from '@/money/parse';
import { usePreferences } from './preferences';
import type { Station } from './station/station';

export interface OpenTill {
  readonly api: ApiClient;
  readonly me: Me;
  readonly station: Station;
  readonly shift: Shift;
}

interface Shop extends OpenTill {
  readonly currency: string;
  readonly locale: string;
  readonly money: (amount: Minor) => string;
  readonly price: (price: UnitPrice) => string;
  readonly parse: (typed: string) => Minor | undefined;
}

const Context = createContext<Shop | undefined>(undefined);

/** How this tenant writes money in the language chosen: the language decides the words, the country the digits. */
export function useTenantMoney(me: Me) {
  const { language } = usePreferences();
  const { currency, country } = me.tenant;
  return useMemo(() => {
    const locale = `${language}-${country}`;
    return {
      currency,
      locale,
      money: (amount: Minor) => formatMoney(amount, currency, locale),
      price: (price: UnitPrice) => formatUnitPrice(price, currency, locale),
      parse: (typed: string) => parseMoney(typed, currency, locale),
    };
  }, [language, currency, country]);
}

export function ShopProvider({ till, children }: { readonly till: OpenTill; readonly children: ReactNode }) {
  const money = useTenantMoney(till.me);
  const value = useMemo(() => ({ ...till, ...money }), [till, money]);
  return <Context value={value}>{children}</Context>;
}

/** The till in use: who, where, which shift, and its money. */
export function useShop(): Shop {
  const shop = useContext(Context);
  if (!shop) throw new Error('useShop needs a ShopProvider above it.');
  return shop;
}
