/**
 * The bridge between the window and the shell. No logic: it passes words on, and hands the port to the page.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge, HostState } from './contract';

/** The page, as far as this script sees it; the rooms of this side know no DOM. */
declare const window: {
  postMessage(message: string, origin: string, ports: readonly unknown[]): void;
  readonly location: { readonly origin: string };
};

const argument = (name: string) =>
  process.argv.find((a) => a.startsWith(`--${name}=`))?.slice(name.length + 3) ?? '';

ipcRenderer.on('assay:port', (event) => {
  window.postMessage('engine-port', window.location.origin, [...event.ports]);
});

const bridge: Bridge = {
  connect: () => ipcRenderer.send('assay:want-port'),
  pathOf: (file) => webUtils.getPathForFile(file),
  openFiles: () => ipcRenderer.invoke('assay:open-files'),
  openDesign: () => ipcRenderer.invoke('assay:open-design'),
  saveDesign: (suggested) => ipcRenderer.invoke('assay:save-design', suggested),
  saveReport: (suggested) => ipcRenderer.invoke('assay:save-report', suggested),
  saveFigures: (suggested) => ipcRenderer.invoke('assay:save-figures', suggested),
  chooseFolder: () => ipcRenderer.invoke('assay:choose-folder'),
  showItem: (path) => ipcRenderer.send('assay:show-item', path),
  recent: () => ipcRenderer.invoke('assay:recent'),
  noteRecent: (path, kind) => ipcRenderer.send('assay:note-recent', path, kind),
  onOpenPaths: (listener) =>
    void ipcRenderer.on('assay:open-paths', (_, paths: readonly string[]) => listener(paths)),
  onHost: (listener) => void ipcRenderer.on('assay:host', (_, state: HostState) => listener(state)),
  onMenu: (listener) => void ipcRenderer.on('assay:menu', (_, command: string) => listener(command)),
  window: (action) => ipcRenderer.send('assay:window', action),
  onCloseAsked: (listener) => void ipcRenderer.on('assay:close-asked', () => listener()),
  platform: process.platform,
  version: argument('assay-version'),
};

contextBridge.exposeInMainWorld('assay', bridge);
