/**
 * The window: one, with its own title bar, where it was the last time.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { BrowserWindow, nativeTheme, type Rectangle, screen } from 'electron';

const least = { width: 1024, height: 700 };
const usual = { width: 1280, height: 800 };

interface Kept extends Rectangle {
  readonly maximized: boolean;
}

function recall(file: string): Partial<Kept> {
  if (!existsSync(file)) return {};
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as Partial<Kept>;
    const numbers = [kept.x, kept.y, kept.width, kept.height];
    return numbers.every((n) => typeof n === 'number' && Number.isFinite(n)) && isOnScreen(kept as Kept)
      ? kept
      : {};
  } catch {
    // A damaged note is worth no message: the window opens in the middle.
    return {};
  }
}

/** Whether enough of the title bar is on some screen to be taken hold of. A headless screen is 1 × 1 and holds nothing. */
function isOnScreen({ x, y, width }: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea: area }) => {
    const seen = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
    return seen >= 200 && y >= area.y && y <= area.y + area.height - 60;
  });
}

export interface WindowOptions {
  readonly preload: string;
  /** Where the bounds are kept. */
  readonly file: string;
  readonly version: string;
  /** A development server, or the bundle. */
  readonly url: string;
  /** The user or the system wants the window closed; the page answers by closing it. */
  readonly closeAsked: () => void;
}

export function openWindow({ preload, file, version, url, closeAsked }: WindowOptions): BrowserWindow {
  const kept = recall(file);
  const { x, y } = kept;
  const window = new BrowserWindow({
    width: Math.max(kept.width ?? usual.width, least.width),
    height: Math.max(kept.height ?? usual.height, least.height),
    ...(x !== undefined && y !== undefined ? { x, y } : {}),
    minWidth: least.width,
    minHeight: least.height,
    // A native frame is never drawn: the page has its own title bar, and without a display a framed window cannot open.
    ...(process.platform === 'darwin'
      ? { titleBarStyle: 'hidden' as const, trafficLightPosition: { x: 12, y: 10 } }
      : { frame: false }),
    title: 'Assay',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#14161b' : '#f6f7f9',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      additionalArguments: [`--assay-version=${version}`],
    },
  });
  if (kept.maximized) window.maximize();

  let loaded = false;
  window.webContents.on('did-finish-load', () => {
    loaded = true;
  });
  window.webContents.on('render-process-gone', () => {
    loaded = false;
  });
  window.on('close', (event) => {
    writeFileSync(file, JSON.stringify({ ...window.getNormalBounds(), maximized: window.isMaximized() }));
    // A page that cannot answer is not asked.
    if (!loaded) return;
    event.preventDefault();
    closeAsked();
  });
  void window.loadURL(url);
  return window;
}
