import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { IconButton } from '../ui/button';

/**
 * A dialog over the window: keeps the focus inside, gives it back at the end, and closes on Escape.
 *
 * The element marked `data-first` has the focus at the beginning, else the first that can have it.
 *
 * @param onClose Escape, the cross and a click beside it. Without it the dialog must be answered.
 */
export function Modal({
  title,
  size = 'm',
  onClose,
  footer,
  children,
}: {
  title: string;
  size?: 's' | 'm' | 'l';
  onClose?: () => void;
  footer?: ReactNode;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>('[data-first]')?.focus();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`modal modal-${size}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      onPointerDown={(event) => {
        if (event.target === dialog.current) onClose?.();
      }}
    >
      <div className="modal-sheet">
        <header className="modal-head">
          <h2 id={id}>{title}</h2>
          {onClose === undefined ? null : (
            <IconButton label="Close" onClick={onClose}>
              <X size={14} aria-hidden="true" />
            </IconButton>
          )}
        </header>
        <div className="modal-body">{children}</div>
        {footer === undefined ? null : <footer className="modal-foot">{footer}</footer>}
      </div>
    </dialog>
  );
}
