import { useStrings } from '../preferences';
import { Dialog } from '../ui/Dialog';

export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useStrings();
  const keys: readonly (readonly [string, string])[] = [
    ['F1', t.help.help], ['F2', t.help.search], ['F4', t.help.coupon], ['F8', t.help.pay], ['F9', t.help.refund], ['F10', t.help.shift],
    ['Enter', t.help.next], ['Tab', t.help.move], ['Esc', t.help.close],
  ];
  return (
    <Dialog title={t.help.title} onClose={onClose}>
      <dl className="grid gap-2">
        {keys.map(([key, what]) => (
          <div key={key} className="flex items-center justify-between gap-4">
            <dt>{what}</dt>
            <dd><kbd className="rounded-lg border border-edge bg-sunken px-2.5 py-1 font-mono text-sm">{key}</kbd></dd>
          </div>
        ))}
      </dl>
      <p className="text-sm text-muted">{t.help.scanner}</p>
    </Dialog>
  );
}
