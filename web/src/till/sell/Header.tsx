import { Clock, Menu, Undo2 } from 'lucide-react';
import { useStrings } from '../preferences';
import { useShop } from '../shop';
import { Button, IconButton } from '../ui/Button';

interface Props {
  readonly locked: boolean;
  readonly onRefund: () => void;
  readonly onShift: () => void;
  readonly onMenu: () => void;
}

export function Header({ locked, onRefund, onShift, onMenu }: Props) {
  const t = useStrings();
  const { me, station } = useShop();
  return (
    <header className="flex min-h-14 items-center gap-2 border-b border-line bg-surface ps-4 pe-2">
      <a href="#cart" className="sr-only focus:not-sr-only focus:rounded-lg focus:bg-accent focus:px-3 focus:py-2 focus:text-on-accent">{t.app.skip}</a>
      <div className="min-w-0 flex-1">
        <p className="truncate leading-tight font-bold tracking-tight">{me.tenant.name}</p>
        <p className="truncate text-sm leading-tight text-muted">{station.store.name} · {station.till.name} · {me.name}</p>
      </div>
      <div className="hidden gap-1 md:flex">
        <Button kind="quiet" disabled={locked} onClick={onRefund}><Undo2 aria-hidden size={18} />{t.menu.refund}</Button>
        <Button kind="quiet" disabled={locked} onClick={onShift}><Clock aria-hidden size={18} />{t.menu.shift}</Button>
      </div>
      <IconButton label={t.menu.title} onClick={onMenu}><Menu aria-hidden size={22} /></IconButton>
    </header>
  );
}
