import { CircleAlert, TriangleAlert } from 'lucide-react';
import { useAssay, useAssayStore } from '../../store/hooks';
import { type Listed, problemsOf } from '../../store/select';

/** Everything that asks for attention; a click goes there. */
export function ProblemsList() {
  const problems = useAssay(problemsOf);
  if (problems.length === 0) {
    return (
      <p className="bottom-empty">
        Nothing is wrong: every file was read in full and every member has a value.
      </p>
    );
  }
  return (
    <ul>
      {problems.map((problem) => (
        <li key={problem.key}>
          <ProblemRow problem={problem} />
        </li>
      ))}
    </ul>
  );
}

function ProblemRow({ problem }: { problem: Listed }) {
  const store = useAssayStore();
  const Icon = problem.severity === 'error' ? CircleAlert : TriangleAlert;
  const { go, reload, failure, fix, fixWords } = problem;
  const derived = useAssay((s) => reload !== undefined && s.tables[reload]?.source.made !== undefined);
  return (
    <div className="bottom-row">
      <button
        type="button"
        className="bottom-row-main"
        disabled={go === null}
        title={`${problem.words}. ${problem.remedy}`}
        onClick={() => {
          if (go === null) return;
          const s = store.getState();
          if (go.place !== null) s.go(go.place);
          s.select(go.selection);
          s.set('inspectorOpen', true);
        }}
      >
        <Icon
          className={problem.severity === 'error' ? 'tone-bad' : 'tone-warn'}
          size={14}
          role="img"
          aria-label={problem.severity}
        />
        <span className="bottom-row-words">
          {problem.words}
          <span className="bottom-row-remedy"> {problem.remedy}</span>
        </span>
        <span className="bottom-row-where">{problem.where}</span>
      </button>
      {fix === undefined ? null : (
        <button
          type="button"
          className="ui-link"
          onClick={() => {
            const column = go?.selection.kind === 'column' ? go.selection.column : undefined;
            store.getState().importTable(fix, column);
          }}
        >
          {fixWords}
        </button>
      )}
      {reload === undefined ? null : (
        <button type="button" className="ui-link" onClick={() => void store.getState().reload(reload)}>
          {derived ? 'Make anew' : 'Reload'}
        </button>
      )}
      {failure === undefined ? null : (
        <button type="button" className="ui-link" onClick={() => store.getState().dismissFailure(failure)}>
          Dismiss
        </button>
      )}
    </div>
  );
}
