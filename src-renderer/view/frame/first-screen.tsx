import { FileSpreadsheet, FileText, FlaskConical, FolderOpen, Table2 } from 'lucide-react';
import { runCommand } from '../../store/commands';
import { useAssay, useAssayStore, useBridge } from '../../store/hooks';
import { useFailures } from './failures';
import { useKeysOf } from './title-bar';
import { Failures } from './tree-failures';
import './first-screen.css';

/** What is seen before anything is open: four ways to begin, and the last files. */
export function FirstScreen() {
  const store = useAssayStore();
  const bridge = useBridge();
  const keys = useKeysOf();
  const recent = useAssay((s) => s.recent);
  const openPaths = useAssay((s) => s.openPaths);
  const failures = useFailures();
  const ways = [
    { id: 'open-files', title: 'Open files', says: 'CSV, Parquet, JSON, Excel …', icon: Table2 },
    { id: 'open-design', title: 'Open a design', says: 'a saved .assay.yaml', icon: FolderOpen },
    { id: 'sample', title: 'Try the sample', says: 'a year of grocery baskets', icon: FlaskConical },
  ];
  return (
    <main className="first-screen" aria-label="Begin">
      <div className="first-screen-sheet">
        <h2 className="first-screen-title">What is in your data?</h2>
        <p className="first-screen-lead">
          Open files to see what they hold, draft measures and dimensions beside their live values, and export
          a spec. Everything stays on this computer.
        </p>
        <ul className="first-screen-ways">
          {ways.map(({ id, title, says, icon: Icon }) => (
            <li key={id}>
              <button type="button" onClick={() => runCommand(id, store, bridge)}>
                <Icon size={20} strokeWidth={1.5} aria-hidden="true" />
                <span className="first-screen-way">
                  <strong>{title}</strong>
                  <span>{says}</span>
                </span>
                {keys(id) === '' ? null : <kbd className="ui-key">{keys(id)}</kbd>}
              </button>
            </li>
          ))}
        </ul>
        <p className="first-screen-drop">or drop files anywhere in this window</p>
        {failures.length === 0 ? null : <Failures failures={failures} />}
        {recent.length === 0 ? null : (
          <section aria-labelledby="recent-title">
            <h3 id="recent-title">Recent</h3>
            <ul className="first-screen-recent">
              {recent.map(({ path, kind, missing }) => {
                const { name, folder } = split(path);
                const Icon = kind === 'design' ? FileText : FileSpreadsheet;
                return (
                  <li key={path}>
                    <button
                      type="button"
                      disabled={missing}
                      title={missing ? `${path} is no longer there` : path}
                      onClick={() => void openPaths([path])}
                    >
                      <Icon size={15} strokeWidth={1.5} aria-hidden="true" />
                      <span className="first-screen-name">{name}</span>
                      <span className="first-screen-folder">{missing ? 'no longer there' : folder}</span>
                    </button>
                  </li>
                );
              })}
            </ul>
          </section>
        )}
      </div>
    </main>
  );
}

function split(path: string): { name: string; folder: string } {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return { name: path.slice(at + 1), folder: path.slice(0, Math.max(at, 0)) };
}
