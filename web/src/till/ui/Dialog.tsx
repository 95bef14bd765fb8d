import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useStrings } from '../preferences';
import { Button, IconButton } from './Button';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A modal dialog of the browser's own: focus stays inside, Escape closes, focus returns where it was. */
export function Dialog({ title, onClose, children }: Props) {
  const t = useStrings();
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      aria-labelledby={id}
      onCancel={(event) => { event.preventDefault(); onClose(); }}
      onClick={(event) => { if (event.target === ref.current) onClose(); }}
      className="w-[min(30rem,calc(100vw-2rem))] rounded-2xl bg-surface p-0 shadow-card"
    >
      <div className="grid gap-4 p-5">
        <div className="flex items-center justify-between gap-4">
          <h2 id={id} className="text-lg font-semibold">{title}</h2>
          <IconButton label={t.common.close} onClick={onClose} className="-me-2"><X aria-hidden size={20} /></IconButton>
        </div>
        {children}
      </div>
    </dialog>
  );
}

interface ConfirmProps extends Omit<Props, 'children'> {
  readonly text: string;
  readonly action: string;
  readonly danger?: boolean;
  readonly onConfirm: () => void;
}

export function Confirm({ title, text, action, danger = false, onClose, onConfirm }: ConfirmProps) {
  const t = useStrings();
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{text}</p>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{t.common.cancel}</Button>
        <Button kind={danger ? 'danger' : 'primary'} onClick={() => { onClose(); onConfirm(); }} autoFocus>{action}</Button>
      </div>
    </Dialog>
  );
}
