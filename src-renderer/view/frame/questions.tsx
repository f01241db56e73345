import { useAssay } from '../../store/hooks';
import { designTitle } from '../../store/select';
import { Button } from '../ui/button';
import { Modal } from './modal';

/** The few questions that must be answered before anything goes on. */
export function Questions() {
  const unsaved = useAssay((s) => s.unsavedAsked);
  const restorable = useAssay((s) => s.restorable !== null);
  const folder = useAssay((s) => s.replaceAsked);
  if (restorable) return <RestoreQuestion />;
  if (unsaved !== null) return <UnsavedQuestion why={unsaved} />;
  return folder === null ? null : <ReplaceQuestion folder={folder} />;
}

const before = {
  close: 'before closing',
  new: 'before starting a new one',
  open: 'before opening another',
} as const;

function UnsavedQuestion({ why }: { why: 'close' | 'new' | 'open' }) {
  const title = useAssay(designTitle);
  const answer = useAssay((s) => s.answerUnsaved);
  return (
    <Modal
      title={`Save “${title}” ${before[why]}?`}
      size="s"
      onClose={() => answer('cancel')}
      footer={
        <>
          <Button onClick={() => answer('discard')}>Discard changes</Button>
          <span className="modal-space" />
          <Button onClick={() => answer('cancel')}>Cancel</Button>
          <Button tone="primary" data-first onClick={() => answer('save')}>
            Save
          </Button>
        </>
      }
    >
      <p>The design has changes that are not in its file. Your data files are never changed.</p>
    </Modal>
  );
}

function RestoreQuestion() {
  const left = useAssay((s) => s.restorable);
  const restore = useAssay((s) => s.restore);
  if (left === null) return null;
  const { design, path, at } = left;
  const members = design.tables.reduce((sum, t) => sum + t.dimensions.length + t.measures.length, 0);
  const when = new Date(at);
  const said = Number.isNaN(when.getTime()) ? at : when.toLocaleString();
  return (
    <Modal
      title="Restore unsaved work?"
      size="s"
      footer={
        <>
          <Button onClick={() => void restore(false)}>Throw away</Button>
          <span className="modal-space" />
          <Button tone="primary" data-first onClick={() => void restore(true)}>
            Restore
          </Button>
        </>
      }
    >
      <p>Assay ended before this design was saved. It is exactly as you left it.</p>
      <dl className="facts">
        <dt>Design</dt>
        <dd>{designTitle({ design, path })}</dd>
        <dt>Last change</dt>
        <dd>{said}</dd>
        <dt>Sources</dt>
        <dd>{design.sources.length}</dd>
        <dt>Measures and dimensions</dt>
        <dd>{members}</dd>
        {path === null ? null : (
          <>
            <dt>File</dt>
            <dd className="facts-path selectable">{path}</dd>
          </>
        )}
      </dl>
    </Modal>
  );
}

function ReplaceQuestion({ folder }: { folder: string }) {
  const writeSpec = useAssay((s) => s.writeSpec);
  const keep = useAssay((s) => s.keepFolder);
  return (
    <Modal
      title="Replace files in this folder?"
      size="s"
      onClose={keep}
      footer={
        <>
          <span className="modal-space" />
          <Button data-first onClick={keep}>
            Cancel
          </Button>
          <Button
            onClick={() => {
              keep();
              void writeSpec();
            }}
          >
            Choose another folder…
          </Button>
          <Button tone="primary" onClick={() => void writeSpec(true)}>
            Replace
          </Button>
        </>
      }
    >
      <p className="facts-path selectable">{folder}</p>
      <p>
        It already holds files that this export did not write. Files of the same name will be replaced; others
        stay as they are.
      </p>
    </Modal>
  );
}
