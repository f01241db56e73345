/**
 * The life of the host process: started before the window, started again when it dies, spoken to by a port that is handed
 * over once and never listened to here.
 */
import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import type { HostState } from '../contract';

/** More restarts than this in a minute, and the host stays down: something is wrong that a restart does not mend. */
const restartsPerMinute = 5;

export interface HostLife {
  /** Hands a port over now if the host is up, and again after each restart. */
  wantPort(): void;
  readonly state: HostState;
  /** Ends the host for good. */
  end(): void;
}

export interface HostOptions {
  /** The built entry of the host. */
  readonly entry: string;
  readonly args: readonly string[];
  /** Takes a port to the window. */
  readonly hand: (port: MessagePortMain) => void;
  readonly tell: (state: HostState) => void;
  readonly log: (level: 'info' | 'warn' | 'error', text: string) => void;
}

export function startHost({ entry, args, hand, tell, log }: HostOptions): HostLife {
  let child: UtilityProcess | null = null;
  let up = false;
  let wanted = false;
  let ended = false;
  let state: HostState = { state: 'up' };
  let restarts: number[] = [];

  const say = (next: HostState) => {
    state = next;
    tell(next);
  };

  const handOver = () => {
    if (!wanted || !up || child === null) return;
    const { port1, port2 } = new MessageChannelMain();
    child.postMessage({ type: 'port' }, [port1]);
    hand(port2);
  };

  const restart = (reason: string) => {
    const now = Date.now();
    restarts = [...restarts.filter((at) => now - at < 60_000), now];
    if (restarts.length > restartsPerMinute) {
      log('error', `host stays down: ${reason}`);
      say({ state: 'down', reason: `${reason}, ${restartsPerMinute + 1} times within a minute` });
      return;
    }
    say({ state: 'restarting', reason });
    start();
  };

  const start = () => {
    const mine = utilityProcess.fork(entry, [...args], { serviceName: 'Assay engine', stdio: 'pipe' });
    child = mine;
    mine.stdout?.on('data', (data: Buffer) => log('info', data.toString().trimEnd()));
    mine.stderr?.on('data', (data: Buffer) => log('warn', data.toString().trimEnd()));
    mine.on('spawn', () => {
      up = true;
      log('info', `host is up, process ${mine.pid}`);
      say({ state: 'up' });
      handOver();
    });
    mine.on('exit', (code) => {
      up = false;
      child = null;
      if (ended) return;
      const reason = code === 0 ? 'the engine ended by itself' : `the engine ended with code ${code}`;
      log('error', reason);
      restart(reason);
    });
  };

  start();
  return {
    wantPort() {
      wanted = true;
      handOver();
    },
    get state() {
      return state;
    },
    end() {
      ended = true;
      child?.kill();
    },
  };
}
