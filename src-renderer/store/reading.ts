/**
 * Reading sources for the design: remembers as what each was read, so that a source is read again only if its path,
 * its dialect or its query is another.
 */
import type { Reply } from '#contract';
import type { DesignSource } from '#core/design/design';
import type { Dialect, Part } from '#core/source/receipt';
import type { Table } from '#core/table';
import type { Client } from '../client';

type Read = Pick<DesignSource, 'path' | 'dialect' | 'part' | 'query'>;

export interface Reader {
  /** Reads a file; without a name the service finds one. */
  open(
    path: string,
    name?: string,
    dialect?: Partial<Dialect>,
    first?: boolean,
    part?: Part,
  ): Promise<Reply<Table>>;
  /** Makes a table by a query. */
  derive(name: string, query: string, first?: boolean): Promise<Reply<Table>>;
  /** Reads or makes the table of a source of the design. */
  read(source: Pick<DesignSource, 'name'> & Read, first?: boolean): Promise<Reply<Table>>;
  /** Notes that this is what the table now holds. */
  note(name: string, read: Read): void;
  /** Whether the table of this name already holds this. */
  holds(name: string, read: Read): boolean;
  forget(name: string): void;
}

export function createReader(client: Client): Reader {
  const held = new Map<string, string>();
  const mark = (read: Read) =>
    JSON.stringify([
      read.path,
      Object.entries(read.dialect ?? {}).sort(),
      read.part ?? null,
      read.query ?? null,
    ]);
  const reader: Reader = {
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
    async derive(name, query, first = false) {
      const reply = await client.ask('source:derive', { name, query }, { first });
      if (reply.ok) held.set(name, mark({ path: '', query }));
      return reply;
    },
    read({ name, path, dialect, part, query }, first = false) {
      return query === undefined
        ? reader.open(path, name, dialect, first, part)
        : reader.derive(name, query, first);
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
  return reader;
}
