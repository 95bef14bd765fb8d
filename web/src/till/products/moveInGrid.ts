import type { KeyboardEvent } from 'react';

/** Arrow keys move between the tiles of a wrapping grid; how many stand in a row is read from where they are. */
export function moveInGrid(event: KeyboardEvent<HTMLElement>) {
  const tiles = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-product]')];
  const at = tiles.findIndex((tile) => tile === document.activeElement);
  if (at < 0) return;
  const top = tiles[0]!.offsetTop;
  const perRow = Math.max(1, tiles.findIndex((tile) => tile.offsetTop > top));
  const inline = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1;
  const steps: Readonly<Record<string, number>> = { ArrowRight: inline, ArrowLeft: -inline, ArrowDown: perRow, ArrowUp: -perRow };
  const step = steps[event.key];
  const target = step === undefined ? undefined : tiles[at + step];
  if (!target) return;
  event.preventDefault();
  target.focus();
}
