import path from 'node:path';
import { defineConfig } from '@playwright/test';

/** The real window, one at a time: two apps would share the machine's two cores and each other's timing. */
export default defineConfig({
  testDir: import.meta.dirname,
  testMatch: '**/*.test.ts',
  outputDir: path.resolve(import.meta.dirname, '..', '..', 'test-results'),
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 120_000,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'line',
  use: { trace: 'retain-on-failure', video: 'off', screenshot: 'only-on-failure' },
});
