import { describe, expect, it } from 'vitest';
import { formats, formatValue, isFormat } from '#core/format';

describe('formatValue', () => {
  it.each([
    [1234567, '', '1,234,567'],
    [41.237, '', '41.24'],
    [0.001234, '', '0.00123'],
    [1e20, '', '1E20'],
    [-0, '', '0'],
    [0, '', '0'],
    ['9007199254740993123', 'integer', '9,007,199,254,740,993,123'],
    ['1234.5600', 'decimal_2', '1,234.56'],
    [0.256, 'percent', '26%'],
    [0.256, 'percent_1', '25.6%'],
    [1204110.5, 'currency:EUR', '€1,204,110.50'],
    [1204110.5, 'currency:JPY', '¥1,204,111'],
    [-0.2, 'integer', '0'],
    [-12.5, 'decimal_1', '-12.5'],
    [12, 'no such format', '12'],
    ['2024-01-05', '', '2024-01-05'],
    ['007', '', '007'],
    ['south', 'decimal_2', 'south'],
    [true, '', 'true'],
    [null, 'percent', '–'],
    ['NaN', 'decimal_2', 'NaN'],
    ['Infinity', 'decimal_2', '∞'],
    ['-Infinity', 'decimal_2', '−∞'],
  ])('%s as %s reads %s', (cell, format, text) => {
    expect(formatValue(cell, format, 'en-US')).toBe(text);
  });

  it('groups and points as the locale does', () => {
    expect(formatValue(1234567.891, 'decimal_2', 'de-DE')).toBe('1.234.567,89');
    expect(formatValue(1234567, '', 'en-IN')).toBe('12,34,567');
    expect(formatValue(1234, '', 'not a locale')).toBe('1,234');
  });

  it('reads text as a number only where it is one', () => {
    expect(formatValue('12345678901234567890.5', '', 'en-US', { kind: 'number' })).toBe(
      '12,345,678,901,234,567,890.5',
    );
    expect(formatValue('60.0', '', 'en-US', { kind: 'number' })).toBe('60');
    expect(formatValue('12345', '', 'en-US', { kind: 'text' })).toBe('12345');
  });

  it('is short where it is asked to be', () => {
    const compact = { compact: true };
    expect(formatValue(1204110, '', 'en-US', compact)).toBe('1.2M');
    expect(formatValue(1204110, 'currency:EUR', 'en-US', compact)).toBe('€1.2M');
    expect(formatValue(9999, '', 'en-US', compact)).toBe('9,999');
  });
});

it('every format of the list is one, and nothing else is', () => {
  for (const { word } of formats) expect(isFormat(word)).toBe(true);
  for (const word of ['decimal', 'decimal_9', 'currency', 'currency:eur', 'x', 'percent_']) {
    expect(isFormat(word)).toBe(false);
  }
});
