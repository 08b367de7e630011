import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { Table } from '../src/text/table.js';
import { ROOT, store } from './drive.js';

const SRC = join(ROOT, 'src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts') && !f.endsWith('.d.ts')).map((f) => f.replace(/\\/g, '/')).sort();
const sources = new Map(files.map((f) => [f, ts.createSourceFile(f, readFileSync(join(SRC, f), 'utf8'), ts.ScriptTarget.ES2022, true)]));

type Import = Readonly<{ file: string; from: string; typeOnly: boolean }>;

function walk(node: ts.Node, visit: (n: ts.Node) => boolean | void): void {
  if (visit(node) === false) return;
  node.forEachChild((child) => walk(child, visit));
}

const imports: Import[] = [...sources].flatMap(([file, source]) => {
  const out: Import[] = [];
  walk(source, (n) => {
    if ((ts.isImportDeclaration(n) || ts.isExportDeclaration(n)) && n.moduleSpecifier !== undefined && ts.isStringLiteral(n.moduleSpecifier)) {
      const clause = ts.isImportDeclaration(n) ? n.importClause : n;
      out.push({ file, from: n.moduleSpecifier.text, typeOnly: clause !== undefined && 'isTypeOnly' in clause && clause.isTypeOnly === true });
    }
    if (ts.isCallExpression(n) && n.expression.kind === ts.SyntaxKind.ImportKeyword && n.arguments[0] !== undefined && ts.isStringLiteral(n.arguments[0])) out.push({ file, from: n.arguments[0].text, typeOnly: false });
  });
  return out;
});

const local = imports.filter((i) => i.from.startsWith('.')).map((i) => ({ ...i, to: relative(SRC, join(SRC, dirname(i.file), i.from)).replace(/\\/g, '/').replace(/\.js$/, '.ts') }));
const packages = imports.filter((i) => !i.from.startsWith('.') && !i.from.startsWith('node:'));

/** Which layer may import which: only itself and what stands below it. */
const LAYERS: readonly (readonly string[])[] = [
  ['types.ts'],
  ['text'],
  ['cues'],
  ['facts'],
  ['rules'],
  ['grade.ts', 'wording.ts', 'short.ts', 'retell.ts', 'about.ts', 'voice.ts', 'slots.ts', 'seams.ts', 'idle.ts', 'clause.ts', 'places.ts', 'deletion.ts', 'fix.ts'],
  ['engine.ts'],
  ['lint.ts'],
  ['fixing.ts', 'outcome.ts', 'brief.ts', 'redact.ts'],
  ['library'],
  ['trial.ts'],
  ['commands'],
  ['index.ts', 'source.ts'],
];
const EDGES = ['readers', 'reporters'];
const layerOf = (file: string): number => LAYERS.findIndex((layer) => layer.includes(file.split('/')[0] as string));

/** Kept deliberately: a document is made with a language. */
const ALLOWED = new Set(['text/document.ts → cues/language.ts']);

describe('layout', () => {
  it('every file has its layer', () => {
    for (const f of files) expect(layerOf(f) >= 0 || EDGES.includes(f.split('/')[0] as string), f).toBe(true);
  });

  it('imports point one way', () => {
    const wrong = local
      .filter(({ file, to }) => !EDGES.includes(file.split('/')[0] as string) && (EDGES.includes(to.split('/')[0] as string) ? layerOf(file) < layerOf('commands/x') : layerOf(to) > layerOf(file)))
      .map(({ file, to, typeOnly }) => ({ edge: `${file} → ${to}`, typeOnly }))
      .filter(({ edge }) => !ALLOWED.has(edge));
    expect(wrong).toEqual([]);
  });

  it('readers and reporters know only types and text', () => {
    const wrong = local.filter(({ file, to }) => EDGES.includes(file.split('/')[0] as string) && !['types.ts', 'text', file.split('/')[0]].includes(to.split('/')[0] as string));
    expect(wrong.map(({ file, to }) => `${file} → ${to}`)).toEqual([]);
  });

  it('each package is imported in one file', () => {
    const users = new Map<string, Set<string>>();
    for (const { file, from } of packages) {
      // `natural` comes in parts, by subpath; each part has its one file.
      const name = from.startsWith('natural/') ? from.split('/').slice(0, 4).join('/') : from.startsWith('@') ? from.split('/').slice(0, 2).join('/') : (from.split('/')[0] as string);
      users.set(name, (users.get(name) ?? new Set()).add(file));
    }
    for (const [name, where] of users) expect([...where], name).toHaveLength(1);
    expect(packages.filter((p) => p.from === 'natural')).toEqual([]);
    expect([...(users.get('yaml') ?? [])]).toEqual(['text/yaml.ts']);
  });

  it('only commands, the rule loader and the two entries touch the machine', () => {
    const mayTouch = (f: string): boolean => f.startsWith('commands/') || ['rules/load.ts', 'index.ts', 'source.ts'].includes(f);
    expect(imports.filter((i) => (i.from.startsWith('node:') || builtinModules.includes(i.from)) && !mayTouch(i.file))).toEqual([]);
    for (const [file, source] of sources) {
      if (mayTouch(file)) continue;
      walk(source, (n) => {
        if (ts.isPropertyAccessExpression(n) && ts.isIdentifier(n.expression)) {
          const name = `${n.expression.text}.${n.name.text}`;
          expect(n.expression.text === 'process' || ['Date.now', 'Math.random', 'console.log', 'console.error'].includes(name), `${file}: ${name}`).toBe(false);
        }
        if (ts.isNewExpression(n) && ts.isIdentifier(n.expression)) expect(n.expression.text === 'Date' && (n.arguments?.length ?? 0) === 0, `${file}: new Date()`).toBe(false);
      });
    }
  });
});

describe('words of human languages live in rules/', () => {
  /** What a person is told when something is wrong with a file or an option is English, and so are thrown mistakes of ours. */
  const isMistake = (n: ts.Node): boolean => ts.isNewExpression(n) && ts.isIdentifier(n.expression) && /Error$|^Fault$/.test(n.expression.text);
  const TELLS_MISTAKES = /^(?:commands\/|rules\/(?:read|yaml|load|config|packs|merits|forms|formats)\.ts|text\/yaml\.ts|readers\/)/;
  /** Keys of settings and values of facts, a domain, an emoticon. */
  const KEYS = new Set(['te', 'ui', 'iso', 'se', 'oo', 'th']);
  /** Codes of languages look like words of them. */
  const CODES = 'readers/languages.ts';
  /** Patterns over words that are no text: headings of mails, fields of exports, domains, commander's messages, grades, JSON. */
  const PROTOCOL = /^(?:readers\/(?:mail|parse\/(?:html|sql)|generic\/(?:html|plain)|json|helpdesk\/[a-z-]+)\.ts|text\/addresses\.ts|commands\/(?:program|lines|options)\.ts)$/;

  /** Texts of literals, patterns without their escapes. */
  const literals = (source: ts.SourceFile): { text: string; pattern: boolean; mistake: boolean }[] => {
    const out: { text: string; pattern: boolean; mistake: boolean }[] = [];
    const visit = (node: ts.Node, mistake: boolean): void => {
      if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isLiteralTypeNode(node)) return;
      const told = mistake || isMistake(node);
      if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)) out.push({ text: node.text, pattern: false, mistake: told });
      if (ts.isRegularExpressionLiteral(node)) out.push({ text: node.text.replace(/\/[a-z]*$/, '').replace(/\\[pP]\{[^}]*\}|\\u\{?[0-9a-f]+\}?|\\./gi, ' '), pattern: true, mistake: told });
      node.forEachChild((child) => visit(child, told));
    };
    visit(source, false);
    return out;
  };

  const vocabulary = (lang: string): Set<string> => {
    const { spec, automaton } = store().language(lang);
    return new Set([...spec.function_words, ...spec.stop_words, ...spec.openers, ...[automaton.words, automaton.stems].flatMap((t) => [...new Table(t)].map(([word]) => word))].filter((w) => /^\p{L}{2,}$/u.test(w)));
  };
  const finnish = vocabulary('fi');
  const english = vocabulary('en');
  const functionWords = new Set(store().index.languages.flatMap((l) => l.functionWords));

  /** What of a file belongs in rules/. */
  const strays = (file: string, source: ts.SourceFile): string[] =>
    literals(source).flatMap(({ text, pattern, mistake }) => {
      const words = text.toLowerCase().match(/\p{L}{2,}/gu) ?? [];
      const found = [
        ...(text.match(/[åäö]/gi) ?? []),
        ...words.filter((w) => file !== CODES && finnish.has(w) && !english.has(w) && !KEYS.has(w)),
        // Code speaks English in its keys; a pattern over English words, or a sentence, is about texts.
        ...(pattern && !PROTOCOL.test(file) ? words.filter((w) => english.has(w) && !/^x+$/.test(w)) : []),
        ...(pattern || mistake || TELLS_MISTAKES.test(file) ? [] : (text.toLowerCase().match(/\p{L}{2,}(?= )|(?<= )\p{L}{2,}/gu) ?? []).filter((w) => functionWords.has(w))),
      ];
      return found.map((what) => `${file}: ${what} in ${text}`);
    });

  it('none is in code', () => {
    expect([...sources].flatMap(([file, source]) => strays(file, source))).toEqual([]);
  });

  it.each([
    "const apology = 'pahoittelemme';",
    "if (token.norm === 'asiakaspalvelu') found();",
    'const SORRY = /\\b(?:sorry|apologies)\\b/i;',
    'const KIITOS = /^kiitos palautteesta/;',
    'const fix = `Write to ${name} about the matter`;',
    "const hi = 'Hyvää päivää';",
  ])('and would be seen: %s', (code) => {
    expect(strays('text/x.ts', ts.createSourceFile('x.ts', code, ts.ScriptTarget.ES2022, true))).not.toEqual([]);
  });
});
