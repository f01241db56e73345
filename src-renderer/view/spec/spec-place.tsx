/**
 * Spec: what will be written, as it would be written now, with its problems beside the lines and its losses named.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { MemberRef } from '#core/design/design';
import type { Spec, SpecFile } from '#core/export/target';
import { targets } from '#core/export/targets';
import { remedy, words } from '#core/problem';
import { useAssay, useAssayStore } from '../../store/hooks';
import { specOf } from '../../store/select';
import type { LineProblem } from '../code/code-marks';
import { CodeView } from '../code/code-view';
import { lineCounts, lineDiff } from '../code/line-diff';
import { Button } from '../ui/button';
import { copyText } from '../ui/copy';
import { EmptyState } from '../ui/empty-state';
import { counted } from '../ui/figure';
import { CheckIcon, CopyIcon, WarningIcon } from '../ui/icon';
import { Address, ToWrite } from './export-pane';
import { SpecFacts } from './spec-facts';
import { fileWith, linesOf, memberAt } from './spec-lines';
import './spec.css';

export function SpecPlace() {
  const spec = useAssay(specOf);
  const empty = useAssay((s) => s.design.tables.length === 0);
  const store = useAssayStore();
  if (empty || !spec || spec.files.length === 0) {
    return (
      <div className="spec-place">
        <EmptyState
          title="Nothing to write yet"
          action={
            <Button tone="primary" onClick={() => store.getState().go(empty ? 'data' : 'model')}>
              {empty ? 'Open data' : 'Draft in Model'}
            </Button>
          }
        >
          Open files and draft a dimension or a measure; the specification appears here as you work.
        </EmptyState>
      </div>
    );
  }
  return <Files spec={spec} />;
}

function Files({ spec }: { spec: Spec }) {
  const chosen = useAssay((s) => s.specFile);
  const selected = useAssay((s) => (s.selection.kind === 'member' ? s.selection.member : null));
  const store = useAssayStore();
  const first = spec.files.find((one) => one.lines.length > 0) ?? (spec.files[0] as SpecFile);
  const file = spec.files.find((one) => one.path === chosen) ?? first;
  const [reveal, setReveal] = useState<{ line: number } | null>(null);
  const clicked = useRef<MemberRef | null>(null);

  // A member selected elsewhere brings its lines into view; one clicked here is in view already.
  useEffect(() => {
    if (selected === null || selected === clicked.current) return;
    const at = fileWith(specOf(store.getState())?.files ?? [], selected);
    if (!at) return;
    store.getState().showSpecFile(at.path);
    setReveal({ line: at.line });
  }, [selected, store]);

  const onLine = useCallback(
    (line: number) => {
      const member = memberAt(file, line);
      if (!member) return;
      clicked.current = member;
      store.getState().select({ kind: 'member', member });
    },
    [file, store],
  );

  const problems = useMemo<readonly LineProblem[]>(
    () =>
      spec.problems
        .filter((one) => one.path === file.path)
        .map((one) => {
          const member = memberAt(file, one.line);
          return {
            line: one.line,
            tone: one.problem.severity,
            words: words(one.problem),
            remedy: remedy(one.problem),
            ...(member && {
              action: {
                label: 'Show in Model',
                run: () => {
                  store.getState().select({ kind: 'member', member });
                  store.getState().go('model');
                },
              },
            }),
          };
        }),
    [spec, file, store],
  );
  const marks = useMemo(() => (selected ? linesOf(file, selected) : []), [file, selected]);

  return (
    <section className="spec-place" aria-label="Spec">
      <FileList
        spec={spec}
        front={file.path}
        show={(path) => {
          setReveal(null);
          store.getState().showSpecFile(path);
        }}
      />
      <div className="spec-middle">
        <FileBar file={file} selected={marks.length > 0 ? selected : null} />
        <FileText
          key={file.path}
          file={file}
          problems={problems}
          marks={marks}
          reveal={reveal}
          onLine={onLine}
        />
      </div>
      <aside className="spec-side" aria-label="Export">
        <div className="spec-known">
          <SpecFacts spec={spec} show={(path) => store.getState().showSpecFile(path)} />
          <Address />
        </div>
        <ToWrite spec={spec} />
      </aside>
    </section>
  );
}

function FileText(props: {
  readonly file: SpecFile;
  readonly problems: readonly LineProblem[];
  readonly marks: readonly number[];
  readonly reveal: { readonly line: number } | null;
  readonly onLine: (line: number) => void;
}) {
  const { file, problems, marks, reveal, onLine } = props;
  const before = useAssay((s) => (s.lastExport ? (s.lastExport.files[file.path] ?? '') : null));
  return (
    <div className="spec-text">
      <CodeView
        text={file.text}
        language={file.language}
        label={file.path}
        problems={problems}
        marks={marks}
        reveal={reveal}
        before={before}
        onLine={onLine}
      />
    </div>
  );
}

/** The target and its files; a file with problems says so. */
function FileList(props: {
  readonly spec: Spec;
  readonly front: string;
  readonly show: (path: string) => void;
}) {
  const { spec, front, show } = props;
  const target = useAssay((s) => s.target);
  const store = useAssayStore();
  const errors = (path: string | null) =>
    spec.problems.filter((one) => path === null || one.path === path).length;

  return (
    <nav className="spec-files" aria-label="Files">
      {targets.map((one) => {
        const shown = one.name === spec.target;
        const state = shown
          ? [
              errors(null) > 0 ? counted(errors(null), 'problem') : 'Valid',
              ...(spec.losses.length > 0 ? [counted(spec.losses.length, 'loss', 'losses')] : []),
            ].join(', ')
          : '';
        return (
          <button
            key={one.name}
            type="button"
            className="spec-target"
            aria-pressed={one.name === target || shown}
            onClick={() => store.getState().chooseTarget(one.name)}
          >
            <span className={errors(null) > 0 ? 'warn' : 'good'}>
              {errors(null) > 0 ? <WarningIcon /> : <CheckIcon />}
            </span>
            <span className="spec-target-name">{one.title}</span>
            <span className="spec-target-version">{one.version}</span>
            <span className="spec-target-state">{state}</span>
          </button>
        );
      })}
      <ul>
        {spec.files.map((file) => {
          const slash = file.path.lastIndexOf('/') + 1;
          const count = errors(file.path);
          return (
            <li key={file.path}>
              <button
                type="button"
                className="spec-file"
                aria-current={file.path === front ? 'true' : undefined}
                title={file.path}
                onClick={() => show(file.path)}
              >
                <span className="spec-file-name">{file.path.slice(slash)}</span>
                <span className="spec-file-folder">{file.path.slice(0, slash)}</span>
                {count > 0 && (
                  <span className="warn spec-file-problems" title={counted(count, 'problem')}>
                    <WarningIcon />
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** The path of the file, what changed in it, and what can be done with it. */
function FileBar({ file, selected }: { file: SpecFile; selected: MemberRef | null }) {
  const store = useAssayStore();
  const before = useAssay((s) => (s.lastExport ? (s.lastExport.files[file.path] ?? '') : null));
  const [copied, setCopied] = useState(false);
  const changes = useMemo(
    () => (before === null ? null : lineCounts(lineDiff(before, file.text))),
    [before, file.text],
  );
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <div className="spec-bar">
      <span className="mono spec-path" title={file.path}>
        {file.path}
      </span>
      <span className="grow" />
      {changes && (
        <span className="spec-changes">
          {changes.added + changes.removed === 0 ? (
            'as last exported'
          ) : (
            <>
              since last export <Changes added={changes.added} removed={changes.removed} />
            </>
          )}
        </span>
      )}
      {selected && (
        <Button tone="quiet" title={selected.name} onClick={() => store.getState().go('model')}>
          Show in Model
        </Button>
      )}
      <Button icon={<CopyIcon />} onClick={() => void copyText(file.text).then(setCopied)}>
        {copied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  );
}

/** Lines that came and went, in the colours of a difference and with their signs. */
export function Changes({ added, removed }: { added: number; removed: number }) {
  return (
    <span className="mono changes">
      {added > 0 && <span className="good">+{added}</span>}{' '}
      {removed > 0 && <span className="bad">−{removed}</span>}
    </span>
  );
}
