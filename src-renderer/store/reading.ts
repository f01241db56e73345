/**
 * Reading sources for the design: remembers as what each was read, so that a source is read again only if its path or its
 * dialect is another.
 */
import type { Reply } from '#contract';
import type { DesignSource } from '#core/design/design';
import type { Dialect, Part } from '#core/source/receipt';
import type { Table } from '#core/table';
import type { Client } from '../client';

type Read = Pick<DesignSource, 'path' | 'dialect' | 'part'>;

export interface Reader {
  /** Reads a file; without a name the service finds one. */
  open(
    path: string,
    name?: string,
    dialect?: Partial<Dialect>,
    first?: boolean,
    part?: Part,
  ): Promise<Reply<Table>>;
  /** Notes that this is what the table now holds. */
  note(name: string, read: Read): void;
  /** Whether the table of this name already holds this. */
  holds(name: string, read: Read): boolean;
  forget(name: string): void;
}

export function createReader(client: Client): Reader {
  const held = new Map<string, string>();
  const mark = (read: Read) =>
    JSON.stringify([read.path, Object.entries(read.dialect ?? {}).sort(), read.part ?? null]);
  return {
    async open(path, name, dialect, first = false, part = undefined) {
      const ask = {
        path,
        ...(name === undefined ? {} : { name }),
        ...(dialect ? { dialect } : {}),
        ...(part ? { part } : {}),
      };
      const reply = await client.ask('source:open', ask, { first });
      if (reply.ok)
        held.set(
          reply.value.name,
          mark({
            path: reply.value.source.path,
            ...(dialect ? { dialect } : {}),
            ...(reply.value.source.part ? { part: reply.value.source.part } : {}),
          }),
        );
      return reply;
    },
    note(name, read) {
      held.set(name, mark(read));
    },
    holds(name, read) {
      return held.get(name) === mark(read);
    },
    forget(name) {
      held.delete(name);
    },
  };
}
