/** Whether a card's number stands in the text: 13 to 19 digits, perhaps in groups, as schemes give them. The server refuses it too. */
export function holdsCardNumber(text: string): boolean {
  const runs = text.match(/\d(?:[ -]?\d)*/g) ?? [];
  return runs.map((run) => run.replace(/\D/g, '')).some((digits) => /^(?:4\d{12}|3\d{13,14}|[2-6]\d{15,18})$/.test(digits) && hasLuhnDigit(digits));
}

function hasLuhnDigit(digits: string): boolean {
  const weighed = [...digits].reverse().map((digit, fromEnd) => Number(digit) * ((fromEnd % 2) + 1));
  return weighed.reduce((sum, each) => sum + (each > 9 ? each - 9 : each), 0) % 10 === 0;
}
