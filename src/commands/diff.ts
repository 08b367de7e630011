/** What `git diff` prints → which lines of which files are new or lost some. Pure. */

/** New lines `[from, to]`, 1-based; or the line behind which some were taken out (`to` is then `from - 1`, and the hole lies behind `to`). */
export type Hunk = Readonly<{ from: number; to: number }>;

const HUNK = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;
const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, '\\': 92 };

/** `"b/\303\244.md"` → `b/ä.md`; names without anything odd come as they are. */
function unquoted(name: string): string {
  // Behind a name with blanks git puts a tab.
  if (!name.startsWith('"')) return name.replace(/\t$/, '');
  const bytes: number[] = [];
  const inside = name.slice(1, name.lastIndexOf('"'));
  for (let i = 0; i < inside.length; i++) {
    if (inside[i] !== '\\') bytes.push(inside.charCodeAt(i));
    else if (/[0-7]/.test(inside[i + 1] ?? '')) {
      bytes.push(Number.parseInt(inside.slice(i + 1, i + 4), 8));
      i += 3;
    } else bytes.push(ESCAPES[inside[++i] ?? ''] ?? 63);
  }
  return Buffer.from(bytes).toString('utf8');
}

/** @param patch of `git diff --unified=0 --src-prefix=a/ --dst-prefix=b/` with `core.quotePath` */
export function hunksOf(patch: string): Map<string, Hunk[]> {
  const out = new Map<string, Hunk[]>();
  let file: Hunk[] | undefined;
  let skip = 0;
  for (let at = 0; at < patch.length; ) {
    const end = patch.indexOf('\n', at);
    const line = patch.slice(at, end < 0 ? patch.length : end);
    at = end < 0 ? patch.length : end + 1;
    // Lines of the files themselves may look like anything.
    if (skip > 0) {
      if (!line.startsWith('\\')) skip--;
      continue;
    }
    if (line.startsWith('diff --git ')) file = undefined;
    else if (line.startsWith('+++ ')) {
      const name = unquoted(line.slice(4));
      file = name === '/dev/null' ? undefined : [];
      if (file !== undefined) out.set(name.slice(2), file);
    } else {
      const m = HUNK.exec(line);
      if (m === null) continue;
      const lost = Number(m[1] ?? 1);
      const start = Number(m[2]);
      const count = Number(m[3] ?? 1);
      file?.push(count === 0 ? { from: start + 1, to: start } : { from: start, to: start + count - 1 });
      skip = lost + count;
    }
  }
  return out;
}

/** Do the lines `[line, endLine]` hold a new line, or have they lost one from among them? */
export function touched(hunks: readonly Hunk[], line: number, endLine: number): boolean {
  return hunks.some(({ from, to }) => (to < from ? line <= to && endLine >= from : from <= endLine && to >= line));
}

/** `git diff --numstat -z`: the files, with `binary` where git could not tell lines. A renamed one stands under its new name. */
export function filesOf(numstat: string): { name: string; binary: boolean }[] {
  const parts = numstat.split('\0');
  const out: { name: string; binary: boolean }[] = [];
  for (let i = 0; i < parts.length; i++) {
    const [added, lost, ...rest] = (parts[i] as string).split('\t');
    if (lost === undefined) continue;
    let name = rest.join('\t');
    if (name === '') {
      name = parts[i + 2] ?? '';
      i += 2;
    }
    out.push({ name, binary: added === '-' });
  }
  return out;
}
