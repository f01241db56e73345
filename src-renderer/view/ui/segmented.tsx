import { count } from './figure';
import './ui.css';

/** One of a few: every choice is in sight, one is pressed. `label` names the group. */
export function Segmented<T extends string>({
  label,
  value,
  choices,
  onChange,
  small,
}: {
  label: string;
  value: T;
  choices: readonly { readonly value: T; readonly label: string; readonly count?: number }[];
  onChange: (value: T) => void;
  small?: boolean;
}) {
  return (
    <fieldset aria-label={label} className={small ? 'ui-segmented ui-segmented-small' : 'ui-segmented'}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          aria-pressed={choice.value === value}
          onClick={() => onChange(choice.value)}
        >
          {choice.label}
          {choice.count === undefined ? null : (
            <span className="ui-segmented-count">{count(choice.count)}</span>
          )}
        </button>
      ))}
    </fieldset>
  );
}
