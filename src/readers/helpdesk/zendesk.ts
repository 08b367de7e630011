/** Zendesk: its macros, and the dynamic content that they refer to. */
import { together } from './helpdesk.js';
import { readContent } from './zendesk-content.js';
import { readMacros } from './zendesk-macros.js';

export const readZendesk = together('zendesk', 'Zendesk macros and dynamic content (JSON, CSV)', readMacros, readContent);
