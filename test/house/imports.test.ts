import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { expect, it } from 'vitest';

/**
 * The import rule of the house, read from every import of every file: arrows only go down, places do not import places,
 * and each outside library is named in its own room only.
 */
const root = join(import.meta.dirname, '../..');

type Room =
  | 'core'
  | 'core/compare'
  | 'core/source'
  | 'core/profile'
  | 'core/missing'
  | 'core/design'
  | 'core/export'
  | 'core/report'
  | 'core/relation'
  | 'core/outlier'
  | 'core/join'
  | 'core/grain'
  | 'core/explore'
  | 'core/lint'
  | 'contract'
  | 'engine'
  | 'service'
  | 'cli'
  | 'host'
  | 'shell'
  | 'preload'
  | 'main'
  | 'client'
  | 'store'
  | 'hooks'
  | 'style'
  | 'view/chart'
  | 'view/ui'
  | 'view/code'
  | `view/${string}`;

/** The room of a file, or null if it stands in none. */
function roomOf(path: string): Room | null {
  const core =
    /^src-main\/core\/(?:(compare|source|profile|outlier|missing|design|export|report|relation|join|grain|explore|lint)\/(?:(?:(?<=profile\/)alert|(?<=design\/)query)\/)?)?[^/]+\.ts$/.exec(
      path,
    );
  if (core) return core[1] ? (`core/${core[1]}` as Room) : 'core';
  const single: Record<string, Room> = {
    'src-main/contract.ts': 'contract',
    'src-main/service.ts': 'service',
    'src-main/cli.ts': 'cli',
    'src-main/host.ts': 'host',
    'src-main/preload.ts': 'preload',
    'src-renderer/main.tsx': 'main',
    'src-renderer/client.ts': 'client',
    'src-renderer/store/hooks.ts': 'hooks',
  };
  if (single[path]) return single[path];
  if (/^src-main\/cli\/[^/]+\.ts$/.test(path)) return 'cli';
  if (/^src-main\/engine\/[^/]+\.ts$/.test(path)) return 'engine';
  if (/^src-main\/shell\/[^/]+\.ts$/.test(path)) return 'shell';
  if (/^src-renderer\/store\/[^/]+\.ts$/.test(path)) return 'store';
  if (/^src-renderer\/style\/[^/]+\.(ts|css)$/.test(path)) return 'style';
  const view = /^src-renderer\/view\/([a-z]+)\/[^/]+\.(tsx?|css)$/.exec(path);
  return view ? `view/${view[1]}` : null;
}

const core: Room[] = [
  'core',
  'core/compare',
  'core/source',
  'core/profile',
  'core/outlier',
  'core/missing',
  'core/design',
  'core/export',
  'core/report',
  'core/relation',
  'core/join',
  'core/grain',
  'core/explore',
  'core/lint',
];
const shared: Room[] = ['view/ui', 'view/chart', 'view/code'];
const visible: Room[] = [...core, 'contract'];

/** What each room may import of our own, apart from itself. */
function mayImport(from: Room): readonly Room[] {
  switch (from) {
    case 'core':
      return core;
    case 'core/source':
      return ['core'];
    case 'core/profile':
      return ['core', 'core/source'];
    case 'core/compare':
    case 'core/relation':
    case 'core/missing':
      return ['core', 'core/source', 'core/profile'];
    case 'core/grain':
      return ['core', 'core/source', 'core/profile'];
    case 'core/join':
      return ['core', 'core/source', 'core/profile', 'core/design', 'core/grain'];
    case 'core/design':
      return ['core', 'core/source'];
    case 'core/lint':
      return ['core', 'core/source', 'core/profile', 'core/design'];
    case 'core/explore':
      return ['core', 'core/design'];
    case 'core/export':
      return ['core', 'core/source', 'core/design'];
    case 'core/outlier':
      return ['core', 'core/source', 'core/profile'];
    case 'core/report':
      return core;
    case 'contract':
      return core;
    case 'engine':
      return [...core, 'contract'];
    case 'service':
      return [...core, 'contract', 'engine'];
    case 'cli':
    case 'host':
      return [...core, 'contract', 'engine', 'service'];
    case 'shell':
      return [...core, 'contract', 'engine', 'service', 'host'];
    case 'preload':
      return ['contract'];
    case 'client':
      return visible;
    case 'store':
      return [...visible, 'client'];
    case 'hooks':
      return [...visible, 'client', 'store'];
    case 'main':
      return [...visible, 'client', 'store', 'hooks', 'style', 'view/frame'];
    case 'style':
      return [];
    case 'view/ui':
    case 'view/chart':
    case 'view/code':
      return [...visible, 'style', 'view/ui'];
    case 'view/frame':
      return [
        ...visible,
        'store',
        'hooks',
        'style',
        ...shared,
        'view/data',
        'view/profile',
        'view/model',
        'view/explore',
        'view/spec',
        'view/inspector',
        'view/import',
      ];
    default:
      return [...visible, 'store', 'hooks', 'style', ...shared];
  }
}

/** Outside libraries that belong to rooms; a name ends in `*` for a family. */
const owned: readonly { readonly name: RegExp; readonly rooms: (room: Room) => boolean }[] = [
  { name: /^electron($|-log)/, rooms: (r) => r === 'shell' || r === 'host' || r === 'preload' },
  { name: /^@duckdb\//, rooms: (r) => r === 'engine' },
  { name: /^apache-arrow/, rooms: (r) => r === 'engine' || r === 'client' },
  { name: /^(react|react-dom)($|\/)/, rooms: (r) => r.startsWith('view/') || r === 'hooks' || r === 'main' },
  { name: /^recharts/, rooms: (r) => r === 'view/chart' },
  { name: /^(@codemirror|@lezer)\//, rooms: (r) => r === 'view/code' },
  { name: /^ag-grid/, rooms: (r) => r === 'view/data' },
  { name: /^node:/, rooms: (r) => ['engine', 'service', 'cli', 'host', 'shell'].includes(r) },
  { name: /^(commander|cli-progress)$/, rooms: (r) => r === 'cli' },
];
/** Pure libraries that core may use; everything else stays out of it. */
const pure = new Set(['yaml', 'zod', 'sql-formatter']);

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((f) => f.isFile() && !f.name.startsWith('tsconfig'))
    .map((f) => relative(root, join(f.parentPath, f.name)).split(sep).join('/'));
}

const importOf =
  /(?:^|\n)\s*(?:import|export)\s[^'";]*?from\s*'([^']+)'|(?:^|\n)\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g;

/** Every import of a file with what it names, our own as a path in the project. */
function importsOf(path: string, text: string): { readonly named: string; readonly own: string | null }[] {
  return [...text.matchAll(importOf)].map((match) => {
    const named = match[1] ?? match[2] ?? match[3] ?? '';
    if (named.startsWith('#core/')) return { named, own: `src-main/core/${named.slice(6)}.ts` };
    if (named === '#contract') return { named, own: 'src-main/contract.ts' };
    if (!named.startsWith('.')) return { named, own: null };
    const target = relative(root, join(root, path, '..', named))
      .split(sep)
      .join('/');
    return { named, own: /\.(css|tsx?)$/.test(target) ? target : `${target}.ts` };
  });
}

/** What breaks the rule in a file. */
function broken(path: string, text: string): string[] {
  const room = roomOf(path);
  if (room === null) return [`${path} stands in no room`];
  return importsOf(path, text).flatMap(({ named, own }) => {
    if (own !== null) {
      const target = roomOf(own);
      if (target === null) return [`${path} imports ${named}, which stands in no room`];
      return target === room || mayImport(room).includes(target)
        ? []
        : [`${path} (${room}) imports ${named} (${target})`];
    }
    const owner = owned.find((o) => o.name.test(named));
    if (owner && !owner.rooms(room)) return [`${path} (${room}) names ${named}`];
    if (room.startsWith('core') && !pure.has(named)) return [`${path} (${room}) names ${named}`];
    return [];
  });
}

const sources = [...filesBelow('src-main'), ...filesBelow('src-renderer')].filter((f) =>
  /\.(tsx?|css)$/.test(f),
);

it('every file stands in a room and imports only downwards', () => {
  expect(sources.length).toBeGreaterThan(50);
  expect(sources.flatMap((path) => broken(path, readFileSync(join(root, path), 'utf8')))).toEqual([]);
});

it.each([
  ['src-main/core/table.ts', "import { x } from '../engine/session';"],
  ['src-main/core/profile/plan.ts', "import type { Design } from '../design/design';"],
  ['src-main/core/sql.ts', "import { join } from 'node:path';"],
  ['src-main/service.ts', "import { DuckDBInstance } from '@duckdb/node-api';"],
  ['src-renderer/view/model/x.tsx', "import { y } from '../spec/spec-place';"],
  ['src-renderer/view/chart/x.tsx', "import { useAssay } from '../../store/hooks';"],
  ['src-renderer/store/sources.ts', "import { useState } from 'react';"],
  ['src-renderer/client.ts', "import { startService } from '../src-main/service';"],
  ['src-main/elsewhere.ts', ''],
])('%s may not hold %s', (path, text) => {
  expect(broken(path, text)).not.toEqual([]);
});
