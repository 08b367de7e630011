import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
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
  ['grade.ts', 'slots.ts', 'fix.ts'],
  ['engine.ts'],
  ['lint.ts'],
  ['outcome.ts'],
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
    expect([...(users.get('yaml') ?? [])]).toEqual(['rules/yaml.ts']);
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
  const MISTAKES = /^(?:commands\/|rules\/(?:read|yaml|load|config)\.ts|readers\/)/;
  const strings = (file: string, source: ts.SourceFile): string[] => {
    const out: string[] = [];
    walk(source, (n) => {
      if (isMistake(n) || ts.isImportDeclaration(n) || ts.isLiteralTypeNode(n)) return false;
      if (ts.isStringLiteralLike(n) || ts.isTemplateHead(n) || ts.isTemplateMiddle(n) || ts.isTemplateTail(n)) out.push(n.text);
      return undefined;
    });
    return out;
  };

  it('no letter beyond ASCII in code', () => {
    const found = [...sources].flatMap(([file, source]) => strings(file, source).filter((s) => /[åäöÅÄÖ]/.test(s)).map((s) => `${file}: ${s}`));
    expect(found).toEqual([]);
  });

  it('no sentence in code', () => {
    const small = new Set(store().index.languages.flatMap((l) => l.functionWords));
    const found = [...sources]
      .filter(([file]) => !MISTAKES.test(file))
      .flatMap(([file, source]) =>
        strings(file, source)
          // A sentence has a space; a key has none.
          .filter((s) => (s.match(/\p{L}{2,}(?= )|(?<= )\p{L}{2,}/gu) ?? []).some((w) => small.has(w.toLowerCase())))
          .map((s) => `${file}: ${s}`),
      );
    expect(found).toEqual([]);
  });
});
