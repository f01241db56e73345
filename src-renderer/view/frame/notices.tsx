import { CircleAlert, CircleCheck, TriangleAlert, X } from 'lucide-react';
import { useAssay } from '../../store/hooks';
import type { Notice } from '../../store/state';
import { IconButton } from '../ui/button';

const icons = { good: CircleCheck, warning: TriangleAlert, error: CircleAlert } as const;

/** Messages in the lower right corner. Errors stay until they are dismissed. */
export function Notices() {
  const notices = useAssay((s) => s.notices);
  return (
    <section className="notices" aria-label="Notices" aria-live="polite">
      {notices.slice(-5).map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </section>
  );
}

function NoticeCard({ notice }: { notice: Notice }) {
  const dismiss = useAssay((s) => s.dismissNotice);
  const look = useAssay((s) => s.importTable);
  const Icon = icons[notice.tone];
  const table = notice.look;
  return (
    <div className={`notice notice-${notice.tone}`} role={notice.tone === 'error' ? 'alert' : 'status'}>
      <Icon size={16} aria-hidden="true" />
      <div className="selectable">
        <strong>{notice.words}</strong>
        {notice.remedy === '' ? null : <p>{notice.remedy}</p>}
        {table === undefined ? null : (
          <p>
            <button
              type="button"
              className="ui-link"
              onClick={() => {
                dismiss(notice.id);
                look(table);
              }}
            >
              Look at the reading
            </button>
          </p>
        )}
      </div>
      <IconButton label="Dismiss" onClick={() => dismiss(notice.id)}>
        <X size={14} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
