import type { Dimension, Measure, Segment } from '#core/design/design';
import { AggregationBadge, DimensionIcon } from '../ui/member-icon';

/** What a member is, as an icon. */
export function PartIcon({ part }: { part: Measure | Dimension | Segment }) {
  if ('aggregation' in part) return <AggregationBadge aggregation={part.aggregation} />;
  if ('type' in part) return <DimensionIcon type={part.type} />;
  return (
    <span className="explore-segment-icon" title="Segment" role="img" aria-label="Segment">
      SEG
    </span>
  );
}
