/** Discourse: its templates, and the letters in its locale files. */
import { readLocale } from './discourse-locale.js';
import { readTemplates } from './discourse-templates.js';
import { together } from './helpdesk.js';

export const readDiscourse = together('discourse', 'Discourse templates (JSON) and letters (locale YAML)', readTemplates, readLocale);
