import { useEffect, useEffectEvent } from 'react';
import { WedgeReader } from './scanner';

const isTextField = (target: EventTarget | null): target is HTMLInputElement => target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;

/** In such a field a scanned code is what the field is for, and its Enter submits the form: a coupon's, printed as a barcode. */
export const takesScans = { 'data-takes-scans': true } as const;

/** Listens for a scanner anywhere on the page but in dialogs and such fields. Its Enter presses no button and submits no form. */
export function useScanner(enabled: boolean, onScan: (code: string) => void) {
  const scanned = useEffectEvent(onScan);
  useEffect(() => {
    if (!enabled) return;
    const reader = new WedgeReader();
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector('dialog[open]')) return;
      const code = reader.read(event.key, event.timeStamp);
      if (code === undefined || (isTextField(event.target) && event.target.dataset.takesScans)) return;
      event.preventDefault();
      event.stopPropagation();
      // The digits have also landed in the field that had the focus; a barcode is no quantity, so leaving it undoes them.
      if (isTextField(event.target)) event.target.blur();
      scanned(code);
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [enabled]);
}
