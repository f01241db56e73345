/**
 * The page is shut in: no Node, no new windows, no network, no files beside its own.
 */
import { expect, test } from '@playwright/test';
import { type Launched, launchApp } from '../support/app';

let window: Launched;

test.beforeAll(async () => {
  window = await launchApp();
});

test.afterAll(async () => {
  await window?.close();
});

test('the page has neither require nor process nor Electron', async () => {
  const found = await window.page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'].filter(
      (name) => name in globalThis,
    ),
  );
  expect(found).toEqual([]);
});

test('the page is isolated from the preload script, and sandboxed', async () => {
  const preferences = await window.app.evaluate(({ BrowserWindow }) => {
    const [first] = BrowserWindow.getAllWindows();
    const all = first?.webContents as unknown as {
      getLastWebPreferences(): { contextIsolation: boolean; nodeIntegration: boolean; sandbox: boolean };
    };
    const { contextIsolation, nodeIntegration, sandbox } = all.getLastWebPreferences();
    return { contextIsolation, nodeIntegration, sandbox };
  });
  expect(preferences).toEqual({ contextIsolation: true, nodeIntegration: false, sandbox: true });
});

test('no other window opens', async () => {
  expect(await window.page.evaluate(() => open('https://example.com/') === null)).toBe(true);
  expect(window.app.windows()).toHaveLength(1);
});

test('the page does not leave the bundle', async () => {
  await window.page.evaluate(() => {
    location.href = 'https://example.com/';
  });
  await window.page.waitForTimeout(200);
  expect(new URL(window.page.url()).href).toMatch(/^app:\/\/bundle\//);
});

test('nothing is fetched from anywhere else', async () => {
  const refused = await window.page.evaluate(async () => {
    const violated = new Promise<string>((resolve) => {
      addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
        once: true,
      });
    });
    const fetched = await fetch('https://example.com/').then(
      () => 'fetched',
      () => 'refused',
    );
    return { fetched, directive: await violated };
  });
  expect(refused).toEqual({ fetched: 'refused', directive: 'connect-src' });
});

test('a script written into the page does not run', async () => {
  const ran = await window.page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.ranInline = true';
    document.body.append(script);
    return 'ranInline' in globalThis;
  });
  expect(ran).toBe(false);
});

for (const [words, url] of [
  ['with dots', 'app://bundle/../package.json'],
  ['with escaped dots', 'app://bundle/%2e%2e%2fpackage.json'],
  ['with escaped slashes', 'app://bundle/assets%2f..%2f..%2f..%2fpackage.json'],
  ['on another host', 'app://elsewhere/index.html'],
] as const) {
  test(`a path out of the bundle ${words} is refused`, async () => {
    const status = await window.page.evaluate(
      (address) =>
        fetch(address).then(
          (response) => response.status,
          () => 0,
        ),
      url,
    );
    expect([0, 403, 404]).toContain(status);
  });
}
