/**
 * The few icons of views that name no library: 16 × 16 strokes in the colour of the text around them.
 */
function Stroke({ d, size = 14 }: { d: string; size?: number }) {
  return (
    <svg className="ui-icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <path d={d} />
    </svg>
  );
}

export const CopyIcon = () => <Stroke size={12} d="M6 5.5h6.5v7H6zM3.500 10.500v-7H10" />;
export const CheckIcon = () => <Stroke d="m3.5 8.5 3 3 6-7" />;
export const CloseIcon = ({ size = 14 }: { size?: number }) => (
  <Stroke size={size} d="m4.5 4.500 7 7M11.500 4.500l-7 7" />
);
export const SearchIcon = () => <Stroke d="M7 3a4 4 0 1 1 0 8a4 4 0 0 1 0-8m3 7 3.500 3.500" />;
export const WarningIcon = () => <Stroke size={12} d="M8 2.800 14 13H2zM8 6.500v3M8 11v.6" />;
export const InfoIcon = () => (
  <Stroke size={12} d="M8 2.500a5.500 5.500 0 1 1 0 11a5.500 5.500 0 0 1 0-11M8 7.300v3.700M8 5v.6" />
);
export const PlusIcon = () => <Stroke d="M8 3.500v9M3.500 8h9" />;
export const AscendingIcon = () => <Stroke size={12} d="M8 13V3.500M4 7.500l4-4 4 4" />;
export const DescendingIcon = () => <Stroke size={12} d="M8 3v9.500M4 8.500l4 4 4-4" />;
export const ChevronIcon = () => <Stroke d="m6.500 4.500 3.500 3.500-3.500 3.500" />;
export const TableIcon = () => <Stroke d="M2.500 3.500h11v9h-11zM2.500 6.500h11M6.500 6.500v6" />;
/** A table that a query makes. */
export const QueryIcon = () => (
  <Stroke d="M2.500 3.500h11v9h-11zM2.500 6.500h11M5 8.300l1.700 1.200L5 10.700M8.500 10.700h2.500" />
);
export const KeyIcon = () => (
  <Stroke d="M5 5.500a2.500 2.500 0 1 1 0 5a2.500 2.500 0 0 1 0-5M7.500 8H14M11.500 8v2.500" />
);
export const DimensionIcon = () => <Stroke d="M3 3h4v4H3zM9 3h4v4H9zM3 9h4v4H3zM9 9h4v4H9z" />;
export const MeasureIcon = () => <Stroke d="M12 4.500V3H4l4.500 5L4 13h8v-1.500" />;
export const TimeIcon = () => (
  <Stroke d="M8 2.500a5.500 5.500 0 1 1 0 11a5.500 5.500 0 0 1 0-11M8 5v3.200l2.200 1.500" />
);
export const IgnoredIcon = () => (
  <Stroke d="M8 2.500a5.500 5.500 0 1 1 0 11a5.500 5.500 0 0 1 0-11M4.200 4.200l7.600 7.600" />
);
