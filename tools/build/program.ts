/**
 * The program as two scripts: `core`, all that `savy check` needs, and `rest`, which is read when something in it is first asked for. A start
 * reads, and V8 opens compiled code for, the smaller part alone. A module of ours lies in one of them: each script asks the other for its own.
 */
import { relative, resolve } from 'node:path';
import { build, type BuildOptions, type BuildResult, type Plugin } from 'esbuild';

export type Parts = Readonly<{ core: string; rest: string; inputs: readonly string[] }>;

const SCRIPT = /\.ts$/;

/** Each script is the body of a function of these. */
const wrapped = (code: string): string => `(function (exports, require, module, savyUrl, savyOther) {${code}\n})`;

/** ASCII alone, down to the patterns that esbuild leaves as they are: the loader reads it byte by byte, and V8 keeps it in half the memory. */
const ascii = (text: string): string => text.replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Modules that `elsewhere` says lie in the other script, and are asked for there. */
function other(root: string, elsewhere: (path: string, late: boolean) => boolean, asked: Set<string>): Plugin {
  return {
    name: 'other-script',
    setup(bundle) {
      bundle.onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir, kind, importer }) => {
        if (/node_modules/.test(importer)) return undefined;
        const file = relative(root, resolve(resolveDir, path)).replace(/\.js$/, '.ts').replaceAll('\\', '/');
        if (!SCRIPT.test(file) || !elsewhere(file, kind === 'dynamic-import')) return undefined;
        asked.add(file);
        return { path: file, namespace: 'other' };
      });
      bundle.onLoad({ filter: /.*/, namespace: 'other' }, ({ path }) => ({ contents: `module.exports = savyOther(${JSON.stringify(path)});`, loader: 'js' }));
    },
  };
}

function textOf(result: BuildResult<{ write: false }>): string {
  return wrapped(ascii(result.outputFiles[0]?.text ?? ''));
}

/** @param main the module that exports `run`, `work` and `start` */
export async function program(common: BuildOptions, root: string, main: string): Promise<Parts> {
  const options = { ...common, format: 'cjs', metafile: true, write: false, define: { ...common.define, 'import.meta.url': 'savyUrl' } } as const satisfies BuildOptions;
  const made = (contents: string, plugin: Plugin): Promise<BuildResult<{ metafile: true; write: false }>> =>
    build({ ...options, stdin: { contents, resolveDir: root, loader: 'ts' }, plugins: [...(common.plugins ?? []), plugin] });
  const named = (files: Iterable<string>, of: (file: string) => string): string => [...files].sort().map((file) => `${JSON.stringify(file)}: ${of(file)},`).join('\n');

  // What is imported late lies in the rest, but for what the core has anyhow.
  const own = `export { run, start, work } from './${main}';`;
  const late = new Set<string>();
  const first = await made(own, other(root, (_, isLate) => isLate, late));
  const core = new Set(Object.entries(Object.values(first.metafile.outputs)[0]?.inputs ?? {}).flatMap(([file, { bytesInOutput }]) => (SCRIPT.test(file) && bytesInOutput > 0 ? [file] : [])));
  const needed = new Set([...late].filter((file) => core.has(file)));
  const rest = await made(
    `const modules = {\n${named([...late].filter((file) => !core.has(file)), (file) => `() => require('./${file}')`)}\n};\nmodule.exports = (path) => modules[path]();`,
    other(root, (file) => core.has(file), needed),
  );
  const files = [...needed].sort();
  const whole = await made(
    `${own}\n${files.map((file, i) => `import * as m${i} from './${file}';`).join('\n')}\nexport const modules = {\n${files.map((file, i) => `${JSON.stringify(file)}: m${i},`).join('\n')}\n};`,
    other(root, (file, isLate) => isLate && !core.has(file), new Set()),
  );
  return { core: textOf(whole), rest: textOf(rest), inputs: [...Object.keys(whole.metafile.inputs), ...Object.keys(rest.metafile.inputs)] };
}
