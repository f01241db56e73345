/**
 * Shares and figures beyond which an alert is given. All of them stand here.
 */
export const thresholds = {
  /** Share of rows without a value. */
  nulls: 0.05,
  /** Share of zeros among the values. */
  zeros: 0.5,
  /** Skewness, either way. */
  skew: 3,
  /** Share of values outside the fences. */
  outliers: 0.05,
  /** Distinct values as a share of the values, from `cardinalityFrom` distinct values on. */
  cardinality: 0.5,
  cardinalityFrom: 100,
  /** Share of the values that one value has. */
  imbalance: 0.95,
  /** A value rarer than this among the values, where there are few distinct ones. */
  rare: 0.002,
  /** Distinct values from which equal lengths are worth a word. */
  sameLength: 10,
  /** Values that repeat, as a share of the values, up to which a column is a key that is violated. */
  violations: 0.01,
  /** Bins and values from which a histogram can be called even, and how much its bins may differ by chance and beside it. */
  evenBins: 8,
  evenValues: 200,
  even: 0.1,
  /** Share of a second way of writing among the values of a column. */
  spelling: 0.01,
  /** The same for formats that are no dates, which may differ for a reason. */
  format: 0.1,
  /** Distinct values from which a column has formats; below they are labels. */
  formatFrom: 20,
  /** Share of the values that the ways of writing must explain together. */
  explained: 0.9,
  /** Interquartile ranges from the quartiles beyond which a year or a date stands apart from the rest. Source: Tukey (1977), "far out". */
  farOut: 3,
  /** Share of the values that may stand apart. */
  apart: 0.01,
  /** Years after which nobody who was born is among the living. */
  age: 120,
  /** Length in characters from which many values of the greatest length look cut, and how many of them there must be. */
  cutLength: 20,
  cutValues: 5,
  cutShare: 0.005,
  /** Letters of a label from which one letter more, less or other may be a slip. */
  slip: 7,
  /** How many times commoner the other label must be. */
  slipRate: 10,
  /** Share of rows equal but for the key from which that is how the table is, and no surprise. */
  alike: 0.2,
  /** Steps that lack between the first and the last time, as a share of the steps that are there. */
  gaps: 0.1,
  /** Correlation with time from which a number has a trend, and with itself a season ago from which it has a season. */
  trend: 0.7,
  season: 0.6,
} as const;
