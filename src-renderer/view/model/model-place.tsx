/**
 * Model: drafting dimensions and measures by hand and eye, every table of the design in one scroll.
 */
import { useRef, useState } from 'react';
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

export function ModelPlace() {
  const design = useAssay((s) => s.design);
  const store = useAssayStore();
  const [tab, setTab] = useState<'members' | 'yaml'>('members');
  const scroll = useRef<HTMLDivElement>(null);
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

  return (
    <section className="model-place" aria-label="Model">
      <div className="model-bar">
        <Segmented
          label="View"
          value={tab}
          choices={[
            { value: 'members', label: 'Members' },
            { value: 'yaml', label: 'YAML' },
          ]}
          onChange={setTab}
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
        <span className="grow" />
        {tab === 'members' && design.tables.length > 1 && (
          <nav className="model-jumps" aria-label="Tables">
            {design.tables.map((table) => (
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
      </div>
      {tab === 'members' ? (
        <div className="model-scroll" ref={scroll}>
          {design.tables.map((table) => (
            <TableSection key={table.name} table={table} />
          ))}
        </div>
      ) : (
        <DesignText />
      )}
    </section>
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
