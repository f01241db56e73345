/**
 * What a value looks like: its class and its shape. Both say whether a cell belongs in a column without knowing its type.
 */

export type Look =
  | 'empty'
  | 'missing'
  | 'whole'
  | 'number'
  | 'money'
  | 'percent'
  | 'date'
  | 'time'
  | 'moment'
  | 'address'
  | 'mail'
  | 'code'
  | 'word'
  | 'text';

const missing = /^(na|n\/a|#n\/a|null|none|nan|nil|-+|\?+|\.|missing|\\n|<null>)$/i;
const whole = /^[+-]?\d+$/;
const number = /^[+-]?(\d{1,3}([,.' \u00a0\u2019]\d{3})+([.,]\d+)?|\d*[.,]\d+|\d+[.,]?)([eE][+-]?\d+)?$/;
const money =
  /^[-(]?\s?([$€£¥₹]|USD|EUR|GBP|CHF)\s?-?[\d.,' \u00a0]*\d\)?$|^-?\d[\d.,' \u00a0]*\s?([$€£¥₹]|USD|EUR|GBP|CHF|kr|zł)$/;
const percent = /^[+-]?\d+([.,]\d+)?\s?%$/;
const date =
  /^(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}[- ](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[- ]\d{2,4}|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-. ]+\d{1,2}(, ?| )\d{2,4})$/i;
const time = /^\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[ap]\.?m\.?)?$/i;
const moment =
  /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[T ]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[ap]m)?( ?(Z|UTC|[+-]\d{2}:?\d{2}))?$/i;
const address = /^(https?|ftp|file|www)[:.]\S+$/i;
const mail = /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i;

/** Classes of values that were asked for lately: columns repeat themselves. */
const known = new Map<string, Look>();

/** The class of a value; blanks around it do not count. */
export function lookOf(value: string): Look {
  if (value.length > 64) return classOf(value);
  let look = known.get(value);
  if (look === undefined) {
    look = classOf(value);
    if (known.size > 20_000) known.clear();
    known.set(value, look);
  }
  return look;
}

function classOf(value: string): Look {
  const v = value.trim();
  if (v === '') return 'empty';
  if (v.length <= 40) {
    if (whole.test(v)) return 'whole';
    if (number.test(v)) return 'number';
    if (missing.test(v)) return 'missing';
    if (time.test(v)) return 'time';
    if (date.test(v)) return 'date';
    if (percent.test(v)) return 'percent';
    if (money.test(v)) return 'money';
    if (moment.test(v)) return 'moment';
  }
  if (address.test(v)) return 'address';
  if (mail.test(v)) return 'mail';
  if (/\s/.test(v)) return 'text';
  return /[\d]/.test(v) ? 'code' : 'word';
}

/** Whether values of this class have a shape of their own, so that a header or a neighbour's value stands out. */
export function isTelling(look: Look): boolean {
  return look !== 'empty' && look !== 'missing' && look !== 'word' && look !== 'text';
}

/**
 * The shape of a value: digits are 9, capitals A, other letters a, a run of blanks one blank; everything else is itself.
 * @param loose Whether runs count once: `$1,204.50` is `$9,9.9`.
 */
export function shapeOf(value: string, loose: boolean): string {
  const v = value.trim();
  let shape = '';
  let last = '';
  const limit = Math.min(v.length, 64);
  for (let i = 0; i < limit; i++) {
    const c = v.charCodeAt(i);
    const kind =
      c >= 48 && c <= 57
        ? '9'
        : c >= 65 && c <= 90
          ? 'A'
          : (c >= 97 && c <= 122) || c > 127
            ? 'a'
            : (v[i] as string);
    if (loose && kind === last && (kind === '9' || kind === 'A' || kind === 'a' || kind === ' ')) continue;
    shape += kind;
    last = kind;
  }
  return v.length > limit ? `${shape}…` : shape;
}
