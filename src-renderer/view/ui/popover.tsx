import { Fragment, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import './popover.css';
import './ui.css';

/** A place in the window, in pixels from its upper left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The place below a control, where its pane opens. */
export function below(control: Element): Point {
  const { left, bottom } = control.getBoundingClientRect();
  return { x: left, y: bottom + 4 };
}

/**
 * A pane above the window at a point, moved inwards where it would not fit. Takes the focus; Escape, a click elsewhere,
 * a scroll elsewhere or a new size of the window close it and give the focus back.
 */
export function Popover({
  at,
  label,
  role = 'dialog',
  className = '',
  onClose,
  children,
}: {
  at: Point;
  label: string;
  role?: 'dialog' | 'menu';
  className?: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const pane = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  const [place, setPlace] = useState<Point>(at);

  useLayoutEffect(() => {
    const box = pane.current?.getBoundingClientRect();
    if (box === undefined) return;
    setPlace({
      x: Math.max(4, Math.min(at.x, window.innerWidth - box.width - 4)),
      y: Math.max(4, Math.min(at.y, window.innerHeight - box.height - 4)),
    });
  }, [at.x, at.y]);

  useEffect(() => {
    const before = document.activeElement;
    const inside = pane.current;
    inside?.querySelector<HTMLElement>('input, select, button')?.focus();
    const key = (event: KeyboardEvent) => {
      event.stopPropagation();
      if (event.key === 'Escape') close.current();
      else if (role === 'menu' && inside !== null) moveInMenu(event, inside);
    };
    inside?.addEventListener('keydown', key);
    const outside = (event: Event) => {
      if (event.target instanceof Node && inside?.contains(event.target)) return;
      close.current();
    };
    const shut = () => close.current();
    document.addEventListener('pointerdown', outside, true);
    document.addEventListener('wheel', outside, { capture: true, passive: true });
    window.addEventListener('resize', shut);
    window.addEventListener('blur', shut);
    return () => {
      inside?.removeEventListener('keydown', key);
      document.removeEventListener('pointerdown', outside, true);
      document.removeEventListener('wheel', outside, true);
      window.removeEventListener('resize', shut);
      window.removeEventListener('blur', shut);
      const active = document.activeElement;
      if (before instanceof HTMLElement && (active === null || active === document.body)) before.focus();
    };
  }, [role]);

  return createPortal(
    <div ref={pane} className={`ui-popover ${className}`} style={{ left: place.x, top: place.y }}>
      {role === 'menu' ? (
        <div role="menu" aria-label={label} tabIndex={-1}>
          {children}
        </div>
      ) : (
        <div role="dialog" aria-label={label}>
          {children}
        </div>
      )}
    </div>,
    document.body,
  );
}

function moveInMenu(event: KeyboardEvent, menu: HTMLElement): void {
  const { key } = event;
  const items = [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next =
    key === 'ArrowDown'
      ? (at + 1) % items.length
      : key === 'ArrowUp'
        ? (at - 1 + items.length) % items.length
        : key === 'Home'
          ? 0
          : key === 'End'
            ? items.length - 1
            : null;
  if (next === null) return;
  event.preventDefault();
  items[next]?.focus();
}

/** An entry of a menu. `shortcut` is shown, not bound. */
export interface MenuEntry {
  readonly label: string;
  readonly shortcut?: string;
  run(): void;
}

/** A menu at a point, its groups parted by lines, closed by choosing. Arrow keys move in it. */
export function Menu({
  at,
  label,
  groups,
  onClose,
}: {
  at: Point;
  label: string;
  groups: readonly (readonly MenuEntry[])[];
  onClose: () => void;
}) {
  return (
    <Popover at={at} label={label} role="menu" className="ui-menu" onClose={onClose}>
      {groups.map((entries, i) => (
        <Fragment key={entries[0]?.label}>
          {i === 0 ? null : <hr />}
          {entries.map((entry) => (
            <button
              key={entry.label}
              type="button"
              role="menuitem"
              onClick={() => {
                onClose();
                entry.run();
              }}
            >
              <span>{entry.label}</span>
              {entry.shortcut === undefined ? null : (
                <span className="ui-key" aria-hidden="true">
                  {entry.shortcut}
                </span>
              )}
            </button>
          ))}
        </Fragment>
      ))}
    </Popover>
  );
}
