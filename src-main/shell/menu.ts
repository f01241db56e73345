/**
 * The menus. Visible on a Mac; elsewhere they only carry the keys of the system's own commands.
 */
import { Menu, type MenuItemConstructorOptions } from 'electron';

/** Builds the menus; `choose` is told the id of a command of the window. */
export function setMenu(choose: (command: string) => void, development: boolean): void {
  // The window handles these keys itself, because only it knows whether a text is being edited.
  const item = (label: string, command: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator ? { accelerator } : {}),
    registerAccelerator: false,
    click: () => choose(command),
  });
  const mac = process.platform === 'darwin';
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(mac ? [{ role: 'appMenu' as const }] : []),
      {
        label: 'File',
        submenu: [
          item('New Design', 'new', 'CommandOrControl+N'),
          item('Open Files…', 'open-files', 'CommandOrControl+O'),
          item('Open Design…', 'open-design', 'Shift+CommandOrControl+O'),
          ...(mac
            ? [{ role: 'recentDocuments' as const, submenu: [{ role: 'clearRecentDocuments' as const }] }]
            : []),
          { type: 'separator' },
          item('Save Design', 'save', 'CommandOrControl+S'),
          item('Save Design As…', 'save-as', 'Shift+CommandOrControl+S'),
          item('Export Spec…', 'export', 'CommandOrControl+E'),
          { type: 'separator' },
          { role: mac ? 'close' : 'quit' },
        ],
      },
      {
        label: 'Edit',
        submenu: [
          item('Undo', 'undo', 'CommandOrControl+Z'),
          item('Redo', 'redo', 'Shift+CommandOrControl+Z'),
          { type: 'separator' },
          { role: 'cut' },
          { role: 'copy' },
          { role: 'paste' },
          { role: 'selectAll' },
        ],
      },
      {
        label: 'View',
        submenu: [
          item('Data', 'data', 'CommandOrControl+1'),
          item('Profile', 'profile', 'CommandOrControl+2'),
          item('Model', 'model', 'CommandOrControl+3'),
          item('Explore', 'explore', 'CommandOrControl+4'),
          item('Spec', 'spec', 'CommandOrControl+5'),
          item('Import', 'import'),
          { type: 'separator' },
          item('Sources', 'toggle-tree', 'CommandOrControl+B'),
          item('Inspector', 'toggle-inspector', 'CommandOrControl+I'),
          item('Problems, Jobs and History', 'toggle-bottom', 'CommandOrControl+J'),
          { type: 'separator' },
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
          { role: 'togglefullscreen' },
          ...(development ? [{ role: 'toggleDevTools' as const }, { role: 'reload' as const }] : []),
        ],
      },
      ...(mac ? [{ role: 'windowMenu' as const }] : []),
      {
        role: 'help',
        submenu: [item('Keyboard Shortcuts', 'shortcuts'), item('Try the Sample', 'sample')],
      },
    ]),
  );
}
