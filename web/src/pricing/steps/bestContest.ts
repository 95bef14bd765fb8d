import type { Proposal } from './proposals';
import type { Work } from './work';

const NOBODY = -1;

/**
 * Promotions marked best: what each would give is worked out alone, then each line gets what saves most. The result is never less than
 * any one of them alone would give.
 */
export function runContest(work: Work, proposals: readonly Proposal[]): void {
  const owners = new Array<number>(work.lines.length).fill(NOBODY);
  const held = new Array<number>(work.lines.length).fill(0);
  const locked = new Array<boolean>(work.lines.length).fill(false);
  proposals.forEach((proposal, p) => {
    if (!proposal.promotion.isByLine) return;
    proposal.places.forEach((place, k) => {
      if (proposal.amounts[k]! <= held[place]!) return;
      owners[place] = p;
      held[place] = proposal.amounts[k]!;
    });
  });

  for (let winner = mostGain(proposals, held, locked); winner !== NOBODY; winner = mostGain(proposals, held, locked)) {
    const proposal = proposals[winner]!;
    proposal.places.forEach((place, k) => {
      if (!proposal.needs(k)) return;
      owners[place] = winner;
      held[place] = proposal.amounts[k]!;
      locked[place] = true;
    });
  }

  proposals.forEach((proposal, p) => {
    proposal.places.forEach((place, k) => {
      if (owners[place] === p) return;
      proposal.amounts[k] = 0;
      proposal.units[k] = 0;
    });
    if (!proposal.apply(work)) work.notApplied.push(proposal.promotion.refusal('better_promotion', proposal.coupon));
  });
}

/** A promotion over several lines is taken whole or not at all: it must beat what its lines hold together. */
function mostGain(proposals: readonly Proposal[], held: readonly number[], locked: readonly boolean[]): number {
  let best = NOBODY;
  let most = 0;
  proposals.forEach((proposal, p) => {
    if (proposal.promotion.isByLine) return;
    let gain = 0;
    for (let k = 0; k < proposal.places.length; k++) {
      if (!proposal.needs(k)) continue;
      if (locked[proposal.places[k]!]) return;
      gain += proposal.amounts[k]! - held[proposal.places[k]!]!;
    }

    if (gain > most) {
      best = p;
      most = gain;
    }
  });
  return best;
}
