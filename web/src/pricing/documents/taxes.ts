import type { Decimal } from './cart';
import type { ItemSelector } from './promotions';
import type { RoundingMode } from './rules';

export interface TaxClass {
  code: string;
  name?: string;
  components: TaxComponent[];
}

export type TaxTreatment = 'taxed' | 'zeroRated' | 'exempt' | 'suspended' | 'outOfScope';

export interface TaxComponent {
  code: string;
  name?: string;
  kind?: 'percent' | 'fixedPerUnit' | 'division';
  rate?: Decimal;
  amountPerUnit?: Decimal;
  onTopOf?: string[];
  included?: boolean | null;
  treatment?: TaxTreatment;
  validFrom?: string | null;
  validTo?: string | null;
  zones?: string[];
  version?: string | null;
}

export interface FeeRule {
  code: string;
  name?: string;
  kind?: 'fixedPerUnit' | 'fixedPerDocument' | 'percent' | 'open';
  amount?: Decimal;
  rate?: Decimal;
  inTaxBase?: boolean;
  taxClass?: string | null;
  taxedAsItems?: boolean;
  onTopOf?: string[];
  automatic?: boolean;
  items?: ItemSelector | null;
  zones?: string[];
  stores?: string[];
  exemptCustomerGroups?: string[];
  validFrom?: string | null;
  validTo?: string | null;
  version?: string | null;
}

export interface CashRounding {
  currency: string;
  step: number;
  mode?: RoundingMode;
  appliesTo?: 'cash' | 'all';
}
