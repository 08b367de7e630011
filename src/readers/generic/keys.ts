/** What a reply is called when its file alone names it. */
import { langOfName, stemOf } from '../languages.js';
import type { Source } from '../source.js';

/** `refund.fi.md` and `en-refund.txt` are both `refund`; a file that is only numbered has its folder's name. */
export function keyOfFile(source: Source): string {
  const parts = source.file.split(/[\\/]/);
  const { stem } = langOfName(stemOf(source.file));
  const folder = parts[parts.length - 2];
  return /^(?:\d+|index)$/i.test(stem) && folder !== undefined && /\p{L}/u.test(folder) ? folder : stem;
}
