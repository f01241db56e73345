import {
  ChevronDown,
  ChevronRight,
  Clock,
  Hash,
  KeyRound,
  LayoutGrid,
  Sigma,
  Table2,
  TriangleAlert,
} from 'lucide-react';
import { memo, useEffect, useState } from 'react';
import type { Role } from '#core/profile/profile';
import { isOneOfSeveral, partWords, sourceWords } from '#core/source/part';
import type { Column, Table } from '#core/table';
import { useAssay } from '../../store/hooks';
import { fileOf } from '../../store/import';
import { profileOf, rolesOf } from '../../store/select';
import { Spark } from '../chart/spark';
import { count, percent, share } from '../ui/figure';
import { QueryIcon } from '../ui/icon';
import { KindIcon } from '../ui/kind-icon';

/** The type by which a dragged column is known. Its data is JSON: { table, column }. */
export const columnDrag = 'application/x-assay-column';

/** A share of nulls from which the figure is marked. */
const manyNulls = 0.05;

export const TableRow = memo(function TableRow({ table, open }: { table: Table; open: boolean }) {
  const stale = useAssay((s) => s.stale[table.name]);
  const busy = useSlowly(useAssay((s) => s.reading.includes(table.name)));
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <>
      <Chevron className="tree-chevron" size={14} strokeWidth={1.75} aria-hidden="true" />
      {table.source.made === undefined ? (
        <Table2 size={14} strokeWidth={1.6} aria-hidden="true" />
      ) : (
        <QueryIcon />
      )}
      <span className="tree-name tree-table-name" title={sourceWords(table.source)}>
        {table.name}
      </span>
      {isOneOfSeveral(table.source) ? <From source={table.source} /> : null}
      {stale === undefined ? null : (
        <TriangleAlert
          className="tree-stale"
          size={13}
          role="img"
          aria-label={table.source.made === undefined ? 'changed on disk' : 'not as it would be now'}
        />
      )}
      {table.warnings.length > 0 && stale === undefined ? (
        <span className="tree-warnings" title={`${table.warnings.length} remarks on how it was read`}>
          {table.warnings.length}
        </span>
      ) : null}
      <span className="tree-count">
        {busy ? (table.source.made === undefined ? 'reading…' : 'making…') : count(table.rows)}
      </span>
    </>
  );
});

/** Where one of several tables of a file is from; the name of the file gives way before that of the part. */
function From({ source }: Pick<Table, 'source'>) {
  return (
    <span className="tree-from" title={sourceWords(source)}>
      <span>{fileOf(source.path)}</span>
      <span> · {partWords(source.part)}</span>
    </span>
  );
}

export const ColumnRow = memo(function ColumnRow({ table, column }: { table: string; column: Column }) {
  const total = useAssay((s) => profileOf(s, table, column.name));
  const under = useAssay((s) => {
    const columns = s.filtered[table];
    return columns !== undefined && Object.hasOwn(columns, column.name) ? columns[column.name] : undefined;
  });
  const roles = useAssay((s) => rolesOf(s, table, column.name));
  const profile = under ?? total;
  const name = column.name.trim() === '' ? '(no name)' : column.name;
  return (
    <>
      <KindIcon kind={column.kind} />
      <span className="tree-name" title={`${column.name}\n${column.type}`}>
        {name}
      </span>
      <RoleMarks roles={roles} />
      <span className="tree-spark">
        {profile === undefined ? (
          <span className="tree-spark-none" />
        ) : (
          <Spark profile={profile} total={under === undefined ? undefined : total} width={32} height={15} />
        )}
      </span>
      <span
        className={
          profile !== undefined && profile.rows > 0 && profile.nulls / profile.rows >= manyNulls
            ? 'tree-nulls tree-nulls-many'
            : 'tree-nulls'
        }
        title={profile === undefined ? undefined : `${percent(profile.nulls, profile.rows)} null`}
      >
        {profile === undefined ? '' : profile.nulls === 0 ? '0' : share(profile.nulls, profile.rows)}
      </span>
    </>
  );
});

const roleIcon = {
  key: KeyRound,
  dimension: LayoutGrid,
  measure: Sigma,
  time: Clock,
  ignored: Hash,
} as const;
const roleTitle: Readonly<Record<Role, string>> = {
  key: 'key',
  dimension: 'dimension',
  measure: 'measure',
  time: 'time dimension',
  ignored: 'left out',
};

/** What a column is in the design; a proposal is not marked here, to keep the tree calm. */
function RoleMarks({ roles }: { roles: ReturnType<typeof rolesOf> }) {
  const accepted = roles.filter((role) => role.state === 'accepted');
  if (accepted.length === 0) return null;
  return (
    <span className="tree-roles">
      {accepted.map(({ role }) => {
        const Icon = roleIcon[role];
        return (
          <span key={role} title={`In the design as ${roleTitle[role]}`}>
            <Icon size={12} strokeWidth={2} role="img" aria-label={roleTitle[role]} />
          </span>
        );
      })}
    </span>
  );
}

/** True once something has been busy for 200 ms, so that what is quick does not flicker. */
export function useSlowly(busy: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!busy) {
      setSlow(false);
      return;
    }
    const timer = setTimeout(() => setSlow(true), 200);
    return () => clearTimeout(timer);
  }, [busy]);
  return busy && slow;
}
