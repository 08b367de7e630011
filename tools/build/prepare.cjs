// npm's `prepare`: builds. A global install straight from git (`npm install -g git+…`, and so pre-commit) comes here without what a build takes.
'use strict';
const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const ROOT = join(__dirname, '../..');
const env = { ...process.env };
for (const key of Object.keys(env)) if (/^npm_config_(?:global|location|omit|include|dry_run)$/i.test(key)) delete env[key];

function npm(...args) {
  const { npm_execpath: path } = process.env;
  const { status } = path === undefined ? spawnSync('npm', args, { cwd: ROOT, env, stdio: 'inherit', shell: process.platform === 'win32' }) : spawnSync(process.execPath, [path, ...args], { cwd: ROOT, env, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(join(ROOT, 'node_modules/tsx'))) npm('ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
npm('run', 'build');
