/** Tells a barcode scanner from a person: a keyboard wedge sends its digits a few milliseconds apart and ends with Enter. */
export class WedgeReader {
  #code = '';
  #last = Number.NEGATIVE_INFINITY;

  /** Feeds one key; gives the code when this key was the Enter of a scan. `atMs` is the event's own time. */
  read(key: string, atMs: number): string | undefined {
    const gap = atMs - this.#last;
    this.#last = atMs;
    if (gap > WedgeReader.longestGapMs) this.#code = '';
    if (key === 'Enter') {
      const code = this.#code;
      this.#code = '';
      return code.length >= WedgeReader.shortestCode ? code : undefined;
    }
    if (/^[0-9A-Za-z-]$/.test(key)) this.#code += key;
    else if (key !== 'Shift') this.#code = '';
    return undefined;
  }

  // Slower than any scanner sold, faster than any typist over a whole code.
  static readonly longestGapMs = 60;
  static readonly shortestCode = 6;
}

/** What may be a barcode when somebody types it into the search field. */
export const looksLikeBarcode = (text: string): boolean => /^\d{6,14}$/.test(text.trim());
