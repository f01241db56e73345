/**
 * Answers to random questions over random models, beside those that Cube's compiler gave when they were recorded
 * (`npm run test:oracle -- record`). Where Cube finds no path, an answer of ours must at least be one.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { queryFor } from '#core/design/query';
import { ProblemError } from '#core/problem';
import { answerOf } from '../../oracle/answers';
import { randomModel, randomQuery } from '../../oracle/models';

interface Recorded {
  readonly models: readonly {
    readonly seed: number;
    readonly answers: readonly (readonly string[] | null)[];
  }[];
}

const { models } = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../golden/oracle.json'), 'utf8'),
) as Recorded;

it('questions over joined tables are answered as Cube answers them from the exported model', async () => {
  let compared = 0;
  for (const { seed, answers } of models) {
    const model = randomModel(seed);
    const db = await DuckDBInstance.create(':memory:');
    const connection = await db.connect();
    await connection.run("SET TimeZone = 'UTC'");
    for (const statement of model.rows) await connection.run(statement);
    for (const [i, answer] of answers.entries()) {
      const query = randomQuery(model, seed * 1000 + i);
      const sql = sqlOf(() => queryFor(model.design, query).sql);
      const own = sql === null ? null : await answerOf(connection, sql);
      if (answer === null) continue;
      compared++;
      expect({ query, answer: own, sql }).toEqual({ query, answer, sql });
    }
    connection.closeSync();
    db.closeSync();
  }
  expect(compared).toBeGreaterThan(500);
}, 60_000);

function sqlOf(write: () => string): string | null {
  try {
    return write();
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'tables-not-joined') return null;
    throw error;
  }
}
