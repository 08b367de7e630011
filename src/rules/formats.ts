/** `library/formats.yml`: what helpdesks fill in by themselves, checked. Pure. */
import { CHANNELS, type Channel, UserError } from '../types.js';
import { expectShape, readYaml, type Shape } from './yaml.js';

export type FormatSpec = Readonly<{ channel?: Channel; blank?: boolean; agent?: string }>;

/** Patterns are sources of regular expressions with the flag `u`. */
export type Formats = Readonly<{
  forms: Readonly<Record<string, string>>;
  fallback: Readonly<{ given: string; empty: string }>;
  formats: Readonly<Record<string, FormatSpec>>;
  /** What columns of tables are called in other languages, by their name in English; what stands in them for “no”. */
  headers: Readonly<{ columns: Readonly<Record<string, readonly string[]>>; no: readonly string[] }>;
}>;

const shape: Shape = {
  fields: {
    forms: { mapOf: 'string' },
    fallback: { fields: { given: 'string', empty: 'string' }, required: ['given', 'empty'] },
    formats: { mapOf: { fields: { channel: { oneOf: CHANNELS }, blank: 'boolean', agent: 'string' } } },
    headers: { fields: { columns: { mapOf: { listOf: 'string' } }, no: { listOf: 'string' } }, required: ['columns', 'no'] },
  },
  required: ['forms', 'fallback', 'formats', 'headers'],
};

/** @throws UserError */
export function readFormats(text: string, file: string): Formats {
  const parsed = readYaml(text, file);
  expectShape(parsed, shape);
  const formats = parsed.value as Formats;
  for (const group of ['forms', 'fallback'] as const) {
    for (const [name, source] of Object.entries(formats[group])) {
      try {
        new RegExp(source, 'u');
      } catch (error) {
        throw new UserError(`“${name}” is no pattern: ${(error as Error).message}`, parsed.place([group, name]));
      }
    }
  }
  return formats;
}
