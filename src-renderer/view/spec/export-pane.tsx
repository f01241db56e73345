/**
 * Writing the spec: the address it names, the files that would change, and the button that says what it will do.
 */
import { FolderOpen, Upload } from 'lucide-react';
import { useEffect, useId, useMemo, useState } from 'react';
import type { Spec } from '#core/export/target';
import { targetNamed } from '#core/export/targets';
import { useAssay, useAssayStore, useBridge } from '../../store/hooks';
import { lineCounts, lineDiff } from '../code/line-diff';
import { Button } from '../ui/button';
import { bytes, counted } from '../ui/figure';

/** Catalog and schema under which the tables will stand. */
export function Address() {
  const catalog = useAssay((s) => s.catalog);
  const schema = useAssay((s) => s.schema);
  const table = useAssay((s) => s.design.tables[0]?.source ?? 'table');
  const setAddress = useAssay((s) => s.setAddress);
  const id = useId();
  const empty = catalog.trim() === '' || schema.trim() === '';
  return (
    <section className="spec-block" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>Address of the tables</h3>
      <div className="spec-address">
        <label htmlFor={`${id}-catalog`}>Catalog</label>
        <label htmlFor={`${id}-schema`}>Schema</label>
        <input
          id={`${id}-catalog`}
          className="ui-field mono"
          value={catalog}
          spellCheck={false}
          aria-invalid={catalog.trim() === ''}
          onChange={(event) => setAddress(event.target.value, schema)}
        />
        <input
          id={`${id}-schema`}
          className="ui-field mono"
          value={schema}
          spellCheck={false}
          aria-invalid={schema.trim() === ''}
          onChange={(event) => setAddress(catalog, event.target.value)}
        />
      </div>
      <p className="spec-quiet">
        {empty ? (
          'Both are needed to name a table there.'
        ) : (
          <>
            Tables are read as{' '}
            <span className="mono">
              {catalog}.{schema}.{table}
            </span>
            . Change it once you know where they will stand.
          </>
        )}
      </p>
    </section>
  );
}

/** The files that would change, where they go, and the button that writes them. */
export function ToWrite({ spec }: { spec: Spec }) {
  const last = useAssay((s) => s.lastExport);
  const store = useAssayStore();
  const bridge = useBridge();
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [written, setWritten] = useState(false);
  const errors = spec.problems.filter((one) => one.problem.severity === 'error').length;

  const files = useMemo(
    () =>
      spec.files.map((file) => {
        const before = last?.files[file.path];
        const changes = lineCounts(lineDiff(before ?? '', file.text));
        const state: 'new' | 'changed' | 'same' =
          before === undefined ? 'new' : before === file.text ? 'same' : 'changed';
        return { path: file.path, size: new TextEncoder().encode(file.text).length, changes, state };
      }),
    [spec, last],
  );
  const changed = files.filter((file) => file.state !== 'same');
  const same = files.length - changed.length;
  const size = files.reduce((sum, file) => sum + file.size, 0);

  useEffect(() => {
    if (errors === 0) setAsked(false);
  }, [errors]);
  useEffect(() => {
    if (changed.length > 0) setWritten(false);
  }, [changed.length]);

  const write = async () => {
    setAsked(false);
    setBusy(true);
    const done = await store.getState().writeSpec();
    setBusy(false);
    setWritten(done);
  };
  const withProblems = errors > 0 ? ` with ${counted(errors, 'problem')}` : '';

  return (
    <section className="spec-write" aria-labelledby="spec-write">
      <h3 id="spec-write">
        To write <span className="spec-count">{changed.length}</span>
        <span className="spec-quiet">
          {last === null ? `${counted(files.length, 'file')}, ${bytes(size)}` : `${same} unchanged`}
        </span>
      </h3>
      {changed.length > 0 && (
        <ul className="spec-changed">
          {changed.map((file) => (
            <li key={file.path} title={`${file.path}, ${bytes(file.size)}`}>
              <span
                className={file.state === 'new' ? 'good' : 'spec-quiet'}
                title={file.state === 'new' ? 'New' : 'Changed since the last export'}
              >
                {file.state === 'new' ? 'A' : 'M'}
              </span>
              <button
                type="button"
                className="spec-changed-path mono"
                onClick={() => store.getState().showSpecFile(file.path)}
              >
                {file.path}
              </button>
              <span className="mono changes">
                {file.changes.added > 0 && <span className="good">+{file.changes.added}</span>}{' '}
                {file.changes.removed > 0 && <span className="bad">−{file.changes.removed}</span>}
              </span>
              <span className="mono spec-size">{bytes(file.size)}</span>
            </li>
          ))}
        </ul>
      )}
      {last && (
        <div className="spec-folder">
          <FolderOpen size={14} aria-hidden="true" />
          <span className="mono" title={last.folder}>
            {last.folder}
          </span>
          <button type="button" className="ui-link" onClick={() => bridge.showItem(last.folder)}>
            Show folder
          </button>
        </div>
      )}
      {written && changed.length === 0 && (
        <p className="spec-written" role="status">
          Written. The folder holds what you see here.
        </p>
      )}
      {asked ? (
        <fieldset className="spec-sure">
          <legend>
            The files will hold {counted(errors, 'problem')}, and{' '}
            {targetNamed(spec.target)?.title ?? 'the target'} may refuse them.
          </legend>
          <Button onClick={() => setAsked(false)}>Cancel</Button>
          <Button tone="primary" onClick={() => void write()}>
            Export anyway…
          </Button>
        </fieldset>
      ) : (
        <Button
          tone="primary"
          icon={<Upload size={14} aria-hidden="true" />}
          disabled={busy}
          onClick={() => (errors > 0 ? setAsked(true) : void write())}
        >
          {busy ? 'Exporting…' : `Export${withProblems}…`}
        </Button>
      )}
    </section>
  );
}
