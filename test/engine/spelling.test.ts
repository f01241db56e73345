import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ColumnReading } from '../../src-main/core/source/receipt';
import {
  type Ask,
  misfitsSql,
  readingSql,
  type Spelling,
  studySentinels,
  studySpelling,
  typeOf,
} from '../../src-main/core/source/spelling';
import { literal } from '../../src-main/core/sql';
import { toCell } from '../../src-main/engine/cell';
import { otherData } from '../support/shared';

let db: DuckDBInstance;
let connection: DuckDBConnection;
beforeAll(async () => {
  db = await DuckDBInstance.create(':memory:');
  connection = await db.connect();
  await connection.run("SET TimeZone = 'America/New_York'");
});
afterAll(() => {
  connection.closeSync();
  db.closeSync();
});

const ask: Ask = async (sql) => (await connection.runAndReadAll(sql)).getRows().map((row) => row.map(toCell));

/** Studies one column of text, or of another type that was read from it. */
async function study(
  values: readonly (string | null)[],
  type = 'VARCHAR',
  format: string | null = null,
): Promise<Spelling> {
  const rows = values.map((v) => `(${v === null ? 'NULL' : literal(v)})`).join(', ');
  await connection.run(
    `CREATE OR REPLACE TABLE raw AS SELECT v::VARCHAR AS "a ""b""" FROM (VALUES ${rows}) t(v)`,
  );
  return studySpelling(ask, 'raw', [{ name: 'a "b"', type, format }]);
}

/** The same over the texts that a SELECT answers. */
async function studyMany(select: string): Promise<Spelling> {
  await connection.run(`CREATE OR REPLACE TABLE raw AS ${select}`);
  return studySpelling(ask, 'raw', [{ name: 'v', type: 'VARCHAR' }]);
}

/** How texts are read, each as text again. */
async function read(reading: ColumnReading, values: readonly string[]): Promise<unknown[]> {
  const rows = values.map((v, i) => `(${i}, ${literal(v)})`).join(', ');
  const sql = `SELECT CAST(${readingSql(reading, 'v')} AS VARCHAR), typeof(${readingSql(reading, 'v')}) FROM (VALUES ${rows}) t(i, v) ORDER BY i`;
  const answer = await ask(sql);
  expect(new Set(answer.map((row) => row[1]))).toEqual(new Set([typeOf(reading)]));
  return answer.map((row) => row[0]);
}

const repeated = (n: number, of: (i: number) => string) => Array.from({ length: n }, (_, i) => of(i));

describe('proposals', () => {
  it('money with a sign, commas and blanks is proposed as money', async () => {
    const { proposals, warnings } = await study(['$84,835.00 ', '$1.50', null, '($7.25)', 'n/a']);
    expect(proposals).toMatchObject([
      {
        code: 'money-as-text',
        reading: { as: 'number', currency: '$', grouping: ',', nulls: ['n/a'] },
        filled: 3,
        fits: 3,
        against: [],
        ambiguous: 0,
        alternatives: [],
      },
    ]);
    expect(proposals[0]!.examples).toContainEqual({ from: '($7.25)', to: '-7.2500' });
    expect(warnings.map((w) => [w.code, w.column])).toEqual([['money-as-text', 'a "b"']]);
  });

  it('one day above twelve proves the order of a whole column', async () => {
    const first = await study([...repeated(50, (i) => `0${1 + (i % 9)}/0${1 + (i % 7)}/2014`), '13/01/2014']);
    expect(first.proposals).toMatchObject([
      {
        code: 'date-as-text',
        reading: { as: 'date', formats: ['%d/%m/%Y'] },
        ambiguous: 0,
        alternatives: [],
      },
    ]);
    const second = await study([
      ...repeated(50, (i) => `0${1 + (i % 9)}/0${1 + (i % 7)}/2014`),
      '01/13/2014',
    ]);
    expect(second.proposals).toMatchObject([{ reading: { formats: ['%m/%d/%Y'] }, alternatives: [] }]);
  });

  it('without a proof the user is asked, and told how many values it makes a difference for', async () => {
    const { proposals, warnings } = await study(['03/04/2014', '05/06/2014', '07/07/2014']);
    expect(proposals).toMatchObject([
      {
        code: 'date-as-text',
        reading: { formats: ['%d/%m/%Y'] },
        ambiguous: 2,
        alternatives: [{ formats: ['%m/%d/%Y'] }],
      },
    ]);
    expect(warnings[0]!.message).toContain('2 values would read differently');
  });

  it('a column that proves both orders is a conflict, and nothing is proposed', async () => {
    const { proposals, warnings } = await study(['13/01/2014', '01/13/2014', '02/03/2014']);
    expect(proposals).toEqual([]);
    expect(warnings).toMatchObject([{ code: 'date-mixed' }]);
    expect(warnings[0]!.message).toContain('mixes two orders');
  });

  it('two- and four-digit years are one reading', async () => {
    const { proposals } = await study(['6/16/14', '01/01/2013', '12/31/99']);
    expect(proposals).toMatchObject([
      { code: 'date-mixed', reading: { as: 'date' }, filled: 3, fits: 3, alternatives: [] },
    ]);
    expect(await read(proposals[0]!.reading, ['6/16/14', '01/01/2013', '12/31/99'])).toEqual([
      '2014-06-16',
      '2013-01-01',
      '1999-12-31',
    ]);
  });

  it('a spelling too rare for the sample is found among what does not fit', async () => {
    const { proposals } = await studyMany(`SELECT CASE i WHEN 43210 THEN '2014-06-16' WHEN 51234 THEN 'N/A'
      WHEN 55555 THEN 'tomorrow' ELSE concat(1 + i % 28, '.', 1 + i % 12, '.', 1950 + i % 70) END AS v FROM range(60000) r(i)`);
    expect(proposals).toMatchObject([
      {
        code: 'date-mixed',
        reading: { formats: ['%Y-%m-%d', '%d.%m.%Y'], nulls: ['N/A'] },
        filled: 59_999,
        fits: 59_998,
        against: [{ value: 'tomorrow', count: 1 }],
      },
    ]);
  });

  it('dates with an optional time are timestamps', async () => {
    const { proposals } = await study(['16.06.2014', '17.06.2014 10:30', '18.06.2014 11:45']);
    expect(proposals[0]!.reading).toMatchObject({
      as: 'timestamp',
      formats: ['%d.%m.%Y', '%d.%m.%Y %H:%M'],
    });
  });

  it('numbers among which null words stand are null-words; a rare null word counts too', async () => {
    const { proposals } = await studyMany(
      "SELECT CASE i WHEN 43210 THEN 'NA' ELSE (i % 1000)::VARCHAR END AS v FROM range(60000) r(i)",
    );
    expect(proposals).toMatchObject([
      { code: 'null-words', reading: { as: 'whole', nulls: ['NA'] }, filled: 59_999, fits: 59_999 },
    ]);
  });

  it('numbers with a few words are proposed with what speaks against them; codes are not', async () => {
    const some = await study([...repeated(40, String), 'Total']);
    expect(some.proposals).toMatchObject([
      { code: 'number-as-text', filled: 41, fits: 40, against: [{ value: 'Total', count: 1 }] },
    ]);
    expect((await study([...repeated(40, (i) => String(536_365 + i)), 'C536379'])).proposals).toEqual([]);
  });

  it('leading zeros are remarked on, also where they are rare and where DuckDB made numbers of them', async () => {
    const rare = await studyMany(
      "SELECT CASE i WHEN 54321 THEN '01581' ELSE (10000 + i)::VARCHAR END AS v FROM range(60000) r(i)",
    );
    expect(rare).toMatchObject({ proposals: [], warnings: [{ code: 'leading-zeros', column: 'v' }] });
    expect(rare.warnings[0]!.message).toContain('1 of 60,000 values (as in 01581)');
    const typed = await study(['007', '12'], 'BIGINT');
    expect(typed).toMatchObject({ proposals: [], warnings: [{ code: 'leading-zeros' }] });
  });

  it('null words in text are proposed, but a code or a sign that looks like one is not', async () => {
    expect((await study(['Berlin', 'NULL', 'Paris'])).proposals).toMatchObject([
      { code: 'null-words', reading: { as: 'text', nulls: ['NULL'] }, filled: 2, fits: 2 },
    ]);
    expect((await study(['Berlin', '-', 'Paris'])).proposals).toHaveLength(1);
    expect((await study(['DE', 'NA', 'FR'])).proposals).toEqual([]);
    expect((await study(['EMEA', 'NA', 'APAC'])).proposals).toEqual([]);
    expect((await study(['+', '-', '+'])).proposals).toEqual([]);
    expect((await study(['one', 'None', 'unknown'])).proposals).toEqual([]);
  });

  it('dates that DuckDB read in an order no value proves are asked about; proven ones are not', async () => {
    const asked = await study(['03/04/2014', '05/06/2014'], 'DATE', '%m/%d/%Y');
    expect(asked.proposals).toMatchObject([
      {
        code: 'date-order',
        reading: { formats: ['%m/%d/%Y'] },
        ambiguous: 2,
        alternatives: [{ formats: ['%d/%m/%Y'] }],
      },
    ]);
    expect(await study(['03/04/2014', '13/06/2014'], 'DATE', '%d/%m/%Y')).toEqual({
      proposals: [],
      warnings: [],
    });
    expect(await study(['2014-04-03', '2014-06-05'], 'DATE')).toEqual({ proposals: [], warnings: [] });
    expect((await study(['16/04/14', '13/06/2014'], 'DATE', '%d/%m/%Y')).proposals).toMatchObject([
      { code: 'date-mixed', fits: 2 },
    ]);
  });

  it('points that may stand between thousands are asked about', async () => {
    expect((await study(['1.234', '950', '12.345'], 'DOUBLE')).proposals).toMatchObject([
      {
        code: 'type-guess',
        reading: { as: 'number' },
        ambiguous: 2,
        alternatives: [{ as: 'whole', grouping: '.' }],
      },
    ]);
    for (const values of [
      ['1.234', '950', '12.5'],
      ['52.123', '4.876'],
      ['0.125', '100', '3.375'],
    ]) {
      expect((await study(values, 'DOUBLE')).proposals, values.join()).toEqual([]);
    }
  });

  it('a number that stands apart from all others means missing, one that does not is a number', async () => {
    const sentinels = async (values: string) => {
      await connection.run(`CREATE OR REPLACE TABLE typed AS SELECT unnest([${values}]) AS v`);
      const type = String((await ask('SELECT typeof(v) FROM typed LIMIT 1'))[0]![0]);
      return (await studySentinels(ask, 'typed', [{ name: 'v', type }])).proposals.map((p) => p.reading);
    };
    expect(await sentinels('1, 2, 3, 4, -999, -999, NULL')).toEqual([
      { column: 'v', as: 'whole', nulls: ['-999'] },
    ]);
    expect(await sentinels('1.5::DOUBLE, 2, 3, 4, 9999, 9999')).toEqual([
      { column: 'v', as: 'number', nulls: ['9999'] },
    ]);
    for (const values of [
      '1, 2, 3, 4, -999',
      '-999, -999, -998, 5, 7',
      '1, 5000, 7000, 9999, 9999',
      '-999, -999',
    ]) {
      expect(await sentinels(values), values).toEqual([]);
    }
    expect(
      await read({ column: 'v', as: 'number', nulls: ['-999'] }, ['-999.00', '-999', '-9990', '-999.5']),
    ).toEqual([null, null, '-9990.0', '-999.5']);
  });

  it('empty, blank and single-valued columns say nothing', async () => {
    for (const values of [[null, null], ['', ' '], ['$5.00', '$5.00'], []]) {
      if (values.length === 0) await connection.run('CREATE OR REPLACE TABLE raw ("a ""b""" VARCHAR)');
      const found =
        values.length === 0
          ? await studySpelling(ask, 'raw', [{ name: 'a "b"', type: 'VARCHAR' }])
          : await study(values);
      expect(found).toEqual({ proposals: [], warnings: [] });
    }
  });
});

describe('readings', () => {
  it('what does not have the spelling is null and a misfit, and never a number by chance', async () => {
    const reading: ColumnReading = { column: 'v', as: 'number', nulls: ['NA'] };
    const values = ['nan', 'inf', '0x10', '1_000', '1,5', 'NA', ' ', '-1.5', ' 2 ', '1e3', '+4'];
    expect(await read(reading, values)).toEqual([
      ...[null, null, null, null, null, null, null],
      ...['-1.5', '2.0', '1000.0', '4.0'],
    ]);
    await connection.run(
      `CREATE OR REPLACE TABLE t AS SELECT unnest([${values.map(literal).join(', ')}, 'inf']) AS v`,
    );
    expect(await ask(misfitsSql(reading, 'v', 't'))).toEqual([
      ['inf', 2],
      ['0x10', 1],
      ['1,5', 1],
      ['1_000', 1],
      ['nan', 1],
    ]);
  });

  it('sums of money are right', async () => {
    const reading: ColumnReading = { column: 'v', as: 'number', currency: '€', decimal: ',', grouping: '.' };
    const sum = `SELECT sum(${readingSql(reading, 'v')})::VARCHAR FROM (SELECT '1.000,10 €' AS v FROM range(1000))`;
    expect(await ask(sum)).toEqual([['1000100.0000']]);
    expect(await read(reading, ['-0,10 €', '(1.234,5 €)', '€ 7,12345', '99.999.999.999.999,99'])).toEqual([
      '-0.1000',
      '-1234.5000',
      null,
      '99999999999999.9900',
    ]);
  });

  it('offsets become UTC, wherever the session is', async () => {
    const reading: ColumnReading = {
      column: 'v',
      as: 'timestamp',
      formats: ['%Y-%m-%dT%H:%M:%S%z', '%Y-%m-%dT%H:%M:%SZ'],
    };
    expect(await read(reading, ['2012-01-05T10:11:12+02:00', '2012-01-05T10:11:12Z'])).toEqual([
      '2012-01-05 08:11:12',
      '2012-01-05 10:11:12',
    ]);
  });

  it('clocks of twelve hours, month names, times of day and yes and no are read', async () => {
    expect(
      await read({ column: 'v', as: 'timestamp', formats: ['%m/%d/%Y %I:%M %p'] }, ['1/5/2012 3:04 pm']),
    ).toEqual(['2012-01-05 15:04:00']);
    expect(
      await read({ column: 'v', as: 'date', formats: ['%d-%b-%y'] }, ['31-MAR-11', '31-Foo-11']),
    ).toEqual(['2011-03-31', null]);
    expect(await read({ column: 'v', as: 'time', formats: ['%H:%M'] }, ['9:05', '25:00'])).toEqual([
      '09:05:00',
      null,
    ]);
    expect(
      await read({ column: 'v', as: 'boolean', yes: ['ja'], no: ['nein'] }, ['Ja', 'nein', 'jein']),
    ).toEqual(['true', 'false', null]);
  });

  it('without formats dates and times are read as ISO 8601 only', async () => {
    expect(await read({ column: 'v', as: 'date' }, ['2012-01-05', '12-01-05', '2012-01-05 10:00'])).toEqual([
      '2012-01-05',
      null,
      null,
    ]);
    expect(await read({ column: 'v', as: 'timestamp' }, ['2012-01-05T10:00:00', '2012-01-05'])).toEqual([
      '2012-01-05 10:00:00',
      '2012-01-05 00:00:00',
    ]);
    expect(await read({ column: 'v', as: 'time' }, ['10:00', '9:05:01'])).toEqual(['10:00:00', '09:05:01']);
  });

  it('any number comes back from any spelling of it', async () => {
    const styles = [
      { decimal: '.', grouping: '' },
      { decimal: '.', grouping: ',' },
      { decimal: ',', grouping: '.' },
      { decimal: ',', grouping: ' ' },
      { decimal: '.', grouping: "'" },
    ];
    const minus = fc.constantFrom('-', '−', '(', 'after');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...styles),
        fc.constantFrom('', '$', '€', 'EUR', 'kr', 'R$'),
        fc.boolean(),
        fc.array(
          fc.tuple(fc.bigInt(-(10n ** 13n), 10n ** 13n), fc.integer({ min: 0, max: 4 }), minus, fc.boolean()),
          {
            minLength: 1,
            maxLength: 20,
          },
        ),
        async ({ decimal, grouping }, currency, percent, numbers) => {
          const reading: ColumnReading = {
            column: 'v',
            as: 'number',
            decimal,
            ...(grouping ? { grouping } : {}),
            ...(currency ? { currency } : {}),
            ...(percent && !currency ? { percent } : {}),
          };
          const spelt = numbers.map(([scaled, scale, mark, before]) => {
            const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(scale + 1, '0');
            const whole = digits.slice(0, digits.length - scale).replace(/\B(?=(\d{3})+$)/g, grouping);
            let text = scale > 0 ? `${whole}${decimal}${digits.slice(-scale)}` : whole;
            if (reading.percent) text += before ? ' %' : '%';
            if (currency) text = before ? `${currency} ${text}` : `${text}\u00a0${currency}`;
            if (scaled >= 0n) return text;
            return mark === '(' ? `(${text})` : mark === 'after' ? `${text}-` : `${mark}${text}`;
          });
          const expected = numbers.map(([scaled, scale]) => Number(scaled) / 10 ** scale);
          expect((await read(reading, spelt)).map(Number), spelt.join(' ; ')).toEqual(
            expected.map((n) => (n === 0 ? 0 : n)),
          );
        },
      ),
      { seed: 11, numRuns: 150 },
    );
  });

  it('any time comes back from any spelling of it', async () => {
    const days = ['%d/%m/%Y', '%m-%d-%Y', '%Y.%m.%d', '%Y%m%d', '%d %B %Y', '%b %d, %Y', '%d.%m.%y'];
    const clocks = ['', ' %H:%M:%S', 'T%H:%M:%S', ' %I:%M:%S %p', ' %H:%M:%S.%f'];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...days),
        fc.constantFrom(...clocks),
        fc.array(fc.integer({ min: 0, max: 3_000_000_000 }), { minLength: 1, maxLength: 20 }),
        async (day, clock, seconds) => {
          const format = day + clock;
          const reading: ColumnReading = { column: 'v', as: clock ? 'timestamp' : 'date', formats: [format] };
          const list = seconds.map((s) => (clock ? s : s - (s % 86_400))).join(', ');
          const rows = await ask(
            `SELECT strftime(t, ${literal(format)}), CAST(CAST(t AS ${typeOf(reading)}) AS VARCHAR) FROM (SELECT make_timestamp(unnest([${list}]::BIGINT[]) * 1000000) AS t)`,
          );
          expect(
            await read(
              reading,
              rows.map((row) => String(row[0])),
            ),
          ).toEqual(rows.map((row) => row[1]));
        },
      ),
      { seed: 12, numRuns: 80 },
    );
  });
});

describe.skipIf(otherData === null)('real files', () => {
  const open = async (name: string, types: 'text' | 'typed') => {
    const path = literal(join(otherData!, name));
    await connection.run(
      `CREATE OR REPLACE TABLE raw AS FROM read_csv(${path}, all_varchar = true, sample_size = -1)`,
    );
    const rows = await ask(
      types === 'text' ? 'DESCRIBE raw' : `DESCRIBE FROM read_csv(${path}, sample_size = -1)`,
    );
    return studySpelling(
      ask,
      'raw',
      rows.map((row) => ({ name: String(row[0]), type: String(row[1]) })),
    );
  };

  it('marketing_data.csv needs exactly two changes', async () => {
    const { proposals, warnings } = await open('marketing_data.csv', 'typed');
    expect(proposals.map((p) => [p.code, p.reading.column, p.filled, p.fits, p.ambiguous])).toEqual([
      ['money-as-text', 'Income', 2216, 2216, 0],
      ['date-mixed', 'Dt_Customer', 2240, 2240, 0],
    ]);
    expect(warnings).toHaveLength(2);
    const [income, date] = proposals.map((p) => p.reading);
    expect(
      await ask(
        `SELECT count(*) - count(i), min(i)::VARCHAR, max(i)::VARCHAR, min(d)::VARCHAR, max(d)::VARCHAR FROM (SELECT ${readingSql(income!, '"Income"')} AS i, ${readingSql(date!, '"Dt_Customer"')} AS d FROM raw)`,
      ),
    ).toEqual([[24, '1730.0000', '666666.0000', '2012-07-30', '2014-06-29']]);
  });

  it('marketing_campaign.csv proves that the day comes first', async () => {
    const { proposals } = await open('marketing_campaign.csv', 'text');
    expect(proposals.find((p) => p.reading.column === 'Dt_Customer')).toMatchObject({
      code: 'date-as-text',
      reading: { as: 'date', formats: ['%d-%m-%Y'] },
      fits: 2240,
      ambiguous: 0,
      alternatives: [],
    });
    expect((await open('marketing_campaign.csv', 'typed')).proposals).toEqual([]);
  });
});
