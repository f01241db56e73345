import type { ColumnProfile, Suggestion } from '#core/profile/profile';
import { sourceWords } from '#core/source/part';
import type { Table } from '#core/table';
import { Button } from '../ui/button';
import { bytes, count, counted, percent, span } from '../ui/figure';
import { QueryIcon, TableIcon } from '../ui/icon';
import { kindCounts } from './column-list';

/** What a table is, in one line: its name, how its reading went, and the facts one asks first. */
export function ProfileFacts({
  table,
  profiles,
  suggestions,
  readIn,
  onReceipt,
  onReport,
}: {
  table: Table;
  profiles: Readonly<Record<string, ColumnProfile>>;
  /** What is proposed for the columns, accepted or not. */
  suggestions: readonly Suggestion[];
  /** How long the reading took, in words; '' if it is not known. */
  readIn: string;
  onReceipt: () => void;
  onReport: () => void;
}) {
  const known = table.columns.flatMap((c) =>
    Object.hasOwn(profiles, c.name) ? (profiles[c.name] ?? []) : [],
  );
  const { receipt, source } = table;
  const file = sourceWords(source);
  return (
    <header className="profile-facts">
      <div className="profile-title">
        <div className="profile-title-line">
          <h1 title={source.made === undefined ? source.path : file}>
            {source.made === undefined ? <TableIcon /> : <QueryIcon />}
            <span className="profile-title-name">{table.name}</span>
          </h1>
          <Button title="Write what is known of this table to a file" onClick={onReport}>
            Report…
          </Button>
        </div>
        <button type="button" className="profile-receipt" title="Show the receipt" onClick={onReceipt}>
          {file} · {count(receipt.loaded)} loaded,{' '}
          <b className={receipt.rejected > 0 ? 'profile-bad' : undefined}>
            {count(receipt.rejected)} rejected
          </b>
          , {count(receipt.skipped)} skipped
        </button>
      </div>
      <dl>
        <Fact
          term="Rows"
          note={[source.made === undefined ? bytes(source.bytes) : '', readIn]
            .filter((w) => w !== '')
            .join(', ')}
        >
          {count(table.rows)}
        </Fact>
        <Fact
          term="Columns"
          note={kindCounts(table.columns)
            .map((k) => `${count(k.count)} ${k.kind}`)
            .join(' · ')}
        >
          {count(table.columns.length)}
        </Fact>
        <Completeness table={table} known={known} />
        <KeyFound table={table} suggestions={suggestions} done={known.length === table.columns.length} />
        <TimeSpan known={known} />
      </dl>
    </header>
  );
}

function Fact({ term, children, note }: { term: string; children: React.ReactNode; note: React.ReactNode }) {
  return (
    <div className="profile-fact">
      <dt>{term}</dt>
      <dd className="profile-fact-figure">{children}</dd>
      <dd className="profile-fact-note" title={typeof note === 'string' ? note : undefined}>
        {note}
      </dd>
    </div>
  );
}

function Completeness({ table, known }: { table: Table; known: readonly ColumnProfile[] }) {
  const cells = known.reduce((sum, p) => sum + p.rows, 0);
  const nulls = known.reduce((sum, p) => sum + p.nulls, 0);
  const filled = cells - nulls;
  const wait = known.length < table.columns.length;
  return (
    <Fact
      term="Completeness"
      note={
        <span
          className="profile-complete"
          role="img"
          aria-label={`${count(nulls)} of ${count(cells)} cells are null`}
          title={`${count(nulls)} of ${count(cells)} cells are null${wait ? ', so far' : ''}`}
        >
          <i style={{ width: cells === 0 ? 0 : `${(100 * filled) / cells}%` }} />
        </span>
      }
    >
      {cells === 0 ? '–' : percent(filled, cells)}
    </Fact>
  );
}

function KeyFound({
  table,
  suggestions,
  done,
}: {
  table: Table;
  suggestions: readonly Suggestion[];
  done: boolean;
}) {
  const keys = suggestions.filter((s) => s.role === 'key').toSorted((a, b) => b.confidence - a.confidence);
  const key = keys[0];
  if (key === undefined) {
    return (
      <Fact term="Key found" note={done ? 'no column is unique and filled' : 'still looking'}>
        {done ? 'none' : '…'}
      </Fact>
    );
  }
  return (
    <Fact
      term="Key found"
      note={
        <>
          <i className="ui-dot ui-dot-exact" /> unique in all {counted(table.rows, 'row')}
        </>
      }
    >
      <span title={key.reasons.join('\n')}>{key.column}</span>
    </Fact>
  );
}

function TimeSpan({ known }: { known: readonly ColumnProfile[] }) {
  const times = known.filter((p) => p.kind === 'time' && p.min !== undefined && p.min !== null);
  const first = times[0];
  if (first === undefined) return null;
  return (
    <Fact term="Time span" note={first.name}>
      {span(first.min, first.max)}
    </Fact>
  );
}
