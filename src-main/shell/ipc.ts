/**
 * One door for what the window says to the shell: for our own page and no one else.
 */
import { ipcMain, type WebContents, type WebFrameMain } from 'electron';

/** What both kinds of events tell about who sent them. */
export interface Sender {
  readonly sender: WebContents;
  readonly senderFrame: WebFrameMain | null;
}

export interface Doors {
  /** Questions with an answer. */
  readonly questions: Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>>;
  /** Words without one. */
  readonly words: Readonly<Record<string, (...args: readonly unknown[]) => void>>;
}

/**
 * Opens the doors. A question of an unknown sender is rejected, a word of one is dropped; both are told to `refused`.
 *
 * @param isOurs Whether an event comes from the main frame of our window, showing our page.
 */
export function serve(
  doors: Doors,
  isOurs: (from: Sender) => boolean,
  refused: (door: string) => void,
): void {
  for (const [name, answer] of Object.entries(doors.questions)) {
    ipcMain.handle(`assay:${name}`, (event, ...args: unknown[]) => {
      if (isOurs(event)) return answer(...args);
      refused(name);
      throw new Error(`unknown sender: assay:${name}`);
    });
  }
  for (const [name, hear] of Object.entries(doors.words)) {
    ipcMain.on(`assay:${name}`, (event, ...args: unknown[]) => {
      if (isOurs(event)) hear(...args);
      else refused(name);
    });
  }
}
