import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  test: {
    include: ['test/{core,engine,cli,renderer,house,run,source}/**/*.test.{ts,tsx}', 'test/*.test.ts'],
    env: { TZ: 'UTC' },
    pool: 'forks',
    testTimeout: 30_000,
    reporters: process.env.CI ? ['dot'] : ['default'],
  },
});
