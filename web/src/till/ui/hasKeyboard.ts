/** A device with a mouse has a keyboard too. On others a focused field would cover half of the page with the one on the screen. */
export const hasKeyboard = (): boolean => window.matchMedia('(pointer: fine)').matches;
