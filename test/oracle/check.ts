/**
 * Asks random questions of Assay and of Cube over the same rows and compares: `npm run test:oracle`. With `record` what Cube
 * answers to the random models is written down, for the tests that run without it.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { queryFor } from '../../src-main/core/design/query';
import { ProblemError } from '../../src-main/core/problem';
import { answerOf } from './answers';
import { Cube, cubePackages } from './cube';
import { type Model, randomModel, randomQuery } from './models';
import { realModels } from './real';

const RECORDED = { models: 40, questions: 16 };
const FRESH = { models: 30, questions: 20 };
const REAL = 80;

const packages = cubePackages();
if (packages === null) {
  console.error('The compiler of Cube is not installed; run `npm run test:oracle`.');
  process.exit(2);
}

interface Tally {
  same: number;
  different: number;
  /** Cube says that nothing joins the tables. */
  unanswered: number;
}

const tally: Tally = { same: 0, different: 0, unanswered: 0 };

async function withRows<T>(model: Model, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const db = await DuckDBInstance.create(':memory:');
  const connection = await db.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    for (const statement of model.rows) await connection.run(statement);
    return await work(connection);
  } finally {
    connection.closeSync();
    db.closeSync();
  }
}

function oursTo(model: Model, query: ReturnType<typeof randomQuery>): string | null {
  try {
    return queryFor(model.design, query).sql;
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'tables-not-joined') return null;
    throw error;
  }
}

/** What Cube answers to each question; null where it does not. */
async function compare(
  title: string,
  model: Model,
  seeds: readonly number[],
): Promise<(readonly string[] | null)[]> {
  const cube = await Cube.of(packages!, model.design);
  return withRows(model, async (connection) => {
    const answers: (readonly string[] | null)[] = [];
    for (const seed of seeds) {
      const query = randomQuery(model, seed);
      const theirs = cube.sql(query);
      const ours = oursTo(model, query);
      const own = ours === null ? null : await answerOf(connection, ours);
      if (theirs === null) {
        tally.unanswered++;
        answers.push(null);
        continue;
      }
      const answer = await answerOf(connection, theirs);
      answers.push(answer);
      if (JSON.stringify(own) === JSON.stringify(answer)) {
        tally.same++;
        continue;
      }
      tally.different++;
      console.log(`${title}, question ${seed}: ${JSON.stringify(query)}\nAssay ${JSON.stringify(own)}`);
      console.log(`Cube  ${JSON.stringify(answer)}\n${ours}\n${theirs}`);
    }
    return answers;
  });
}

const numbers = (n: number, from: number) => Array.from({ length: n }, (_, i) => from + i);

if (process.argv.includes('record')) {
  const models = [];
  for (const seed of numbers(RECORDED.models, 1)) {
    const answers = await compare(
      `model ${seed}`,
      randomModel(seed),
      numbers(RECORDED.questions, seed * 1000),
    );
    models.push({ seed, answers });
  }
  const lines = models.map((m) => `  ${JSON.stringify(m)}`).join(',\n');
  writeFileSync(join(import.meta.dirname, '../golden/oracle.json'), `{ "models": [\n${lines}\n] }\n`);
} else {
  for (const seed of numbers(FRESH.models, 1000))
    await compare(`model ${seed}`, randomModel(seed), numbers(FRESH.questions, seed * 1000));
}
for (const [name, model] of Object.entries(await realModels())) await compare(name, model, numbers(REAL, 1));
console.log(
  `${tally.same} answers are the same, ${tally.different} are different; ${tally.unanswered} questions Cube does not answer`,
);
process.exit(tally.different === 0 ? 0 : 1);
