/*
 * Store-local times as text that sorts: 2026-06-15T12:00:00.0000000. Nothing is converted to or from the clock of this machine.
 */

const TIME = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::(\d{2})(?:[.,](\d{1,7})\d*)?)?)?(Z|[+-]\d{2}:\d{2})?$/i;

/** The date and time as written, whatever the offset; undefined where it is not one. */
export function localOf(text: string): string | undefined {
  const parts = TIME.exec(text);
  if (parts === null) return undefined;
  return `${parts[1]}T${parts[2] ?? '00:00'}:${parts[3] ?? '00'}.${(parts[4] ?? '').padEnd(7, '0')}`;
}

export function hasOffset(text: string): boolean {
  return TIME.exec(text)?.[5] !== undefined;
}

/** As rules are named by: without a fraction of nothing. */
export function shortLocal(local: string): string {
  const [whole = '', fraction = ''] = local.split('.');
  const shown = fraction.replace(/0+$/, '');
  return shown === '' ? whole : `${whole}.${shown}`;
}

/** 0 is Sunday. */
export function weekdayOf(local: string): number {
  return new Date(Date.UTC(Number(local.slice(0, 4)), Number(local.slice(5, 7)) - 1, Number(local.slice(8, 10)))).getUTCDay();
}

/** The time of day in a form that sorts with localOf(...).slice(11). */
export function timeOfDay(text: string): string {
  const [hour = '00', minute = '00', rest = '00'] = text.split(':');
  const [second = '00', fraction = ''] = rest.split('.');
  return `${hour}:${minute}:${second}.${fraction.padEnd(7, '0').slice(0, 7)}`;
}
