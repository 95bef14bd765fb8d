/** Points of a sale that its refunds have moved: earned ones taken back, spent ones given back. */
export interface PointsBack {
  takenBack: number;
  givenBack: number;
}

/**
 * What of a sale's points has gone back once so much of it is refunded. Cumulative, so that any split comes to the whole: in between
 * earned ones are rounded up and spent ones down, so that buying and giving back a part never leaves more than before.
 *
 * @param gross What the sale's lines were listed at.
 * @param refunded What the lines refunded so far were, this refund's with them.
 * @param whole Nothing of the sale is left.
 */
export function pointsBack(earned: number, burned: number, gross: number, refunded: number, whole: boolean): PointsBack {
  if (whole || refunded >= gross) return { takenBack: earned, givenBack: burned };
  const [of, part] = [BigInt(gross), BigInt(refunded)];
  return {
    takenBack: Number((BigInt(earned) * part + of - 1n) / of),
    givenBack: Number((BigInt(burned) * part) / of),
  };
}
