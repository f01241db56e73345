import { type Aggregation, aggregationBadge, aggregationTitle } from '#core/aggregation';
import type { DimensionType } from '#core/design/design';
import type { Kind } from '#core/table';
import { KindIcon } from './kind-icon';
import './member-icon.css';

/** The kind whose icon and way of writing values a dimension of this type has. */
export const kindOfType: Readonly<Record<DimensionType, Kind>> = {
  string: 'text',
  number: 'number',
  time: 'time',
  boolean: 'boolean',
};

/** What a measure does to many rows, as a badge of three letters. */
export function AggregationBadge({ aggregation }: { aggregation: Aggregation }) {
  return (
    <span
      className="aggregation-badge"
      title={aggregationTitle[aggregation]}
      role="img"
      aria-label={aggregationTitle[aggregation]}
    >
      {aggregationBadge[aggregation]}
    </span>
  );
}

/** What a dimension holds, as the icon of its kind. */
export function DimensionIcon({ type }: { type: DimensionType }) {
  return <KindIcon kind={kindOfType[type]} />;
}
