import { useState } from 'react';
import type { Filter } from '#contract';
import type { ColumnLack, Dependence, Group, MissingAbout, MissingAsk } from '#core/missing/missing';
import type { Table } from '#core/table';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { ColumnSelect } from '../ui/column-select';
import { EvidenceLine } from '../ui/evidence';
import { count, counted, shortName } from '../ui/figure';
import { ChevronIcon } from '../ui/icon';
import { KindIcon } from '../ui/kind-icon';
import { Answer } from './answer';
import { MissingAlong } from './missing-along';
import { MissingGroups } from './missing-groups';
import { useAnswer } from './use-answer';

const verdictTitle: Readonly<Record<Dependence['verdict'], string>> = {
  strong: 'Strong',
  some: 'Some',
  slight: 'Slight',
  none: 'Within chance',
};
/** Columns by chance only that are listed at first. */
const CHANCE = 5;

/** What the missing of one column depends on. */
export function MissingAboutPane({
  ask,
  lacks,
  chosen,
  onChoose,
  onFilter,
}: {
  ask: MissingAsk;
  table: Table;
  lacks: readonly ColumnLack[];
  chosen: string | null;
  onChoose: (column: string) => void;
  onFilter: (filter: Filter) => void;
}) {
  const [time, setTime] = useState<string | null>(null);
  const [exact, setExact] = useState(false);
  const answer = useAnswer(
    'missing:about',
    chosen === null
      ? null
      : {
          ...ask,
          column: chosen,
          ...(time === null || time === chosen ? {} : { time }),
          ...(exact ? { exact } : {}),
        },
  );
  if (chosen === null) return <p className="profile-note">No column has a null in these rows.</p>;
  return (
    <>
      <ColumnSelect
        label="Missing of"
        columns={lacks.filter((c) => c.nulls > 0 || c.name === chosen)}
        value={chosen}
        note={(c) => `${count(c.nulls)} missing`}
        onChange={onChoose}
      />
      <Answer answer={answer} doing={`Testing what missing ${chosen} depends on`} height={480}>
        {(about) => (
          <>
            <p className="missing-words">{about.words}</p>
            <div className="missing-two">
              {about.time === null ? null : (
                <MissingAlong time={about.time} times={about.times} onTime={setTime} onFilter={onFilter} />
              )}
              {about.files === null ? null : <Files files={about.files} onFilter={onFilter} />}
            </div>
            {about.depends.length === 0 ? null : <Depends about={about} onFilter={onFilter} />}
            {about.untested.length === 0 ? null : (
              <details className="missing-fold">
                <summary>{counted(about.untested.length, 'column')} not tested</summary>
                <ul>
                  {about.untested.slice(0, 200).map((u) => (
                    <li key={u.column}>
                      {u.column}: {u.why}
                    </li>
                  ))}
                </ul>
              </details>
            )}
            <footer className="missing-foot">
              <EvidenceLine evidence={about.tested} />
              {about.tested.basis === 'exact' ? null : (
                <Button onClick={() => setExact(true)}>Test all {count(about.rows)} rows</Button>
              )}
              <span>
                Chi-squared of missing against each column; small groups exactly; chances corrected by
                Benjamini–Hochberg.
              </span>
            </footer>
          </>
        )}
      </Answer>
    </>
  );
}

function Depends({ about, onFilter }: { about: MissingAbout; onFilter: (filter: Filter) => void }) {
  const [open, setOpen] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  const real = about.depends.filter((d) => d.verdict !== 'none');
  const chance = about.depends.length - real.length;
  const shown = all ? about.depends : about.depends.slice(0, real.length + CHANCE);
  return (
    <section className="missing-depends">
      <div className="profile-head">
        <h3>Depends most on</h3>
        <span className="profile-quiet">
          {count(real.length)} of {counted(about.depends.length, 'column')} by more than chance
        </span>
      </div>
      <table className="profile-table">
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col" title="Cramér's V: 0 is none, 1 is entirely">
              V
            </th>
            <th scope="col">
              <span className="visually-hidden">Bar</span>
            </th>
            <th scope="col">Verdict</th>
            <th
              scope="col"
              title="Chance of so great a difference if there were no dependence, corrected for the number of columns"
            >
              Corrected p
            </th>
            <th scope="col">What differs most</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((d) => (
            <Row
              key={d.column}
              dependence={d}
              open={d.column === open}
              onOpen={() => setOpen(d.column === open ? null : d.column)}
              onFilter={onFilter}
            />
          ))}
        </tbody>
      </table>
      {about.depends.length > shown.length ? (
        <p className="profile-note">
          <button type="button" className="ui-link" onClick={() => setAll(true)}>
            Show all {count(chance)} that differ by chance only
          </button>
        </p>
      ) : null}
    </section>
  );
}

function Row({
  dependence: d,
  open,
  onOpen,
  onFilter,
}: {
  dependence: Dependence;
  open: boolean;
  onOpen: () => void;
  onFilter: (filter: Filter) => void;
}) {
  const test = d.chi2 === null ? 'exact test' : `χ² ${d.chi2.toPrecision(4)} on ${d.df}, p ${chance(d.p)}`;
  return (
    <>
      <tr>
        <th scope="row">
          <button
            type="button"
            className="missing-name"
            title={d.column}
            aria-expanded={open}
            onClick={onOpen}
          >
            <span className={open ? 'missing-arrow missing-open' : 'missing-arrow'}>
              <ChevronIcon />
            </span>
            <KindIcon kind={d.kind} />
            <span>{shortName(d.column, 34)}</span>
          </button>
        </th>
        <td>{d.v.toFixed(2)}</td>
        <td className="missing-bar-cell missing-v">
          <span className="missing-bar">
            <i
              className={d.verdict === 'none' ? 'missing-tone-chance' : 'missing-tone-rows'}
              style={{ width: `max(2px, ${100 * d.v}%)` }}
            />
          </span>
        </td>
        <td className="missing-verdict">
          <Badge tone={d.verdict === 'strong' ? 'warning' : d.verdict === 'none' ? 'plain' : 'info'}>
            {verdictTitle[d.verdict]}
          </Badge>
        </td>
        <td title={test}>{chance(d.q)}</td>
        <td className="missing-why">
          <span title={d.words}>{d.words}</span>
        </td>
      </tr>
      {open ? (
        <tr>
          <td colSpan={6} className="missing-groups">
            <MissingGroups groups={inView(d)} label={`Missing by ${d.column}`} onFilter={onFilter} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

function Files({
  files,
  onFilter,
}: {
  files: NonNullable<MissingAbout['files']>;
  onFilter: (filter: Filter) => void;
}) {
  return (
    <section className="missing-files">
      <div className="profile-head">
        <h3>By file</h3>
        <span className="profile-quiet">
          {files.groups.length < files.of ? `the first ${count(files.groups.length)} of ` : ''}
          {counted(files.of, 'file')}
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reachable by keyboard. */}
      <section className="missing-scroll" tabIndex={0} aria-label="Files">
        <MissingGroups groups={files.groups} label="Missing by file" onFilter={onFilter} />
      </section>
    </section>
  );
}

function chance(p: number): string {
  if (p < 0.0001) return '<0.0001';
  return p >= 0.995 ? '1.00' : p.toPrecision(2);
}

/** Categories by how much they lack; numbers and times stay in their order. */
function inView({ kind, groups }: Dependence): readonly Group[] {
  if (kind === 'number' || kind === 'time') return groups;
  return groups.toSorted((a, b) => b.missing / b.rows - a.missing / a.rows || b.rows - a.rows);
}
