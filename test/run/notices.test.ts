import { describe, expect, it } from 'vitest';
import { importedPackages, noticesText, withDependencies } from '../../resources/run/notices.mjs';

describe('the notices', () => {
  it('start from what the sources import, but neither types, nor our own files, nor Node', () => {
    const source = `
      import React, { useState } from 'react';
      import type { Table } from 'apache-arrow';
      import {
        EditorView,
      } from "@codemirror/view";
      import '@fontsource-variable/inter/opsz.css';
      import { sum } from '#core/sum';
      import { near } from './near';
      import { readFileSync } from 'node:fs';
      import path from 'path';
      // import 'commented';
      const later = await import('sql-formatter');
      export * from 'zod/v4';
      @import url("@mantine/core/styles.css");
    `;
    expect(importedPackages(source)).toEqual([
      '@codemirror/view',
      '@fontsource-variable/inter',
      '@mantine/core',
      'react',
      'sql-formatter',
      'zod',
    ]);
  });

  it('follow dependencies as Node finds them, the nested version before the outer one', () => {
    const locked = {
      'node_modules/a': {
        dependencies: { b: '1', '@types/b': '1' },
        optionalDependencies: { mac: '1', never: '1' },
      },
      'node_modules/a/node_modules/b': { version: '1', dependencies: { c: '1' } },
      'node_modules/b': { version: '2' },
      'node_modules/c': {
        dependencies: { a: '1' },
        peerDependencies: { d: '1', e: '1' },
        peerDependenciesMeta: { e: { optional: true } },
      },
      'node_modules/d': {},
      'node_modules/e': {},
      'node_modules/mac': {},
      'node_modules/@types/b': {},
    };
    expect(
      withDependencies(['a'], locked).map(({ at, parent }) => (parent ? `${at} < ${parent}` : at)),
    ).toEqual([
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/c',
      'node_modules/d',
      'node_modules/mac < node_modules/a',
    ]);
  });

  it('refuse a package the lock file does not know', () => {
    expect(() => withDependencies(['nowhere'], {})).toThrow(
      'nowhere, needed by the sources, is not in the lock file',
    );
  });

  it('hold each text once, with all it covers', () => {
    const text = noticesText([
      { name: 'a', version: '1', license: 'MIT', text: 'Do as you like.' },
      { name: 'b', version: '2', license: 'MIT', text: 'Do as you like.' },
      { name: 'c', version: '3', license: 'ISC', text: '' },
    ]);
    expect(text.match(/Do as you like\./g)).toHaveLength(1);
    expect(text).toContain('a 1 (MIT)\nb 2 (MIT)\n\nDo as you like.');
    expect(text).toContain('c 3 (ISC)\n\nLicensed under ISC; the package brings no text of its own.');
  });
});
