/**
 * The real app, started for a test: own user data, no display needed, the sandbox on where the machine allows it.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { project } from '../../resources/run/project.mjs';
import { describe as describeRuntime, resolveRuntime } from '../../resources/run/runtime.mjs';
import { launchFlags, missingPackages, shortfall } from '../../resources/run/system.mjs';

const START_MILLISECONDS = 30_000;
const CLOSE_MILLISECONDS = 5_000;

/** How to start the app. */
export interface Launch {
  /** Files given on the command line. Default: none. */
  readonly files?: readonly string[];
  /** Folder for everything the app keeps. Default: a new one, removed on close; a given one is kept. */
  readonly userData?: string;
  /** What the system prefers, as the window sees it. Default: light. */
  readonly colorScheme?: 'light' | 'dark';
  /** Size of the window's content in CSS pixels. Default: as the app opens it. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Environment variables beside those of the test run. */
  readonly env?: Readonly<Record<string, string>>;
  /** Program of a packaged app to start instead of the built sources. */
  readonly packaged?: string;
}

/** A running app. */
export interface Launched {
  readonly app: ElectronApplication;
  /** The first window, loaded. */
  readonly page: Page;
  readonly userData: string;
  /** Ends the app, by force if it does not go by itself, and removes a user data folder of ours. */
  close(): Promise<void>;
}

/**
 * Start the app and wait until its first window has content.
 *
 * @throws Error At once, and with what to do, if the app is not built, there is no runtime, or the system lacks a library.
 */
export async function launchApp(launch: Launch = {}): Promise<Launched> {
  const { files = [], colorScheme = 'light', size, env = {}, packaged } = launch;
  const executable = packaged ?? (await runtimeForTests());
  const lacks = missingPackages(executable);
  if (lacks.libraries.length > 0) {
    throw new Error(
      shortfall(lacks, { asRoot: process.getuid?.() === 0, apt: existsSync('/etc/debian_version') }),
    );
  }
  const { flags } = await launchFlags(executable);
  const userData = launch.userData ?? mkdtempSync(path.join(tmpdir(), 'assay-user-data-'));
  const discard = () => {
    if (launch.userData === undefined) rmSync(userData, { recursive: true, force: true, maxRetries: 10 });
  };

  let app: ElectronApplication | undefined;
  const end = async () => {
    if (app) await closeApp(app);
    discard();
  };
  try {
    app = await _electron.launch({
      executablePath: executable,
      args: [...flags, ...(packaged ? [] : [project]), ...files],
      cwd: project,
      env: { ...inherited(), TZ: 'UTC', ...env, ASSAY_USER_DATA: userData },
      chromiumSandbox: !flags.includes('--no-sandbox'),
      colorScheme,
      timeout: START_MILLISECONDS,
    });
    const page = await app.firstWindow({ timeout: START_MILLISECONDS });
    await page.waitForSelector('#root > *', { state: 'attached', timeout: START_MILLISECONDS });
    if (size) await resize(app, page, size);
    return { app, page, userData, close: end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** The runtime's program; never fetched here, so that a test does not wait for a download. */
async function runtimeForTests(): Promise<string> {
  if (!existsSync(path.join(project, 'out', 'main', 'index.js'))) {
    throw new Error('The app is not built, so it cannot be tested. Build it: npm run build');
  }
  return (await resolveRuntime({ download: false })).executable;
}

/** Which runtime the tests use and why, in one line. */
export async function runtimeWords(): Promise<string> {
  return describeRuntime(await resolveRuntime({ download: false }));
}

/** The environment of the test run, without what would reach into the app under test. */
function inherited(): Record<string, string> {
  const own = /^(ELECTRON_RUN_AS_NODE|NODE_OPTIONS|NODE_ENV|VITEST.*|ASSAY_.*|FORCE_COLOR)$/;
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || own.test(name) ? [] : [[name, value] as const],
    ),
  );
}

async function resize(
  app: ElectronApplication,
  page: Page,
  size: { width: number; height: number },
): Promise<void> {
  await app.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
  }, size);
  await page.waitForFunction(({ width, height }) => innerWidth === width && innerHeight === height, size);
}

/**
 * Ends the app: its windows go without the question about unsaved work, and it quits as after the last
 * window. If it does not, it is ended by force.
 */
async function closeApp(app: ElectronApplication): Promise<void> {
  const program = app.process();
  const gone = new Promise<void>((resolve) => {
    if (program.exitCode !== null || program.signalCode !== null) resolve();
    else program.once('exit', () => resolve());
  });
  const timer = setTimeout(() => {
    if (program.exitCode === null) killGroup(program.pid);
  }, CLOSE_MILLISECONDS);
  const windowsGone = app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.destroy();
  });
  // The connection may break while it waits for an answer; that the program is gone is what counts.
  await Promise.allSettled([windowsGone, gone]);
  clearTimeout(timer);
  await app.close();
}

/** Ends a program with the processes it started, which would still write into its folder. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  // On Windows there are no groups.
  process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
}
