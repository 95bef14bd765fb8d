import type { RuleBook, TaxExemption } from './documents';
import { localOf } from './local';

/**
 * The customer's certificate at this tax point, for the cart: of several the one for all taxes, then the latest, then by its id. As
 * RuleBook.ExemptionOf in services/Pricing.
 */
export function exemptionOf(rules: RuleBook, customerId: string, at: string): TaxExemption | undefined {
  const local = localOf(at)!;
  const owner = customerId.toLowerCase();
  let best: TaxExemption | undefined;
  for (const { customerId: holder, certificate } of rules.exemptions ?? []) {
    if (holder.toLowerCase() !== owner || localOf(certificate.validFrom)! > local) continue;
    if (certificate.validTo != null && localOf(certificate.validTo)! <= local) continue;
    if (best === undefined || before(certificate, best)) best = certificate;
  }

  return best;
}

function before(one: TaxExemption, other: TaxExemption): boolean {
  const [all, alsoAll] = [(one.taxes ?? []).length === 0, (other.taxes ?? []).length === 0];
  if (all !== alsoAll) return all;
  const [from, otherFrom] = [localOf(one.validFrom)!, localOf(other.validFrom)!];
  return from === otherFrom ? one.certificateId < other.certificateId : from > otherFrom;
}
