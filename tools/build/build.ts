/** `npm run build`: bundles, types and rule data into `dist/`. Says nothing when all is well. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import ts from 'typescript';
import { builtFiles, loadSource } from '../../src/rules/load.js';
import { pack } from '../../src/rules/pack.js';
import { STRANGERS } from '../../src/text/detect.js';
import { UserError } from '../../src/types.js';
import { bundled, notices } from './licences.js';
import { program } from './program.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DIST = join(ROOT, 'dist');
/** Built here and moved into place whole: whoever runs savy meanwhile never sees half of it. */
const STAGE = join(ROOT, 'node_modules', `.savy-build-${process.pid}`);
const RULES = join(ROOT, 'rules');

/** franc knows 187 languages; savy asks it only about those that have a folder, and a few that others' texts may be in. */
function onlyLanguages(iso: readonly string[]): Plugin {
  return {
    name: 'only-languages',
    setup(bundle) {
      bundle.onLoad({ filter: /[\\/]franc[\\/]data\.js$/ }, async ({ path }) => {
        const { data } = (await import(path)) as { data: Record<string, Record<string, string>> };
        const kept = Object.fromEntries(
          Object.entries(data)
            .map(([script, languages]) => [script, Object.fromEntries(Object.entries(languages).filter(([name]) => iso.includes(name)))] as const)
            .filter(([, languages]) => Object.keys(languages).length > 0),
        );
        return { contents: `export const data = ${JSON.stringify(kept)};`, loader: 'js' };
      });
    },
  };
}

/** franc sorts its trigrams when it is loaded, and few texts are ever asked about: it is loaded with the first of them. */
const lateFranc: Plugin = {
  name: 'late-franc',
  setup(bundle) {
    bundle.onResolve({ filter: /^franc$/ }, ({ path, namespace }) => (namespace === 'late' ? undefined : { path, namespace: 'late' }));
    bundle.onLoad({ filter: /.*/, namespace: 'late' }, () => ({ contents: "export const francAll = (...given) => require('franc').francAll(...given);", loader: 'js', resolveDir: ROOT }));
  },
};

/** commander can start other programs as commands; savy has none, and loading the module costs a start its time. */
const withoutProcesses: Plugin = {
  name: 'without-processes',
  setup(bundle) {
    bundle.onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) => (/[\\/]commander[\\/]/.test(importer) ? { path, namespace: 'nothing' } : undefined));
    bundle.onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: 'module.exports = {};', loader: 'js' }));
  },
};

/** Runs the program in each language and keeps what V8 compiled: the next start reads it instead of compiling. */
function warm(): void {
  const cases = ['fi-larva-template', 'en-hollow-apology'].map((name) => join(ROOT, 'fixtures', 'exchanges', name)).filter((dir) => existsSync(dir));
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'tools/build/warm.cjs'), join(DIST, 'cli.cjs'), ...cases], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the built program does not run: ${stderr}`);
}

/** Declarations of the public API. */
function declarations(): void {
  const program = ts.createProgram([join(ROOT, 'src/index.ts'), join(ROOT, 'src/modules.d.ts')], {
    ...ts.parseJsonConfigFileContent(ts.readConfigFile(join(ROOT, 'tsconfig.json'), (p) => ts.sys.readFile(p)).config, ts.sys, ROOT).options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    outDir: join(STAGE, 'types'),
    rootDir: join(ROOT, 'src'),
    noCheck: true,
  });
  program.emit();
}

async function main(): Promise<void> {
  const store = loadSource(RULES);
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  mkdirSync(join(STAGE, 'rules'), { recursive: true });
  for (const [name, value] of builtFiles(store)) writeFileSync(join(STAGE, 'rules', name), value);
  mkdirSync(join(STAGE, 'rules', 'model'));
  for (const { lang } of store.index.languages) {
    const model = store.model(lang);
    if (model !== undefined) writeFileSync(join(STAGE, 'rules', 'model', `${lang}.bin`), pack(model));
  }
  const vectors = store.vectors();
  if (vectors !== undefined) writeFileSync(join(STAGE, 'rules', 'model', 'vectors.bin'), vectors);

  const common: BuildOptions = {
    absWorkingDir: ROOT,
    bundle: true,
    metafile: true,
    platform: 'node',
    target: 'node20',
    // Some packages' form for `require` looks for its parts at run time, where nothing can be bundled.
    mainFields: ['module', 'main'],
    minify: true,
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'warning',
    define: { SAVY_VERSION: JSON.stringify(version) },
    plugins: [onlyLanguages([...store.index.languages.map((l) => l.iso), ...STRANGERS]), lateFranc, withoutProcesses],
  };
  const [parts, library] = await Promise.all([
    program(common, ROOT, 'src/commands/main.ts'),
    build({
      ...common,
      entryPoints: [join(ROOT, 'src/index.ts')],
      outfile: join(STAGE, 'index.js'),
      format: 'esm',
      // Packages written for `require` find it here.
      banner: { js: "import { createRequire as savyRequire } from 'node:module'; const require = savyRequire(import.meta.url);" },
    }),
  ]);
  writeFileSync(join(STAGE, 'core.cjs'), parts.core);
  writeFileSync(join(STAGE, 'rest.cjs'), parts.rest);
  writeFileSync(join(STAGE, 'THIRD-PARTY-NOTICES.txt'), notices(bundled(ROOT, [...parts.inputs, ...Object.keys(library.metafile?.inputs ?? {})])));
  for (const file of ['cli.cjs', 'worker.cjs']) cpSync(join(ROOT, 'tools/build', file), join(STAGE, file));
  declarations();
  rmSync(DIST, { recursive: true, force: true });
  renameSync(STAGE, DIST);
  // Last, since the cache remembers where the program lies.
  warm();
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`build: ${[error.place, error.message, error.hint].filter((p) => p !== undefined).join(': ')}\n`);
  process.exitCode = 2;
} finally {
  rmSync(STAGE, { recursive: true, force: true });
}
