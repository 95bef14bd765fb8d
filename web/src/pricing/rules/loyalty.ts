import { scaledNumber } from '../decimal';
import type { LoyaltyProgramme } from '../documents';
import { PRICE_PLACES, RATE_PLACES } from '../limits';
import { Selector } from './selector';

/** A programme made ready. */
export class IndexedLoyalty {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly earning: Selector;
  readonly payable: Selector;
  /** Minor units x 10^4. */
  readonly pointValue: number;
  /** Percent x 10^6. */
  readonly maxPercent: number;

  constructor(readonly rule: LoyaltyProgramme) {
    this.id = rule.id.toLowerCase();
    this.version = rule.version ?? 1;
    this.name = rule.name ?? '';
    this.earning = new Selector(rule.earn?.items);
    this.payable = new Selector(rule.burn?.items);
    this.pointValue = scaledNumber(rule.burn?.pointValue ?? 0, PRICE_PLACES);
    this.maxPercent = scaledNumber(rule.burn?.maxPercent ?? 100, RATE_PLACES);
  }
}
