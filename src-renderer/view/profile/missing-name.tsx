import type { Kind } from '#core/table';
import { KindIcon } from '../ui/kind-icon';

/** The name of a column in a list, with its kind; a click chooses it. */
export function MissingName({
  name,
  kind,
  onChoose,
}: {
  name: string;
  kind: Kind;
  onChoose: (column: string) => void;
}) {
  return (
    <button type="button" className="missing-name" title={name} onClick={() => onChoose(name)}>
      <KindIcon kind={kind} />
      <span>{name === '' ? '(no name)' : name}</span>
    </button>
  );
}
