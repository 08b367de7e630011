/**
 * `npx tsx tools/eval/letters.ts [--list [RULE]] [--all] [--lang fi|en]`
 *
 * False alarms on ordinary letters. Cities' and forums' own letter templates answer no complaint, so most that a rule finds in them is a
 * mistake. Each letter is linted alone, as e-mail, and findings per hundred letters are printed by rule. The letters lie in
 * `../shared/canned` on a developer's machine, each in its own format. Placeholders are legal there and not counted.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse, parseDocument } from 'yaml';
import { Engine } from '../../src/engine.js';
import { lint } from '../../src/lint.js';
import { loadSource } from '../../src/rules/load.js';
import type { Finding } from '../../src/types.js';
import { ROOT, SHARED } from './data.js';

type Letter = Readonly<{ id: string; set: string; lang: string; text: string }>;

const WORDS_MIN = 12;
/** Rules that look for something present: in a letter that answers no complaint hardly any should speak. */
const PRESENT = ['apology/hollow', 'answer/deflection', 'blame/customer', 'blame/excuse', 'blame/policy', 'blame/belittle', 'tone/humour-risky', 'channel/personal-data', 'channel/needless-private', 'template/ai-voice', 'template/boilerplate', 'person/register', 'person/faceless', 'person/wrong-name'];
/** What a template may well be without. */
const LEGAL = new Set(['template/unfilled']);

const CANNED = join(SHARED, 'canned');
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', rarr: '→', ndash: '–', mdash: '—', auml: 'ä', ouml: 'ö', Auml: 'Ä', Ouml: 'Ö', aring: 'å' };

function entities(text: string): string {
  return text.replace(/&#(\d+);/g, (_, n: string) => String.fromCodePoint(Number(n))).replace(/&(\w+);/g, (m, name: string) => ENTITIES[name] ?? m);
}

function plain(html: string): string {
  const marked = html
    .replace(/<!--[\s\S]*?-->|<(style|head|script|title)\b[\s\S]*?<\/\1>/gi, '')
    .replace(/[ \t]*\n[ \t]*/g, ' ')
    .replace(/<(br|hr)\b[^>]*>|<\/(p|div|h\d|tr|li|ul|ol|table|td|th)>/gi, '\n')
    .replace(/<li\b[^>]*>/gi, '- ')
    .replace(/<\/?[a-z!][^>]*>/gi, '');
  return entities(marked);
}

/** What the template engine takes out before anyone reads the letter. */
function unscripted(text: string): string {
  return text.replace(/\{#[\s\S]*?#\}|\{%[\s\S]*?%\}/g, '');
}

function tidy(text: string): string {
  return text.replace(/[ \t]+/g, ' ').replace(/ ?\n ?/g, '\n').replace(/\n{3,}/g, '\n\n').trim();
}

/** Markdown's marks: emphasis, headings, set-off text, images, links to their words. */
function unmarked(md: string): string {
  return entities(md).replace(/!\[[^\]]*\]\([^)]*\)/g, '').replace(/\[([^\]]+)\]\([^)]*\)/g, '$1').replace(/^ {0,3}(#+ +|> ?)/gm, '').replace(/\*\*|__/g, '').replace(/^```.*$/gm, '');
}

function csv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const m of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    if (m[0] === '') continue;
    rows.at(-1)?.push(m[1]?.replace(/""/g, '"') ?? m[2] ?? '');
    if (m[3] !== ',') rows.push([]);
  }
  return rows.filter((r) => r.length > 1);
}

function files(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((e) => e.isFile())
    .map((e) => join(e.parentPath, e.name))
    .sort();
}

/** Strings of a tree by their path: `system_messages.post_hidden.text_body_template`. */
function leaves(tree: unknown, path: string): [string, string][] {
  if (typeof tree === 'string') return [[path, tree]];
  if (tree === null || typeof tree !== 'object') return [];
  return Object.entries(tree).flatMap(([k, v]) => leaves(v, path === '' ? k : `${path}.${k}`));
}

function localised(set: string, dir: string, lang: (name: string) => string | undefined, convert: (text: string) => string): Letter[] {
  return files(join(CANNED, dir)).flatMap((f) => {
    const l = lang(basename(f));
    return l === undefined ? [] : [{ id: basename(f), set, lang: l, text: convert(readFileSync(f, 'utf8')) }];
  });
}

function discourse(): Letter[] {
  const base = join(CANNED, 'discourse-2017-fi-sv-en');
  const from = (file: string, set: string, keep: (path: string) => boolean): Letter[] =>
    ['fi', 'en'].flatMap((lang) => {
      const path = join(base, file.replace('LANG', lang));
      if (!existsSync(path)) return [];
      return leaves((parseDocument(readFileSync(path, 'utf8'), { uniqueKeys: false }).toJS() as Record<string, unknown>)[lang], '')
        .filter(([p]) => keep(p))
        .map(([p, text]) => ({ id: p, set, lang, text: unmarked(plain(text.replace(/\n/g, '<br>'))) }));
    });
  return [
    ...from('config/locales/server.LANG.yml', 'discourse', (p) => p.endsWith('text_body_template')),
    ...from('plugins/discourse-narrative-bot/config/locales/server.LANG.yml', 'discobot', (p) => !/description|\.(title|quote)$/.test(p)),
  ];
}

const suffix = (name: string): string | undefined => /[-_](fi|en)\.\w+$/.exec(name)?.[1];

/** Letters that complain of nothing. */
function target(): Letter[] {
  return [
    ...localised('berths', 'helsinki-berths-fi-sv-en/templates', suffix, (t) => plain(unscripted(t))),
    ...localised('bookings', 'helsinki-palvelutarjotin-fi-sv-en/notification_importers', suffix, (t) => plain(unscripted(t))),
    ...localised('permits', 'lupapiste-email-fi-sv-en/resources', (n) => /^(fi|en)-.*\.md$/.exec(n)?.[1], unmarked),
    ...discourse(),
  ];
}

/** Canned replies of helpdesks, where some answer complaints: to look at, not to count. */
function others(): Letter[] {
  const en = (set: string, pieces: readonly (string | undefined)[]): Letter[] => pieces.flatMap((t, i) => (t === undefined ? [] : [{ id: `${set}-${i}`, set, lang: 'en', text: t }]));
  const read = (path: string): string => (existsSync(join(CANNED, path)) ? readFileSync(join(CANNED, path), 'utf8') : '');
  const fenced = (path: string): string[] => [...read(path).matchAll(/^```\w*\n([\s\S]*?)^```/gm)].map((m) => unmarked(m[1] as string));
  const macros = csv(read('tamale-shop-zendesk-macros-csv/data/fts_zendesk_macros_api_import.csv')).slice(1);
  return [
    ...en('osticket', files(join(CANNED, 'osticket-current')).filter((f) => f.endsWith('.yaml') && f.includes('templates/email/')).map((f) => plain((parse(readFileSync(f, 'utf8')) as { body?: string }).body ?? ''))),
    ...en('tamale', macros.map((r) => (JSON.parse(r[2] ?? '[]') as { field: string; value: unknown }[]).find((a) => a.field === 'comment_value')?.value as string | undefined)),
    ...en('webcam', csv(read('webcam-cs-macros-csv/macros.csv')).slice(1).map((r) => r[2])),
    ...en('wporg', Object.values(JSON.parse(read('wporg-predefined-replies/src/replies/en.json') || '{}') as Record<string, { content?: string }>).map((r) => plain((r.content ?? '').replace(/\n/g, '<br>')))),
    ...en('ocf', files(join(CANNED, 'ocf-email-templates/www/templates')).map((f) => readFileSync(f, 'utf8'))),
    ...en('soldr', fenced('soldr-saved-replies/.github/SAVED_REPLIES.md')),
    ...en('arduino', files(join(CANNED, 'arduino-forum-templates')).filter((f) => /\d+\.md$/.test(f)).map((f) => unmarked(readFileSync(f, 'utf8')))),
    ...en('nebari', fenced('nebari-saved-replies/docs/community/maintainers/saved-replies.md')),
  ];
}

function main(): void {
  if (!existsSync(CANNED)) {
    console.log('no letters at hand: ../shared/canned is missing');
    return;
  }
  const args = process.argv.slice(2);
  const lang = args.includes('--lang') ? args[args.indexOf('--lang') + 1] : undefined;
  const list = args.includes('--list');
  const only = list && args[args.indexOf('--list') + 1]?.includes('/') === true ? args[args.indexOf('--list') + 1] : undefined;
  const engine = new Engine(loadSource(join(ROOT, 'rules')));
  const seen = new Set<string>();
  const letters = (args.includes('--all') ? others() : target())
    .map((l) => ({ ...l, text: tidy(l.text) }))
    .filter((l) => (lang === undefined || l.lang === lang) && l.text.split(/\s+/).filter((w) => /\p{L}{2}/u.test(w)).length >= WORDS_MIN && !seen.has(l.text) && seen.add(l.text));
  const found = letters.flatMap((letter) =>
    lint({ reply: letter.text, lang: letter.lang, channel: 'email' }, engine)
      .findings.filter((f) => !LEGAL.has(f.rule))
      .map((finding) => ({ letter, finding })),
  );

  if (list) {
    const shown = (f: Finding): string => f.evidence.map((e) => `“${e}”`).join(' | ');
    const chosen = found.filter(({ finding }) => (only === undefined ? PRESENT.includes(finding.rule) : finding.rule === only));
    for (const { letter, finding } of chosen.sort((a, b) => (a.finding.rule < b.finding.rule ? -1 : 1))) console.log(`${finding.rule} ${letter.set} ${letter.lang} ${letter.id}: ${finding.confidence} ${shown(finding)}`);
    console.log('');
  }
  const sets = [...new Set(letters.map((l) => `${l.set} ${l.lang}`))].sort();
  console.log(`${letters.length} letters: ${sets.map((s) => `${s} ${letters.filter((l) => `${l.set} ${l.lang}` === s).length}`).join(', ')}`);
  const langs = [...new Set(letters.map((l) => l.lang))].sort();
  console.log(`\nletters with a finding, per 100${' '.repeat(3)}${[...langs, 'all'].map((l) => l.padStart(6)).join('')}`);
  const rate = (rule: (id: string) => boolean, l: string): string => {
    const mine = letters.filter((x) => l === 'all' || x.lang === l);
    const hit = new Set(found.filter((x) => (l === 'all' || x.letter.lang === l) && rule(x.finding.rule)).map((x) => x.letter));
    return mine.length === 0 ? '–' : ((100 * hit.size) / mine.length).toFixed(1);
  };
  const row = (name: string, rule: (id: string) => boolean): void => console.log(`${name.padEnd(34)}${[...langs, 'all'].map((l) => rate(rule, l).padStart(6)).join('')}`);
  const rules = [...new Set(found.map((x) => x.finding.rule))].sort();
  for (const r of rules.filter((x) => PRESENT.includes(x))) row(r, (id) => id === r);
  row('any of these', (id) => PRESENT.includes(id));
  console.log('');
  for (const r of rules.filter((x) => !PRESENT.includes(x))) row(r, (id) => id === r);
}

main();
