import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheFolders, fallback } from '../../resources/run/fallback.mjs';
import { alone } from '../../resources/run/lock.mjs';
import { describe as describeRuntime, RuntimeMissing, resolveRuntime } from '../../resources/run/runtime.mjs';

let root: string;
let cache: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'assay-runtime-'));
  cache = path.join(root, 'cache');
});
afterEach(() => rmSync(root, { recursive: true }));

function put(file: string, content: string): string {
  const place = path.join(root, file);
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, content);
  return place;
}

function putOfficial(version = '45.4.1', wanted = version): string {
  put('node_modules/electron/package.json', JSON.stringify({ version: wanted }));
  put('node_modules/electron/path.txt', 'electron');
  put('node_modules/electron/dist/version', version);
  return put('node_modules/electron/dist/electron', 'official');
}

function putFallback(recipe = 1): string {
  const executable = put(`cache/${fallback.folder}/electron`, 'fallback');
  chmodSync(executable, 0o755);
  put(`cache/${fallback.folder}/icudtl.dat`, 'data');
  put(`cache/${fallback.folder}/.ok`, JSON.stringify({ recipe, files: { electron: 8, 'icudtl.dat': 4 } }));
  return executable;
}

const ask = (env: NodeJS.ProcessEnv = {}, platform = 'linux', arch = 'x64') =>
  resolveRuntime({
    download: false,
    root,
    env,
    platform,
    arch,
    caches: [path.join(root, 'no-cache'), cache],
  });

describe('the runtime', () => {
  it('is what ELECTRON_OVERRIDE_DIST_PATH names, before anything else', async () => {
    putOfficial();
    putFallback();
    const executable = put('mine/electron', '');
    put('mine/version', 'v44.0.0\n');
    const found = await ask({ ELECTRON_OVERRIDE_DIST_PATH: path.join(root, 'mine') });
    expect(found).toMatchObject({ kind: 'override', executable, version: '44.0.0' });
  });

  it('is missing when the override names a folder without one, whatever else is there', async () => {
    putOfficial();
    await expect(ask({ ELECTRON_OVERRIDE_DIST_PATH: path.join(root, 'gone') })).rejects.toThrow(
      /gone\/electron does not exist[\s\S]*unset it/,
    );
  });

  it('is the official one before the fallback', async () => {
    const executable = putOfficial();
    putFallback();
    const found = await ask();
    expect(found).toMatchObject({ kind: 'official', executable, version: '45.4.1' });
    expect(describeRuntime(found)).toBe(
      'Electron 45.4.1 (official): it is the official runtime, already downloaded.',
    );
  });

  it('is not an official one of another version than the package', async () => {
    putOfficial('45.0.0', '45.4.1');
    const executable = putFallback();
    expect(await ask()).toMatchObject({ kind: 'fallback', executable, version: '33.2.1' });
  });

  it('is not a fallback that lacks a file, has a short one, or was put together another way', async () => {
    putFallback();
    rmSync(path.join(cache, fallback.folder, 'icudtl.dat'));
    await expect(ask()).rejects.toThrow(RuntimeMissing);
    put(`cache/${fallback.folder}/icudtl.dat`, 'cut');
    await expect(ask()).rejects.toThrow(RuntimeMissing);
    putFallback(0);
    await expect(ask()).rejects.toThrow(RuntimeMissing);
    putFallback();
    expect((await ask()).kind).toBe('fallback');
  });

  it('is never the fallback on another platform', async () => {
    putFallback();
    await expect(ask({}, 'darwin', 'arm64')).rejects.toThrow(RuntimeMissing);
    await expect(ask({}, 'linux', 'arm64')).rejects.toThrow(RuntimeMissing);
  });

  it('is missing with words on what was looked for and how to get one', async () => {
    await expect(ask()).rejects.toThrow(
      [
        'No Electron runtime is available.',
        '  - the official runtime is not downloaded',
        '  - the fallback is not in the cache',
        'What helps:',
        '  - fetch one: node resources/run/runtime.mjs',
      ].join('\n'),
    );
  });
});

describe('the cache of the fallback', () => {
  it('is the one of the user, and outside the checkout if there is a home', () => {
    expect(cacheFolders('/checkout', { XDG_CACHE_HOME: '/xdg', HOME: '/home/ada' })[0]).toBe('/xdg/assay');
    expect(cacheFolders('/checkout', { HOME: '/home/ada' })[0]).toBe('/home/ada/.cache/assay');
    expect(cacheFolders('/checkout', {})[0]).toBe('/checkout/node_modules/.cache/assay');
  });
});

describe('a lock', () => {
  it('lets one in at a time', async () => {
    const lock = path.join(root, 'lock');
    const order: string[] = [];
    const work = (name: string) => async () => {
      order.push(`${name} in`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`${name} out`);
    };
    await Promise.all([alone(lock, () => {}, work('a')), alone(lock, () => {}, work('b'))]);
    expect(order).toEqual(['a in', 'a out', 'b in', 'b out']);
  });

  it('of a process that is gone is taken over', async () => {
    // Above the greatest process id any Linux gives.
    const lock = put('lock', '4194305');
    expect(
      await alone(
        lock,
        () => {},
        async () => 'done',
      ),
    ).toBe('done');
  });
});
