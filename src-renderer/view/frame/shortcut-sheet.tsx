import { commands, keysText } from '../../store/commands';
import { useAssay, useBridge } from '../../store/hooks';
import { Modal } from './modal';

const groups = ['File', 'Edit', 'Draft', 'Go', 'Window'] as const;

const inTree: readonly { keys: string; title: string }[] = [
  { keys: '↑ ↓', title: 'Select the column above or below' },
  { keys: '← →', title: 'Fold and unfold a table' },
  { keys: 'Enter', title: 'Open what is selected' },
  { keys: 'Esc', title: 'Empty the filter, close a menu or a dialog' },
];

/** Every key in one sheet. */
export function ShortcutSheet() {
  const open = useAssay((s) => s.shortcuts);
  const set = useAssay((s) => s.set);
  const bridge = useBridge();
  if (!open) return null;
  const mac = bridge.platform === 'darwin';
  return (
    <Modal title="Keyboard shortcuts" size="l" onClose={() => set('shortcuts', false)}>
      <div className="shortcuts">
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {commands
                .filter((command) => command.group === group && command.keys.length > 0)
                .map((command) => (
                  <div key={command.id}>
                    <dt>{command.title.replace('…', '')}</dt>
                    <dd>
                      {command.keys.map((keys) => (
                        <kbd key={keys} className="ui-key">
                          {keysText(keys, mac)}
                        </kbd>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>In the tree</h3>
          <dl>
            {inTree.map(({ keys, title }) => (
              <div key={keys}>
                <dt>{title}</dt>
                <dd>
                  <kbd className="ui-key">{keys}</kbd>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Modal>
  );
}
