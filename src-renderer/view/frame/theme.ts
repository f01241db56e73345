import { useEffect, useSyncExternalStore } from 'react';
import { useAssay } from '../../store/hooks';

const dark = '(prefers-color-scheme: dark)';

function subscribe(changed: () => void): () => void {
  const query = window.matchMedia(dark);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

/** The theme in force, by the setting or by the system; written on the document for the tokens. */
export function useTheme(): 'light' | 'dark' {
  const setting = useAssay((s) => s.theme);
  const system = useSyncExternalStore(subscribe, () => (window.matchMedia(dark).matches ? 'dark' : 'light'));
  const scheme = setting === 'system' ? system : setting;
  useEffect(() => {
    document.documentElement.dataset.theme = scheme;
  }, [scheme]);
  return scheme;
}
