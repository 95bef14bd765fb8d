import { useEffect, useEffectEvent } from 'react';

export type ShortcutKey = 'F1' | 'F2' | 'F4' | 'F8' | 'F9' | 'F10' | 'Escape';

/** Function keys only: single letters would fight with typing and with screen readers (WCAG 2.1.4). Dialogs keep their own keys. */
export function useShortcuts(act: (key: ShortcutKey) => boolean) {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || document.querySelector('dialog[open]')) return;
    if (act(event.key as ShortcutKey)) event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => pressed(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
