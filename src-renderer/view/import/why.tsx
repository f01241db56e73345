import { useId } from 'react';
import type { ColumnReading, Preview, Proposal } from '#core/source/receipt';
import { useAssay } from '../../store/hooks';
import { dismissedIn } from '../../store/select';
import type { ImportDraft } from '../../store/state';
import { Button } from '../ui/button';
import { count, counted, percent, plainText } from '../ui/figure';
import { CheckIcon, WarningIcon } from '../ui/icon';
import { visible } from './raw-line';
import { readingWords, sameReading, sentence } from './reading-words';

/** Why a column is read as it is, or could be read better: what fits, what speaks against it, what else would fit. */
export function Why({
  draft,
  preview,
  column,
}: {
  draft: ImportDraft;
  preview: Preview;
  column: Preview['columns'][number];
}) {
  const dismissed = useAssay((s) => dismissedIn(s, draft).includes(column.name));
  const told = draft.told.columns?.find((reading) => reading.column === column.name);
  const live = preview.proposals.find((proposal) => proposal.reading.column === column.name);
  const proposal = live ?? draft.why[column.name];
  const warnings = preview.warnings.filter((warning) => warning.column === column.name);
  const misfits = preview.receipt.misfits.filter((misfit) => misfit.column === column.name);
  const lost = misfits.reduce((sum, misfit) => sum + misfit.count, 0);
  return (
    <div className="import-why">
      <h3>
        <span>{column.name === '' ? '(no name)' : visible(column.name)}</span>
        <span className="import-quiet mono">{column.type.toLowerCase()}</span>
      </h3>
      {warnings.length === 0 ? null : (
        <ul className="import-remarks" aria-label={`Remarks on ${column.name}`}>
          {warnings.map((warning) => (
            <li key={`${warning.code} ${warning.message}`}>
              <WarningIcon />
              <span className="selectable">
                {sentence(warning.message)} <span className="import-quiet">{warning.remedy}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {proposal === undefined ? (
        <p className="import-quiet">
          {told === undefined
            ? lost === 0
              ? 'Every filled value fits this type; nothing else is proposed.'
              : 'Nothing else is proposed.'
            : `Read as you said: ${readingWords(told)}.`}
        </p>
      ) : (
        <Evidence proposal={proposal} told={told} dismissed={dismissed} name={column.name} />
      )}
      {lost > 0 ? (
        <p className="import-lost">
          <WarningIcon />
          {counted(lost, 'value')} did not fit and {lost === 1 ? 'is' : 'are'} null:{' '}
          <span className="mono">
            {misfits
              .slice(0, 4)
              .map((misfit) => visible(plainText(misfit.value)))
              .join(', ')}
            {misfits.length > 4 ? '…' : ''}
          </span>
        </p>
      ) : null}
    </div>
  );
}

function Evidence({
  proposal,
  told,
  dismissed,
  name,
}: {
  proposal: Proposal;
  told: ColumnReading | undefined;
  dismissed: boolean;
  name: string;
}) {
  const group = useId();
  const accept = useAssay((s) => s.acceptProposals);
  const dismiss = useAssay((s) => s.dismissProposal);
  const tell = useAssay((s) => s.tellColumn);
  const untell = useAssay((s) => s.untellColumn);
  const { ambiguous, alternatives, reading, words } = proposal;
  const choices = [reading, ...alternatives];
  const open = told === undefined && !dismissed;
  const asProposed = sameReading(told, reading);
  // The figures are those of what was proposed; another reading has its own in what did not fit.
  const figures = told === undefined || asProposed;
  return (
    <>
      <p className="import-proposal" data-open={open}>
        {open || told === undefined ? null : <CheckIcon />}
        <span>
          <strong>{told === undefined || asProposed ? words : readingWords(told)}</strong>{' '}
          <span className="import-quiet">
            {told === undefined ? (open ? '' : 'dismissed') : asProposed ? 'accepted' : 'chosen by you'}
          </span>
        </span>
      </p>
      {told === undefined ? (
        <div className="import-actions">
          <Button
            tone={open ? 'primary' : 'plain'}
            aria-label={`Accept ${name}`}
            onClick={() => (open ? accept([name]) : tell(reading))}
          >
            Accept
          </Button>
          {open ? (
            <Button aria-label={`Dismiss ${name}`} onClick={() => dismiss(name)}>
              Dismiss
            </Button>
          ) : null}
        </div>
      ) : (
        <div className="import-actions">
          <Button aria-label={`Set ${name} back`} onClick={() => untell(name)}>
            Set back to what was detected
          </Button>
        </div>
      )}
      {choices.length < 2 ? null : (
        <fieldset className="import-choices">
          <legend>
            {ambiguous === 0 ? 'Fits as well' : `${counted(ambiguous, 'value')} can be read either way`}
          </legend>
          {choices.map((choice) => (
            <label key={JSON.stringify(choice)}>
              <input
                type="radio"
                name={group}
                checked={sameReading(told, choice)}
                onChange={() => tell(choice)}
              />
              {readingWords(choice)}
            </label>
          ))}
        </fieldset>
      )}
      {figures ? <Figures proposal={proposal} /> : null}
    </>
  );
}

/** What a proposal rests on: how many values fit, how they would read, and what speaks against it. */
function Figures({ proposal }: { proposal: Proposal }) {
  const { filled, fits, against, examples, ambiguous, alternatives } = proposal;
  return (
    <>
      <div className="import-fits">
        <span>
          fits <span className="mono">{count(fits)}</span> of <span className="mono">{count(filled)}</span>{' '}
          filled values
        </span>
        <span className="mono">{percent(fits, filled)}</span>
        <span className="import-fits-bar" aria-hidden="true">
          <span style={{ width: `${filled === 0 ? 0 : (100 * fits) / filled}%` }} />
        </span>
      </div>
      {ambiguous > 0 && alternatives.length === 0 ? (
        <p className="import-quiet">{counted(ambiguous, 'value')} could be read otherwise as well.</p>
      ) : null}
      {examples.length === 0 ? null : (
        <table className="import-examples">
          <caption>As spelt → as read</caption>
          <tbody>
            {examples.map((example) => (
              <tr key={example.from}>
                <td>{visible(plainText(example.from))}</td>
                <td aria-hidden="true">→</td>
                <td>{visible(plainText(example.to))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {against.length === 0 ? null : (
        <table className="import-examples import-against">
          <caption>Values that speak against it; they would be null</caption>
          <tbody>
            {against.map(({ value, count: times }) => (
              <tr key={value}>
                <td>{visible(plainText(value))}</td>
                <td className="receipt-figure">{count(times)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
