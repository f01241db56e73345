import { useEffect } from 'react';
import { commandAt, runCommand } from '../../store/commands';
import { useAssayStore, useBridge } from '../../store/hooks';

/** Whether keys belong to a text that is being edited. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true;
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'range', 'button'].includes(target.type)
  );
}

/** In a text, undo is the text's own. */
const ownedByText = new Set(['undo', 'redo']);

/** The keys and menus of the whole window. A part that takes a key for itself prevents its default. */
export function useKeys(): void {
  const store = useAssayStore();
  const bridge = useBridge();
  useEffect(() => {
    const mac = bridge.platform === 'darwin';
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const command = commandAt(event, mac);
      if (command === null) return;
      const plain = !event.metaKey && !event.ctrlKey;
      if (isTyping(event.target) && (plain || ownedByText.has(command.id))) return;
      const modal = document.querySelector('dialog[open]');
      if (modal !== null && command.id !== 'palette' && command.id !== 'shortcuts') return;
      event.preventDefault();
      runCommand(command.id, store, bridge);
      if (command.id === 'filter')
        requestAnimationFrame(() => document.getElementById('tree-filter')?.focus());
    };
    window.addEventListener('keydown', press);
    bridge.onMenu((id) => {
      if (isTyping(document.activeElement) && ownedByText.has(id)) document.execCommand(id);
      else runCommand(id, store, bridge);
    });
    return () => window.removeEventListener('keydown', press);
  }, [store, bridge]);
}
