import { FileUp } from 'lucide-react';
import { type RefObject, useEffect, useState } from 'react';
import { useAssayStore, useBridge } from '../../store/hooks';

const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

/** Opens files that are dropped anywhere in the window; answers whether some are being dragged over it. */
export function useFileDrop(root: RefObject<HTMLElement | null>): boolean {
  const store = useAssayStore();
  const bridge = useBridge();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const element = root.current;
    if (element === null) return;
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth++;
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const hover = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    };
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      const paths = [...(event.dataTransfer?.files ?? [])].map((file) => bridge.pathOf(file)).filter(Boolean);
      if (paths.length > 0) void store.getState().openPaths(paths);
    };
    element.addEventListener('dragenter', enter);
    element.addEventListener('dragleave', leave);
    element.addEventListener('dragover', hover);
    element.addEventListener('drop', drop);
    return () => {
      element.removeEventListener('dragenter', enter);
      element.removeEventListener('dragleave', leave);
      element.removeEventListener('dragover', hover);
      element.removeEventListener('drop', drop);
    };
  }, [root, store, bridge]);
  return over;
}

/** Over the whole window while files are dragged in. */
export function DropHint() {
  return (
    <div className="drop-hint" role="status">
      <div>
        <FileUp size={28} strokeWidth={1.5} aria-hidden="true" />
        <strong>Drop to open</strong>
        <span>CSV, TSV and Parquet files, or a design</span>
      </div>
    </div>
  );
}
