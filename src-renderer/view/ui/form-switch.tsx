import { Segmented } from './segmented';

/** How something is shown: drawn, or as its table. */
export type Form = 'chart' | 'table';

/** Every chart has a table twin; this goes from one to the other. `label` says of what. */
export function FormSwitch({
  label,
  value,
  onChange,
  small = true,
}: {
  label: string;
  value: Form;
  onChange: (form: Form) => void;
  /** Smaller than what stands in a toolbar. */
  small?: boolean;
}) {
  return (
    <Segmented
      small={small}
      label={label}
      value={value}
      choices={[
        { value: 'chart', label: 'Chart' },
        { value: 'table', label: 'Table' },
      ]}
      onChange={onChange}
    />
  );
}
