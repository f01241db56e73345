import { ServerCrash } from 'lucide-react';
import { useAssay, useBridge } from '../../store/hooks';
import { Button } from '../ui/button';

/** When the engine does not come back: what is safe, and what to do. */
export function EngineDown() {
  const host = useAssay((s) => s.host);
  const bridge = useBridge();
  return (
    <main className="engine-down" role="alert" aria-label="The engine is down">
      <ServerCrash size={32} strokeWidth={1.25} aria-hidden="true" />
      <h2>The engine stopped and could not be started again</h2>
      {host.state === 'up' ? null : <p className="selectable">{host.reason}</p>}
      <p>
        Your design is kept on this computer and will be offered again at the next start. Close the window,
        start Assay again, and open fewer or smaller files if it was short of memory.
      </p>
      <div className="engine-down-actions">
        <Button tone="primary" onClick={() => bridge.window('close')}>
          Close window
        </Button>
      </div>
    </main>
  );
}
