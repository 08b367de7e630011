/** What is shipped: small, whole, with its licences, and it runs from an empty folder. `npm test` builds first; alone, run `npm run build` before. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundled, isFine } from '../tools/build/licences.js';
import { ROOT } from './drive.js';

const MB = 1_000_000;
const dir = mkdtempSync(join(tmpdir(), 'savy-package-'));
const env = { ...process.env, NO_COLOR: '1', npm_config_update_notifier: 'false', npm_config_cache: join(dir, 'cache') };
const npm = (args: readonly string[], cwd: string): string => {
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd, env, encoding: 'utf8', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
};

describe('the package', () => {
  let packed: { filename: string; size: number; files: readonly { path: string }[] };
  beforeAll(() => {
    packed = (JSON.parse(npm(['pack', '--ignore-scripts', '--json', '--pack-destination', dir], ROOT)) as (typeof packed)[])[0] as typeof packed;
  }, 120_000);

  it('is at most 3 MB, and holds what a user needs', () => {
    expect(statSync(join(dir, packed.filename)).size).toBeLessThanOrEqual(3 * MB);
    const paths = packed.files.map((f) => f.path);
    for (const path of ['bin/savy.js', 'dist/cli.cjs', 'dist/core.cjs', 'dist/rest.cjs', 'dist/worker.cjs', 'dist/index.js', 'dist/types/index.d.ts', 'dist/THIRD-PARTY-NOTICES.txt', 'docs/schema/config.json', 'README.md', 'LICENSE', 'SECURITY.md']) expect(paths).toContain(path);
    expect(paths.filter((p) => /^(?:src|test|tools|fixtures|rules|\.github)\/|\.map$|\.env|\.npmrc/.test(p))).toEqual([]);
  });

  it('needs nothing else at run time, and runs nothing when it is installed', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, Record<string, string> | undefined>;
    expect(manifest['dependencies']).toBeUndefined();
    for (const script of ['preinstall', 'install', 'postinstall']) expect(manifest['scripts']?.[script]).toBeUndefined();
  });

  it('is installed into an empty folder without a network, and works there', () => {
    const home = join(dir, 'home');
    mkdirSync(home);
    writeFileSync(join(home, 'package.json'), '{"name":"home","private":true,"type":"module"}');
    npm(['install', '--offline', '--no-audit', '--no-fund', join(dir, packed.filename)], home);
    const bin = join(home, 'node_modules/.bin/savy');
    const { status, stdout } = spawnSync(bin, ['check', '--format', 'json', '--no-config'], { cwd: home, input: 'Hei, pahoittelemme aiheutunutta mielipahaa.', encoding: 'utf8', env, shell: process.platform === 'win32' });
    expect(status).toBe(1);
    expect((JSON.parse(stdout) as { findings: { rule: string }[] }).findings.map((f) => f.rule)).toContain('apology/hollow');
    writeFileSync(join(home, 'a.md'), '# Late\n\nSorry for any inconvenience this may have caused.\n');
    expect(spawnSync(bin, ['scan', 'a.md', '--jobs', '2', '--no-config'], { cwd: home, encoding: 'utf8', env, shell: process.platform === 'win32' }).status).toBe(1);
    writeFileSync(join(home, 'api.js'), "import { check } from 'savy';\nconsole.log(check({ reply: 'Thank you for your message, we are looking into it.' }).lang);\n");
    expect(spawnSync(process.execPath, ['api.js'], { cwd: home, encoding: 'utf8', env }).stdout).toBe('en\n');
  }, 120_000);
});

describe('licences', () => {
  it('of all that is bundled are told, and fine', () => {
    const text = readFileSync(join(ROOT, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
    const told = [...text.matchAll(/^-{80}\n(\S+) (\S+) \(([^\n]+)\)$/gm)];
    expect(told.length).toBeGreaterThan(5);
    expect(told.filter(([, , , licence]) => !isFine(licence as string))).toEqual([]);
    for (const name of ['commander', 'yaml', 'htmlparser2']) expect(told.map((m) => m[1])).toContain(name);
  });

  it('that are missing, or ask for more than their notice, stop the build', () => {
    const root = mkdtempSync(join(tmpdir(), 'savy-licences-'));
    for (const [name, licence] of [['gpl', 'GPL-3.0-only'], ['none', undefined], ['fine', '(GPL-3.0-only OR MIT)']] as const) {
      mkdirSync(join(root, 'node_modules', name), { recursive: true });
      writeFileSync(join(root, 'node_modules', name, 'package.json'), JSON.stringify({ name, version: '1.0.0', license: licence }));
    }
    expect(() => bundled(root, ['node_modules/gpl/x.js'])).toThrow(/the licence of gpl is “GPL-3.0-only”/);
    expect(() => bundled(root, ['node_modules/none/x.js'])).toThrow(/is not named/);
    expect(bundled(root, ['node_modules/fine/x.js', 'src/a.ts']).map((b) => b.name)).toEqual(['fine']);
  });

  it('every package of the lockfile comes from the registry, with its hash', () => {
    const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Record<string, { resolved?: string; integrity?: string; link?: boolean }> };
    for (const [path, { resolved, integrity, link }] of Object.entries(packages)) {
      if (path === '') continue;
      expect(link, path).toBeUndefined();
      expect(integrity, path).toMatch(/^sha512-/);
      expect(resolved ?? 'https://registry.npmjs.org/', path).toMatch(/^https:\/\/registry\.npmjs\.org\//);
    }
  });
});

it('workflows pin what they run to commits', () => {
  const workflow = readFileSync(join(ROOT, '.github/workflows/publish.yml'), 'utf8');
  const uses = [...workflow.matchAll(/uses: (\S+)/g)].map((m) => m[1] as string);
  expect(uses.length).toBeGreaterThan(0);
  for (const action of uses) expect(action).toMatch(/@[0-9a-f]{40}$/);
  expect(workflow).toMatch(/npm publish --provenance/);
  expect(workflow).toMatch(/id-token: write/);
});
