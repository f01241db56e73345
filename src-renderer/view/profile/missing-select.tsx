import type { ColumnLack } from '#core/missing/missing';
import { count } from '../ui/figure';

/** Chooses one of the columns that lack something. */
export function MissingColumnSelect({
  lacks,
  chosen,
  label,
  onChoose,
}: {
  lacks: readonly ColumnLack[];
  chosen: string;
  label: string;
  onChoose: (column: string) => void;
}) {
  const some = lacks.filter((c) => c.nulls > 0 || c.name === chosen);
  return (
    <label className="missing-select">
      <span>{label}</span>
      <select className="ui-field" value={chosen} onChange={(event) => onChoose(event.target.value)}>
        {some.map((c) => (
          <option key={c.name} value={c.name}>
            {c.name} ({count(c.nulls)} missing)
          </option>
        ))}
      </select>
    </label>
  );
}
