import { type MouseEvent, useEffect, useMemo, useState } from 'react';
import { type EntriesFound, type EntryKind, entryCount, travellingEntries } from '#core/source/entries';
import type { Receipt } from '#core/source/receipt';
import { useAssay } from '../../store/hooks';
import { pageOf, stepsFrom } from '../../store/receipt';
import { Button } from '../ui/button';
import { count } from '../ui/figure';
import { SearchField } from '../ui/search-field';
import { type EntryLinks, EntryTable } from './entry-table';

/** So few entries are seen at a glance: nobody searches them. */
const few = 20;

const nothing: Readonly<Record<EntryKind, string>> = {
  rejected: 'No record was rejected.',
  mended: 'Every record fits its columns as it stands.',
  skipped: 'No line was skipped.',
  misfit: 'Every value fits the type of its column.',
};

/**
 * All entries of one kind, page by page, with a search. The first ones come with the receipt; the others are asked for by the
 * name of the table, and of a receipt without a table there are none.
 */
export function EntryPages({
  receipt,
  table,
  kind,
  links,
}: {
  receipt: Receipt;
  /** The open table whose receipt it is; null for that of a preview. */
  table: string | null;
  kind: EntryKind;
  links: EntryLinks;
}) {
  const [at, setAt] = useState({ receipt, offset: 0, search: '' });
  // Of a table that was read anew the pages begin again.
  const { offset, search } = at.receipt === receipt ? at : { offset: 0, search: at.search };
  const here = useMemo(() => {
    const { entries: _, ...listed } = receipt;
    return travellingEntries(table === null ? listed : receipt, { kind, offset, limit: pageOf, search });
  }, [receipt, table, kind, offset, search]);
  const ask = useAssay((s) => s.askEntries);
  const [asked, setAsked] = useState<(typeof at & { found: EntriesFound }) | null>(null);
  useEffect(() => {
    if (here !== null || table === null) return;
    const gone = new AbortController();
    void ask({ table, kind, offset, search }, gone.signal).then((found) => {
      if (found !== null && !gone.signal.aborted) setAsked({ receipt, offset, search, found });
    });
    return () => gone.abort();
  }, [here, receipt, table, kind, offset, search, ask]);
  const answered = asked?.receipt === receipt && asked.offset === offset && asked.search === search;
  const found = here ?? (answered ? asked.found : null);
  // What was shown stays until what was asked for is there.
  const [last, setLast] = useState(found);
  if (found !== null && found !== last) setLast(found);
  const shown = found ?? last;

  const all = entryCount(receipt, kind);
  if (all === 0) return <p className="receipt-nothing">{nothing[kind]}</p>;
  const { entries, total } = shown ?? { entries: [], total: 0 };
  const { back, on, last: end } = stepsFrom(offset, total);
  const go = (next: number) => (event: MouseEvent) => {
    event.currentTarget.closest('.receipt-list')?.scrollTo({ top: 0 });
    setAt({ receipt, offset: next, search });
  };
  const partly = table === null && all > total && search === '';
  return (
    <div className="receipt-pages" aria-busy={found === null}>
      {entries.length > 0 ? <EntryTable kind={kind} entries={entries} links={links} /> : null}
      {shown !== null && total === 0 ? <p className="receipt-nothing">Nothing holds “{search}”.</p> : null}
      {all <= few ? null : (
        <footer className="receipt-foot">
          <SearchField
            label="Search text and reason"
            value={search}
            onChange={(words) => setAt({ receipt, offset: 0, search: words })}
          />
          <span className="receipt-place" role="status">
            {total === 0
              ? '0'
              : `${count(offset + 1)}–${count(Math.min(total, offset + pageOf))} of ${count(total)}`}
            {search === '' ? '' : ' found'}
            {partly ? `; ${count(all)} in all, shown once the file is read this way` : ''}
          </span>
          {total <= pageOf ? null : (
            <span className="receipt-steps">
              <Button disabled={back === null} onClick={go(0)}>
                First
              </Button>
              <Button disabled={back === null} onClick={go(back ?? 0)}>
                Previous
              </Button>
              <Button disabled={on === null} onClick={go(on ?? end)}>
                Next
              </Button>
              <Button disabled={on === null} onClick={go(end)}>
                Last
              </Button>
            </span>
          )}
        </footer>
      )}
    </div>
  );
}
