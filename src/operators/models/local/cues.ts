import { SqlError } from '../../../errors.ts';

/** What the letters of a text show without its meaning: whether it holds a link, a price, a question mark. */
export type Cue = (text: string) => boolean;

const ASKING =
  /^\W*(?!what an?\b)(?:who|whom|whose|what|which|when|where|why|how|is|are|am|was|were|do|does|did|can|could|will|would|shall|should|may|might|has|have|had|any(?:one|body)? (?:know|have))\b(?!.*[.!]\s*$)/is;

const CUES: Readonly<Record<string, Cue>> = Object.freeze({
  question: (text) => /[?？]["')\]]*\s*$|\?\s/u.test(text) || ASKING.test(text),
  price: (text) =>
    /[$€£¥₹]\s?\d|\d\s?(?:[$€£¥₹]|(?:usd|eur|gbp|chf|dollars?|euros?|pounds?|bucks|cents?|pence)\b)/iu.test(
      text,
    ),
  email: (text) => /\w@[\w-]{1,63}\.[\w.-]{0,60}[a-z]/iu.test(text),
  phone: (text) => /(?<![\w.])(?:\+|\(\d|\d)(?:[\s()./-]{0,3}\d){6,14}(?!\w)/u.test(text),
  link: (text) =>
    /\bhttps?:\/\/\S|\bwww\.\S|[\w-]\.[a-z]{2,10}\/\S|(?<![@\w.-])[\w-]{1,63}(?:\.[\w-]{1,63})?\.(?:com|org|net|io|dev|gov|edu)\b/iu.test(
      text,
    ),
  number: (text) => /\p{N}/u.test(text),
  date: (text) =>
    /\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b(?:1[5-9]|20)\d\d\b|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.? \d|\b\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/iu.test(
      text,
    ),
  capitals: (text) => (text.match(/\p{Lu}/gu)?.length ?? 0) > 2 * (text.match(/\p{Ll}/gu)?.length ?? 0),
  exclamation: (text) => text.includes('!'),
  emoji: (text) => /\p{Extended_Pictographic}|[:;]-?[)(DP](?!\w)/u.test(text),
  code: (text) =>
    /[{};][ \t]{0,9}$|=>|\b(?:def|function|const|import|return|select)\b.{0,80}[(={*]/imu.test(text),
});

/** Past so many characters no cue is looked for: a long text holds a bit of everything. */
const LOOKED_AT = 4_000;

/** Throws SqlError XX001 for a name that no cue has. */
export function cueNamed(name: string): Cue {
  const cue = CUES[name];
  if (cue !== undefined) return (text) => cue(text.slice(0, LOOKED_AT));
  throw new SqlError('XX001', `the concepts name a cue "${name}", which there is not`, {
    hint: `The cues are ${Object.keys(CUES).join(', ')}.`,
  });
}
