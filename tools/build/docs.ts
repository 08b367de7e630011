/** `npm run docs`: writes `docs/rules.md` from the rules themselves; `--check` fails when it is stale. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSource } from '../../src/rules/load.js';
import type { Example, ExampleReply, Rule } from '../../src/rules/types.js';
import { CHANNELS } from '../../src/types.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

function points(rule: Rule): string {
  const values = new Set(CHANNELS.map((c) => rule.points[c]));
  return values.size === 1 ? String(rule.points.social) : CHANNELS.map((c) => `${c} ${rule.points[c]}`).join(', ');
}

function example(e: Example): string {
  const lines = (text: string): string => text.trim().replace(/\n/g, '\n> ');
  if (e.replies !== undefined) return e.replies.map((r) => `> ${lines([...nameOf(r), r.reply].join(' '))}\n`).join('>\n');
  const about = [e.for === undefined ? '' : `for: ${e.for}`, e.format === undefined || e.format === '' ? '' : e.format].filter((x) => x !== '').map((x) => `> \`${x}\`\n>\n`).join('');
  return [about, e.message === undefined ? '' : `> *${lines(e.message)}*\n>\n`, `> ${lines(e.reply)}\n`].join('');
}

/** What a library knows a reply by, when the example is about that. */
function nameOf({ key, title, shortcut, lang }: ExampleReply): string[] {
  const name = [key, shortcut, title, lang].filter((x) => x !== undefined).join(' · ');
  return name === '' ? [] : [`\`${name}\``];
}

/** What the rule says in `savy scan`. */
function inLibrary({ scope, library, whole }: Rule): string {
  if (scope === 'between') return ' Compares the replies of a library (`savy scan`).';
  if (scope === 'library') return ' Speaks in libraries only (`savy scan`).';
  return `${library === undefined ? '' : library === 'off' ? ' Silent in libraries.' : library === 'paired' ? ' In libraries only of replies with `for` or `complaint`.' : ` In libraries: ${library}.`}${whole ? ' In libraries silent of fragments.' : ''}`;
}

export function rulesPage(rules: readonly Rule[]): string {
  const out = [
    '# Rules',
    '',
    'Made by `npm run docs` from `rules/*.yml`; edit those. Points are what a finding takes off the grade (10).',
    '',
    '| rule | level | points | trips when |',
    '| --- | --- | --- | --- |',
    ...rules.map((r) => `| [\`${r.id}\`](#${r.id.replace('/', '')}) | ${r.level} | ${points(r)} | ${(r.message['en'] ?? '').replace(/:? *“?\{\w+\}”?(?=\.$)|\(“\{\w+\}”\)/g, '').replace(/\{\w+\}/g, '…').replace(/\s+\./, '.')} |`),
  ];
  for (const r of rules) {
    out.push('', `## ${r.id}`, '', `${r.why['en']}`, '', `*Suomeksi:* ${r.why['fi']}`, '', `Rests on: ${r.source}.${r.needs === 'message' ? ' Needs the message.' : r.needs === 'mood' ? ' Needs the message, or in a library `for`.' : ''}${inLibrary(r)}`);
    for (const [title, list] of [['Trips', r.examples.bad], ['Does not trip', r.examples.good]] as const) {
      for (const lang of ['fi', 'en']) {
        const e = list.find((x) => x.lang === lang);
        if (e !== undefined) out.push('', `${title} (${lang}):`, '', example(e));
      }
    }
  }
  return `${out.join('\n').replace(/\n{3,}/g, '\n\n').trimEnd()}\n`;
}

function main(): void {
  const path = join(ROOT, 'docs', 'rules.md');
  const page = rulesPage(loadSource(join(ROOT, 'rules')).index.rules);
  if (!process.argv.includes('--check')) writeFileSync(path, page);
  else if (readFileSync(path, 'utf8') !== page) {
    process.stderr.write('docs/rules.md is stale: run npm run docs\n');
    process.exitCode = 1;
  }
}

if (process.argv[1]?.endsWith('docs.ts') === true) main();
