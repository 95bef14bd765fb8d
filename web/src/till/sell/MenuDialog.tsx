import { ArrowLeftRight, Clock, Keyboard, LogOut, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { usePreferences } from '../preferences';
import { useShop } from '../shop';
import { Button } from '../ui/Button';
import { LanguageChoice, ThemeChoice } from '../ui/Choices';
import { Dialog } from '../ui/Dialog';

interface Props {
  /** While a sale is being paid the till stays where it is. */
  readonly locked: boolean;
  readonly onClose: () => void;
  readonly onRefund: () => void;
  readonly onShift: () => void;
  readonly onHelp: () => void;
  readonly onLeave: () => void;
}

export function MenuDialog({ locked, onClose, onRefund, onShift, onHelp, onLeave }: Props) {
  const { t } = usePreferences();
  const { me, api } = useShop();
  const item = (icon: ReactNode, text: string, act: () => void, disabled = false) => (
    <Button size="large" disabled={disabled} onClick={() => { onClose(); act(); }} className="justify-start text-base">{icon}{text}</Button>
  );
  return (
    <Dialog title={t.menu.title} onClose={onClose}>
      <p className="-mt-3 text-muted">{t.menu.signedInAs(me.name)} · {t.roles[me.role] ?? me.role}</p>
      <div className="grid gap-2">
        {item(<Undo2 aria-hidden size={20} />, t.menu.refund, onRefund, locked)}
        {item(<Clock aria-hidden size={20} />, t.menu.shift, onShift, locked)}
        {item(<Keyboard aria-hidden size={20} />, t.menu.help, onHelp)}
        {item(<ArrowLeftRight aria-hidden size={20} />, t.menu.changeTill, onLeave, locked)}
        {item(<LogOut aria-hidden size={20} />, t.menu.signOut, () => api.session.signOut(), locked)}
      </div>
      <div className="grid gap-2 border-t border-line pt-4"><LanguageChoice /><ThemeChoice /></div>
    </Dialog>
  );
}
