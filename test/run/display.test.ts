import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { drawingFlags, findDisplay, x11Addresses } from '../../resources/run/display.mjs';

let folder: string;
let server: Server;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'assay-display-'));
  server = createServer();
  await new Promise<void>((resolve) => server.listen(path.join(folder, 'wayland-0'), resolve));
});
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

describe('the display', () => {
  it('is none on Linux if no variable names one, and always there elsewhere', async () => {
    expect(await findDisplay({}, 'linux')).toEqual({
      kind: 'none',
      why: 'There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set',
    });
    expect((await findDisplay({ DISPLAY: '' }, 'linux')).kind).toBe('none');
    expect((await findDisplay({}, 'darwin')).kind).toBe('native');
  });

  it('is none if nothing answers where a variable says', async () => {
    const env = { DISPLAY: 'not a display', WAYLAND_DISPLAY: 'wayland-7', XDG_RUNTIME_DIR: folder };
    expect(await findDisplay(env, 'linux')).toEqual({
      kind: 'none',
      why: 'There is no display: DISPLAY is not a display and WAYLAND_DISPLAY is wayland-7, but nothing answers there',
    });
  });

  it('is Wayland if that answers and X11 does not', async () => {
    const env = { DISPLAY: '?', WAYLAND_DISPLAY: 'wayland-0', XDG_RUNTIME_DIR: folder };
    expect((await findDisplay(env, 'linux')).kind).toBe('wayland');
  });

  it('of X11 is a local socket or a port, by its name', () => {
    expect(x11Addresses(':0')[0]).toEqual({ path: '/tmp/.X11-unix/X0' });
    expect(x11Addresses('unix:12.0')[0]).toEqual({ path: '/tmp/.X11-unix/X12' });
    expect(x11Addresses('localhost:10.0')).toEqual([{ host: 'localhost', port: 6010 }]);
    expect(x11Addresses('nothing')).toEqual([]);
  });

  it('decides the switches', () => {
    expect(drawingFlags('none')).toEqual(['--ozone-platform=headless']);
    expect(drawingFlags('wayland')).toEqual(['--ozone-platform=wayland']);
    expect([drawingFlags('x11'), drawingFlags('native')]).toEqual([[], []]);
  });
});
