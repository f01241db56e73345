/**
 * The life of the app: one instance, one host, one window, and no way out of the bundle.
 */
import { join } from 'node:path';
import { app, type BrowserWindow, session, shell } from 'electron';
import log from 'electron-log/main';
import type { Recent } from '../contract';
import { cacheFolder, dataFolder } from '../engine/folders';
import { pathsOf } from './arguments';
import { chooseFolder, openDesign, openFiles, saveDesign, saveFigures, saveReport } from './dialogs';
import { type HostLife, startHost } from './host-life';
import { type Sender, serve } from './ipc';
import { setMenu } from './menu';
import { declareScheme, pageUrl, serveBundle } from './protocol';
import { recentFiles } from './recent';
import { openWindow } from './window';

// The window and the command line share their data, wherever the app was started from.
const userData = dataFolder();
app.setPath('userData', userData);
const development = !app.isPackaged;
const url = (development && process.env.ELECTRON_RENDERER_URL) || pageUrl;

/** What is shipped beside the bundle. */
const resources = development ? join(import.meta.dirname, '..', '..', 'resources') : process.resourcesPath;

log.transports.file.resolvePathFn = () => join(userData, 'logs', 'main.log');
log.transports.console.level = development ? 'warn' : false;
log.errorHandler.startCatching({ showDialog: false });

declareScheme();
// As root the sandbox is switched off from outside; asking for it then would end every child.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();

if (app.requestSingleInstanceLock()) begin();
else app.quit();

function begin(): void {
  let window: BrowserWindow | null = null;
  let host: HostLife | null = null;
  let listening = false;
  let toOpen = [...pathsOf(process.argv, process.cwd(), process.defaultApp === true)];

  const send = (channel: string, ...args: readonly unknown[]) => {
    if (window !== null && !window.isDestroyed()) window.webContents.send(`assay:${channel}`, ...args);
  };
  const openPaths = (paths: readonly string[]) => {
    if (listening) send('open-paths', paths);
    else toOpen.push(...paths);
  };
  const bringForward = () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  };

  app.on('open-file', (event, path) => {
    event.preventDefault();
    openPaths([path]);
  });
  app.on('second-instance', (_, argv, folder) => {
    bringForward();
    const paths = pathsOf(argv, folder, process.defaultApp === true);
    if (paths.length > 0) openPaths(paths);
  });
  app.on('web-contents-created', (_, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', () => host?.end());

  const isOurs = (from: Sender) =>
    window !== null &&
    from.sender === window.webContents &&
    from.senderFrame === window.webContents.mainFrame &&
    new URL(from.senderFrame.url).origin === new URL(url).origin;

  const over = () => {
    if (window === null) throw new Error('no window');
    return window;
  };

  const openDoors = () => {
    const recent = recentFiles(join(userData, 'recent.json'));
    serve(
      {
        questions: {
          'open-files': () => openFiles(over()),
          'open-design': () => openDesign(over()),
          'save-design': (suggested) => saveDesign(over(), String(suggested)),
          'save-report': (suggested) => saveReport(over(), String(suggested)),
          'save-figures': (suggested) => saveFigures(over(), String(suggested)),
          'choose-folder': () => chooseFolder(over()),
          recent: async () => recent.list(),
        },
        words: {
          'want-port': () => {
            listening = true;
            if (host !== null) send('host', host.state);
            host?.wantPort();
            const paths = toOpen;
            toOpen = [];
            if (paths.length > 0) send('open-paths', paths);
          },
          'show-item': (path) => shell.showItemInFolder(String(path)),
          'note-recent': (path, kind) => {
            if (kind === 'source' || kind === 'design') recent.note(String(path), kind as Recent['kind']);
          },
          window: (action) => {
            if (action === 'minimize') window?.minimize();
            else if (action === 'maximize') {
              if (window?.isMaximized()) window.unmaximize();
              else window?.maximize();
            } else if (action === 'close') window?.destroy();
          },
        },
      },
      isOurs,
      (door) => log.warn(`refused an unknown sender at ${door}`),
    );
  };

  void app.whenReady().then(() => {
    host = startHost({
      entry: join(import.meta.dirname, 'host.js'),
      args: [
        `--user-data=${userData}`,
        `--cache=${cacheFolder()}`,
        `--sample=${join(resources, 'sample')}`,
        `--version=${app.getVersion()}`,
        ...(process.env.ASSAY_MEMORY ? [`--memory=${process.env.ASSAY_MEMORY}`] : []),
      ],
      hand: (port) => window?.webContents.postMessage('assay:port', null, [port]),
      tell: (state) => send('host', state),
      log: (level, text) => log[level](text),
    });
    serveBundle(join(import.meta.dirname, '..', 'renderer'));
    // Text may be put on the clipboard; nothing else that a page can ask for is granted.
    const granted = (permission: string) => permission === 'clipboard-sanitized-write';
    session.defaultSession.setPermissionRequestHandler((_, permission, answer) =>
      answer(granted(permission)),
    );
    session.defaultSession.setPermissionCheckHandler((_, permission) => granted(permission));
    openDoors();
    setMenu((command) => send('menu', command), development);
    window = openWindow({
      preload: join(import.meta.dirname, '..', 'preload', 'index.cjs'),
      file: join(userData, 'window.json'),
      version: app.getVersion(),
      url,
      closeAsked: () => send('close-asked'),
    });
    window.on('closed', () => {
      window = null;
    });
  });
}
