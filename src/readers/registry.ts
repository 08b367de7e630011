/** Every format that a library may be in. Of readers that are equally sure the first takes the file: helpdesks, then the general ones. */
import { readCsvLibrary } from './generic/csv.js';
import { readHtml } from './generic/html.js';
import { readJsonLibrary } from './generic/json.js';
import { readMarkdownLibrary } from './generic/markdown.js';
import { readNdjson } from './generic/ndjson.js';
import { readPlain } from './generic/plain.js';
import { readSql } from './generic/sql.js';
import { readYamlLibrary } from './generic/yaml.js';
import { readChatwoot } from './helpdesk/chatwoot.js';
import { readDiscourse } from './helpdesk/discourse.js';
import { readFreeScout } from './helpdesk/freescout.js';
import { readFreshdesk } from './helpdesk/freshdesk.js';
import { readFront } from './helpdesk/front.js';
import { readGitHub } from './helpdesk/github.js';
import { readGorgias } from './helpdesk/gorgias.js';
import { readHelpScout } from './helpdesk/helpscout.js';
import { readIntercom } from './helpdesk/intercom.js';
import { readLiveHelperChat } from './helpdesk/livehelperchat.js';
import { readOsTicket } from './helpdesk/osticket.js';
import { readRocketChat } from './helpdesk/rocketchat.js';
import { readZammad } from './helpdesk/zammad.js';
import { readZendesk } from './helpdesk/zendesk.js';
import { readZnuny } from './helpdesk/znuny.js';
import type { Reader } from './reader.js';

export const READERS: readonly Reader[] = [
  readZendesk, readFreshdesk, readIntercom, readGorgias, readChatwoot, readZammad, readOsTicket, readRocketChat, readFreeScout, readHelpScout, readDiscourse, readLiveHelperChat, readZnuny, readFront, readGitHub,
  readJsonLibrary, readNdjson, readYamlLibrary, readCsvLibrary, readSql, readMarkdownLibrary, readHtml, readPlain,
];
