/**
 * Model: tables and their joins on a canvas, their dimensions and measures drafted by hand and eye in one scroll, and the
 * design as text.
 */
import { lazy, type ReactNode, Suspense, useRef } from 'react';
import { writeDesign } from '#core/design/file';
import { useAssay, useAssayStore } from '../../store/hooks';
import { designTitle, problemsOf } from '../../store/select';
import { CodeView } from '../code/code-view';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { counted } from '../ui/figure';
import { Segmented } from '../ui/segmented';
import { TableSection } from './table-section';
import './model.css';

/** Drawing takes two libraries that nothing else needs. */
const Canvas = lazy(() => import('./canvas').then((part) => ({ default: part.Canvas })));

export function ModelPlace() {
  const design = useAssay((s) => s.design);
  const store = useAssayStore();
  const tab = useAssay((s) => s.modelView);
  const problems = useAssay((s) => problemsOf(s).filter((one) => one.go?.selection.kind === 'member').length);

  if (design.tables.length === 0) {
    return (
      <div className="model-place">
        <EmptyState
          title="No tables yet"
          action={
            <Button tone="primary" onClick={() => void store.getState().openSample()}>
              Try the sample
            </Button>
          }
        >
          A model names what to group by and what to count, over the files you open. Drop CSV or Parquet files
          anywhere, or start with the sample.
        </EmptyState>
      </div>
    );
  }

  const bar = (tools: ReactNode) => (
    <div className="model-bar">
      <Segmented
        label="View"
        value={tab}
        choices={[
          { value: 'canvas', label: 'Canvas' },
          { value: 'members', label: 'Members' },
          { value: 'yaml', label: 'YAML' },
        ]}
        onChange={(view) => store.getState().set('modelView', view)}
      />
      {problems > 0 && (
        <button
          type="button"
          className="model-problems"
          onClick={() => store.getState().set('bottom', 'problems')}
        >
          <Badge tone="warning">{counted(problems, 'problem')}</Badge>
        </button>
      )}
      {tools}
    </div>
  );
  return (
    <section className="model-place" aria-label="Model">
      {tab === 'canvas' ? (
        <Suspense fallback={bar(null)}>
          <Canvas bar={bar} />
        </Suspense>
      ) : tab === 'members' ? (
        <Members bar={bar} />
      ) : (
        <>
          {bar(null)}
          <DesignText />
        </>
      )}
    </section>
  );
}

/** Every table of the design in one scroll. */
function Members({ bar }: { bar: (tools: ReactNode) => ReactNode }) {
  const tables = useAssay((s) => s.design.tables);
  const scroll = useRef<HTMLDivElement>(null);
  return (
    <>
      {bar(
        <>
          <span className="grow" />
          {tables.length > 1 && (
            <nav className="model-jumps" aria-label="Tables">
              {tables.map((table) => (
                <button
                  key={table.name}
                  type="button"
                  onClick={() =>
                    [...(scroll.current?.children ?? [])]
                      .find((section) => section.getAttribute('aria-label') === table.name)
                      ?.scrollIntoView({ block: 'start' })
                  }
                >
                  {table.name}
                  <span className="model-count">{table.dimensions.length + table.measures.length}</span>
                </button>
              ))}
            </nav>
          )}
        </>,
      )}
      <div className="model-scroll" ref={scroll}>
        {tables.map((table) => (
          <TableSection key={table.name} table={table} />
        ))}
      </div>
    </>
  );
}

/** The design file as it would be saved now. */
function DesignText() {
  const design = useAssay((s) => s.design);
  const path = useAssay((s) => s.path);
  const title = useAssay(designTitle);
  const folder = path?.replace(/[\\/][^\\/]*$/, '') ?? '';
  return (
    <div className="model-text">
      <CodeView text={writeDesign(design, folder)} language="yaml" label={`Design file of ${title}`} />
    </div>
  );
}
