import { ChevronDown, ChevronUp } from 'lucide-react';
import { useAssay } from '../../store/hooks';
import { problemsOf } from '../../store/select';
import type { FrameSlice } from '../../store/state';
import { IconButton } from '../ui/button';
import { HistoryList } from './history';
import { JobsList } from './jobs';
import { ProblemsList } from './problems';
import { useKeysOf } from './title-bar';
import './lower.css';

type Tab = Exclude<FrameSlice['bottom'], null>;

const tabs: readonly { tab: Tab; title: string }[] = [
  { tab: 'problems', title: 'Problems' },
  { tab: 'jobs', title: 'Jobs' },
  { tab: 'history', title: 'History' },
];

/** Problems, jobs and history. Folded it is one line that still tells how many there are. */
export function BottomPane() {
  const bottom = useAssay((s) => s.bottom);
  const set = useAssay((s) => s.set);
  const keys = useKeysOf();
  const problems = useAssay((s) => problemsOf(s).length);
  const errors = useAssay((s) => problemsOf(s).some((p) => p.severity === 'error'));
  const running = useAssay((s) => s.jobs.filter((job) => job.state === 'running').length);
  const steps = useAssay((s) => s.past.length);
  const counts: Readonly<Record<Tab, number>> = { problems, jobs: running, history: steps };
  return (
    <section className="bottom-pane" aria-label="Problems, jobs and history">
      <header className="bottom-head">
        <div role="tablist" aria-label="Lower pane">
          {tabs.map(({ tab, title }) => (
            <button
              key={tab}
              type="button"
              role="tab"
              id={`bottom-tab-${tab}`}
              aria-selected={bottom === tab}
              aria-controls={bottom === tab ? 'bottom-list' : undefined}
              className="bottom-tab"
              onClick={() => set('bottom', bottom === tab ? null : tab)}
              onKeyDown={(event) => {
                const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
                if (step === 0) return;
                const next = (event.currentTarget[
                  step > 0 ? 'nextElementSibling' : 'previousElementSibling'
                ] ?? null) as HTMLElement | null;
                next?.focus();
              }}
            >
              {title}
              {counts[tab] > 0 ? (
                <span
                  className={tab === 'problems' && errors ? 'bottom-count bottom-count-bad' : 'bottom-count'}
                >
                  {counts[tab]}
                </span>
              ) : null}
            </button>
          ))}
        </div>
        <IconButton
          label={`${bottom === null ? 'Open' : 'Fold'} the lower pane (${keys('toggle-bottom')})`}
          onClick={() => set('bottom', bottom === null ? 'problems' : null)}
        >
          {bottom === null ? (
            <ChevronUp size={15} strokeWidth={1.75} aria-hidden="true" />
          ) : (
            <ChevronDown size={15} strokeWidth={1.75} aria-hidden="true" />
          )}
        </IconButton>
      </header>
      {bottom === null ? null : (
        <div
          id="bottom-list"
          role="tabpanel"
          aria-labelledby={`bottom-tab-${bottom}`}
          className="bottom-list"
        >
          {bottom === 'problems' ? <ProblemsList /> : bottom === 'jobs' ? <JobsList /> : <HistoryList />}
        </div>
      )}
    </section>
  );
}
