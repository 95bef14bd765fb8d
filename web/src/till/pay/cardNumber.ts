/**
 * Whether a card's number stands in the text: 13 to 19 digits, perhaps in groups, as schemes give them. What stands beside it may be digits too,
 * say its month of expiry: each row of whole groups is tried. The server refuses it too.
 */
export function holdsCardNumber(text: string): boolean {
  const runs = text.match(/\d(?:[ -]?\d)*/g) ?? [];
  return runs.map((run) => run.split(/[ -]/)).some((groups) => groups.some((_, first) => rowsFrom(groups.slice(first)).some(isCard)));
}

/** The first group, the first two, the first three and so on, each as one number. */
function rowsFrom(groups: string[]): string[] {
  return groups.slice(0, 19).map((_, last) => groups.slice(0, last + 1).join(''));
}

function isCard(digits: string): boolean {
  return /^(?:4\d{12}|3\d{13,14}|[2-6]\d{15,18})$/.test(digits) && hasLuhnDigit(digits);
}

function hasLuhnDigit(digits: string): boolean {
  const weighed = [...digits].reverse().map((digit, fromEnd) => Number(digit) * ((fromEnd % 2) + 1));
  return weighed.reduce((sum, each) => sum + (each > 9 ? each - 9 : each), 0) % 10 === 0;
}
