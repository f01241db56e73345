/**
 * The engine as the window sees it: whether it is up, what it is doing, and what there is to say about it.
 */
import type { Deps, Slice } from './deps';
import { failed } from './notices';
import type { EngineSlice } from './state';

/** Jobs kept in the list, the newest first. */
const keptJobs = 60;
/** How long good news and warnings stay. Errors stay until they are dismissed. */
const noticeMs = 6000;

export const createEngineSlice =
  ({ client, later }: Deps): Slice<EngineSlice> =>
  (set, get) => {
    let id = 1;
    client.onEvent((event) => {
      if (event.event !== 'job') return;
      const { job } = event;
      set((s) => {
        const known = s.jobs.some((other) => other.id === job.id);
        const jobs = known ? s.jobs.map((other) => (other.id === job.id ? job : other)) : [job, ...s.jobs];
        return { jobs: jobs.filter((other, i) => i < keptJobs || other.state === 'running') };
      });
    });
    return {
      host: { state: 'up' },
      status: null,
      jobs: [],
      notices: [],
      cancelJob(job) {
        void client.ask('job:cancel', { job }).then((reply) => {
          if (!reply.ok) get().notify(failed(reply, 'Could not cancel'));
        });
      },
      notify(notice) {
        const fresh = { ...notice, id: id++ };
        set((s) => ({
          notices: [
            ...s.notices.filter((n) => n.words !== notice.words || n.remedy !== notice.remedy),
            fresh,
          ],
        }));
        if (notice.tone !== 'error') later(() => get().dismissNotice(fresh.id), noticeMs);
      },
      dismissNotice(gone) {
        set((s) => ({ notices: s.notices.filter((notice) => notice.id !== gone) }));
      },
    };
  };
