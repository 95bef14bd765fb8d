/** Tells a barcode scanner from a person: a keyboard wedge sends its digits a few milliseconds apart and ends with Enter. */
export class WedgeReader {
  #code = '';
  #first = 0;
  #last = Number.NEGATIVE_INFINITY;

  /** Feeds one key; gives the code when this key was the Enter of a scan. `atMs` is the event's own time. */
  read(key: string, atMs: number): string | undefined {
    if (atMs - this.#last > WedgeReader.longestPauseMs) this.#code = '';
    this.#last = atMs;
    if (key === 'Enter') {
      const code = this.#code;
      this.#code = '';
      const fast = atMs - this.#first <= code.length * WedgeReader.averageGapMs;
      return code.length >= WedgeReader.shortestCode && fast ? code : undefined;
    }
    if (/^[0-9A-Za-z-]$/.test(key)) {
      if (!this.#code) this.#first = atMs;
      this.#code += key;
    } else if (key !== 'Shift') {
      this.#code = '';
    }
    return undefined;
  }

  // A busy machine may stall within a scan. Only the average tells then: starting again after each stall would read the tail of a
  // long code as a short one, which is another product's.
  static readonly longestPauseMs = 300;
  static readonly averageGapMs = 50;
  static readonly shortestCode = 6;
}

/** What may be a barcode when somebody types it into the search field. */
export const looksLikeBarcode = (text: string): boolean => /^\d{6,14}$/.test(text.trim());
