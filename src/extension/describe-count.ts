import { inEnglish, type Translate } from '../model/translate.ts';

/** A whole number with its thousands apart: `12,345`. */
export function describeCount(count: number, t: Translate = inEnglish): string {
  if (count < 1000) return String(count);
  const last = String(count % 1000).padStart(3, '0');
  return t('{0},{1}', describeCount(Math.floor(count / 1000), t), last);
}
