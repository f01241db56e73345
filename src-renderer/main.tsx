/**
 * The window begins here: the port, the store, and React over both.
 */
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import '@mantine/core/styles.css';
import './style/tokens.css';
import './style/base.css';
import { createRoot } from 'react-dom/client';
import type { Bridge } from '#contract';
import { createClient } from './client';
import { begin } from './store/begin';
import type { Deps } from './store/deps';
import { AssayContext } from './store/hooks';
import { createAssayStore } from './store/store';
import { Frame } from './view/frame/frame';

declare global {
  interface Window {
    readonly assay: Bridge;
  }
}

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

const bridge = window.assay;
const client = createClient();
window.addEventListener('message', (event) => {
  const [port] = event.ports;
  if (event.source === window && event.data === 'engine-port' && port !== undefined) client.attach(port);
});

const deps: Deps = {
  client,
  bridge,
  now: () => Date.now(),
  later(action, ms) {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
  memory: {
    get: (key) => localStorage.getItem(key),
    set: (key, value) => localStorage.setItem(key, value),
  },
};
const store = createAssayStore(deps);

createRoot(root).render(
  <AssayContext value={{ store, client, bridge }}>
    <Frame />
  </AssayContext>,
);
begin(store, deps);
