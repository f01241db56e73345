import { Minus, Redo2, Search, Square, Undo2, X } from 'lucide-react';
import { useState } from 'react';
import { commands, keysText, runCommand } from '../../store/commands';
import { isUnsaved } from '../../store/design';
import { useAssay, useAssayStore, useBridge } from '../../store/hooks';
import { designTitle, redoWords, undoWords } from '../../store/select';
import { IconButton } from '../ui/button';
import { bytes, counted } from '../ui/figure';
import './title-bar.css';

/** The keys of a command as this platform writes them. */
export function useKeysOf(): (id: string) => string {
  const bridge = useBridge();
  return (id) => {
    const keys = commands.find((command) => command.id === id)?.keys[0];
    return keys === undefined ? '' : keysText(keys, bridge.platform === 'darwin');
  };
}

/** Who we are, which design this is, what can be taken back, what the engine does; and a place to take hold of the window. */
export function TitleBar() {
  const bridge = useBridge();
  const store = useAssayStore();
  const keys = useKeysOf();
  const undo = useAssay(undoWords);
  const redo = useAssay(redoWords);
  const run = (id: string) => runCommand(id, store, bridge);
  return (
    <header className="title-bar">
      <div className="title-bar-side">
        {bridge.platform === 'darwin' ? <span className="title-bar-lights" /> : null}
        <Logo />
        <h1 className="visually-hidden">Assay</h1>
        <DesignTitle />
        <SavedState />
        <span className="title-bar-rule" />
        <IconButton
          label={undo === null ? 'Nothing to undo' : `Undo: ${undo} (${keys('undo')})`}
          disabled={undo === null}
          onClick={() => run('undo')}
        >
          <Undo2 size={15} strokeWidth={1.75} aria-hidden="true" />
        </IconButton>
        <IconButton
          label={redo === null ? 'Nothing to redo' : `Redo: ${redo} (${keys('redo')})`}
          disabled={redo === null}
          onClick={() => run('redo')}
        >
          <Redo2 size={15} strokeWidth={1.75} aria-hidden="true" />
        </IconButton>
      </div>
      <button type="button" className="title-bar-search" onClick={() => run('palette')}>
        <Search size={14} strokeWidth={1.75} aria-hidden="true" />
        <span>Search columns and commands</span>
        <kbd className="ui-key">{keys('palette')}</kbd>
      </button>
      <div className="title-bar-side title-bar-end">
        <EngineState />
        {bridge.platform === 'darwin' ? null : <WindowControls />}
      </div>
    </header>
  );
}

/** The balance of an assayer, drawn as the A of the name. */
function Logo() {
  return (
    <svg className="title-bar-logo" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      <rect width="18" height="18" rx="4" />
      <path d="M5 13 9 4.500 13 13M6.600 10h4.800" />
    </svg>
  );
}

function DesignTitle() {
  const title = useAssay(designTitle);
  const edit = useAssay((s) => s.edit);
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    if (draft !== null && draft.trim() !== '' && draft !== title)
      edit({ verb: 'rename-design', title: draft.trim() });
    setDraft(null);
  };
  return (
    <input
      className="title-bar-title"
      aria-label="Title of the design"
      title="Rename the design"
      spellCheck={false}
      value={draft ?? title}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key !== 'Escape') return;
        setDraft(null);
        event.currentTarget.value = title;
        event.currentTarget.blur();
      }}
    />
  );
}

function SavedState() {
  const unsaved = useAssay(isUnsaved);
  const path = useAssay((s) => s.path);
  if (unsaved) {
    return (
      <span
        className="title-bar-saved title-bar-unsaved"
        title="The design has changes that are not in its file"
      >
        unsaved
      </span>
    );
  }
  return path === null ? null : (
    <span className="title-bar-saved" title={path}>
      saved
    </span>
  );
}

function EngineState() {
  const host = useAssay((s) => s.host);
  const running = useAssay((s) => s.jobs.filter((job) => job.state === 'running').length);
  const memory = useAssay((s) => s.status?.memory ?? null);
  const limit = useAssay((s) => s.status?.limit ?? null);
  const set = useAssay((s) => s.set);
  const words =
    host.state === 'up'
      ? running > 0
        ? counted(running, 'job')
        : 'idle'
      : host.state === 'restarting'
        ? 'restarting'
        : 'down';
  return (
    <button
      type="button"
      className="title-bar-engine"
      title={limit === null ? 'Show the jobs' : `Show the jobs. The engine may use ${limit} of memory.`}
      onClick={() => set('bottom', 'jobs')}
    >
      <span className={`engine-dot engine-${host.state === 'up' && running > 0 ? 'busy' : host.state}`} />
      Engine {words}
      {memory === null || host.state !== 'up' ? null : (
        <span className="title-bar-memory">{bytes(memory)}</span>
      )}
    </button>
  );
}

function WindowControls() {
  const bridge = useBridge();
  const close = useAssay((s) => s.closeWindow);
  return (
    <div className="window-controls">
      <button type="button" aria-label="Minimize" onClick={() => bridge.window('minimize')}>
        <Minus size={14} strokeWidth={1.5} aria-hidden="true" />
      </button>
      <button type="button" aria-label="Maximize" onClick={() => bridge.window('maximize')}>
        <Square size={11} strokeWidth={1.75} aria-hidden="true" />
      </button>
      <button type="button" className="window-close" aria-label="Close" onClick={() => void close()}>
        <X size={15} strokeWidth={1.5} aria-hidden="true" />
      </button>
    </div>
  );
}
