/** What `savy scan --help` says behind the options. Written out: the formats' readers are not loaded for it. */
export const SCANNING = `
Formats for --from (known by content, whatever the file is called):
  text, html, markdown, yaml, json, ndjson, csv, sql; zendesk, freshdesk, intercom, gorgias, chatwoot, zammad,
  osticket, rocketchat, freescout, helpscout, discourse, livehelperchat, znuny, front, github

Columns and fields: reply, title, lang, shortcut, note, channel, for, complaint, ignore, key. Usual names are known without --columns.
A reply says what it answers with for: humorous, angry, serious, complaint, question, praise, or with complaint: and an example.

Examples:
  savy scan replies/ macros.csv
  savy scan export.csv --columns title=Name,reply=fi,reply=en
  savy scan replies/ --changed                 what a pull request changes, against the whole library
  savy scan replies/ --update-baseline         everything found today is known from now on

A finding that is meant: savy-ignore rule/id: reason, in a comment above the reply or as the field savy_ignore.
Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 could not run, or a file could not be read.`;
