/** What `savy init` writes: texts of the settings and of the CI's file. Pure. */

/** What was found of a library. */
export type Library = Readonly<{
  /** Folders and files to be scanned. */
  paths: readonly string[];
  replies: number;
  /** Formats and languages, the commonest first. */
  formats: readonly string[];
  languages: readonly string[];
}>;

export type Told = Readonly<{ version: string; /** savy is among the project's own packages. */ installed: boolean; library: Library | undefined }>;

const list = (words: readonly string[]): string => words.join(', ');

export function librarySaid({ replies, formats, languages }: Library): string {
  return `${replies} ${replies === 1 ? 'reply' : 'replies'} (${[list(formats), list(languages)].filter((s) => s !== '').join('; ')})`;
}

export function configText({ version, installed, library }: Told): string {
  const schema = installed ? './node_modules/savy/docs/schema/config.json' : `https://unpkg.com/savy@${version}/docs/schema/config.json`;
  return `# yaml-language-server: $schema=${schema}
# Settings of savy. Every key: README.md of savy, “Settings”; what is in force here and why: savy check --print-config
${library === undefined ? '' : `# Found when this was written: ${librarySaid(library)}.\n`}
# Names of the company and its brands: they sign as a team, never as a person.
brands: []

# Names of the people who answer: they sign as people.
agents: []

# Exit code 1 from here on: hint, warning, error. A floor for the grade may be set beside it.
fail-on: warning
# min-grade: 7

# Where replies are read: social, email, chat, review, app. A helpdesk's own is known without it.
# channel: email

# Levels and points of single rules (savy rules lists them).
# rules:
#   person/faceless: off
#   answer/late: { level: hint, points: 0.5 }

# Own rules and words, as a folder or a package.
# packs: [style]
# extends: "@your-company/savy"

# Settings for single files; later ones win.
# overrides:
#   - files: ["**/email/**"]
#     channel: email
`;
}

/** For a shell, inside a YAML block. */
const quoted = (word: string): string => (/^[\w./@-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** The command that checks the library, as people and CI call it. */
export function scanCommand({ version, installed, library }: Told, ...options: readonly string[]): string {
  return ['npx', ...(installed ? ['savy'] : ['--yes', `savy@${version}`]), 'scan', ...(library?.paths ?? ['.']).map(quoted), ...options].join(' ');
}

export function githubText(told: Told): string {
  return `# Checks the canned replies of every pull request; findings show beside the lines.
name: savy
on:
  pull_request:
  push:
    branches: [main, master]
permissions:
  contents: read
jobs:
  savy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 20
${told.installed ? '      - run: npm ci\n' : ''}      - run: |
          ${scanCommand(told)}
`;
}

export function gitlabText(told: Told): string {
  return `# Checks the canned replies of every merge request; findings show in its code quality report.
savy:
  image: node:20
  script:
${told.installed ? '    - npm ci\n' : ''}    - |
      ${scanCommand(told, '--format', 'gitlab', '--output', 'savy-quality.json')}
  artifacts:
    when: always
    reports:
      codequality: savy-quality.json
`;
}
