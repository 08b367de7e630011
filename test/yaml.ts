/** YAML text → value, by the one module that knows the package. */
import { readYaml } from '../src/rules/yaml.js';

export function parse(text: string): unknown {
  return readYaml(text, 'test').value;
}
