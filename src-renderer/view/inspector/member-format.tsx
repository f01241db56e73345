/** How a value is written, with the present value written so. */
import { formats } from '#core/format';
import { ChoiceField } from './member-field';

/** Stands for "by type" in a choice, where the empty text means that nothing is chosen. */
const byType = '\u0000by type';

export function FormatField(props: {
  readonly value: string;
  readonly commit: (format: string) => void;
  readonly preview: (format: string) => string;
}) {
  const { value, commit, preview } = props;
  const named = formats.filter((format) => format.word !== '');
  return (
    <ChoiceField
      label="Format"
      value={value === '' ? byType : value}
      aside={<span className="inspect-preview mono">{preview(value)}</span>}
      choices={[
        { value: byType, label: 'By type' },
        ...named.map((format) => ({ value: format.word, label: format.title })),
      ]}
      commit={(next) => commit(next === byType ? '' : next)}
    />
  );
}
