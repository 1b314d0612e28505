// Every schema loads in Ajv in its default strict mode, and what respdiff prints fits it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';

const respdiff = (...args) =>
  execFileSync(process.env.RESPDIFF, args, { encoding: 'utf8', maxBuffer: 1 << 28 });

const page = `---
lastupdated: "2024-03-05"
---

# Responsibilities for Acme Queue

| Task | IBM responsibilities | Your responsibilities |
|---|---|---|
| Queues | Scale the queue servers to | Delete queues. |
| Keys | Seal the keys [now]. | Seal the keys [now]. |
`;
const folder = mkdtempSync(join(tmpdir(), 'respdiff-'));
const file = join(folder, 'queue page.md');
writeFileSync(file, page);

const names = respdiff('schema', '--help').match(/^ +- [a-z-]+:/gm).map((line) => line.slice(0, -1).trim().slice(2));

test('every schema loads in strict mode', () => {
  assert.ok(names.length >= 12, names);
  for (const name of names) {
    new Ajv2020().compile(JSON.parse(respdiff('schema', name)));
  }
  new Ajv2020().compile(JSON.parse(respdiff('config', 'schema')));
});

test('what lint and show print fits', () => {
  for (const [name, command] of [['lint', 'lint'], ['matrix', 'show']]) {
    const validate = new Ajv2020().compile(JSON.parse(respdiff('schema', name)));
    const told = JSON.parse(respdiff(command, '--format', 'json', '--no-index', file));
    assert.ok(validate(told), JSON.stringify(validate.errors));
  }
});

test("the docs' problem matcher reads every finding", () => {
  const docs = readFileSync('../../docs/lint.md', 'utf8');
  const task = JSON.parse(docs.match(/```json\n(\{[^]*?\n\})\n```/)[1]);
  const { regexp, ...groups } = task.tasks[0].problemMatcher.pattern;
  const lines = respdiff('lint', '--color', 'never', '--no-index', file).split('\n');
  const found = lines.map((line) => line.match(new RegExp(regexp))).filter(Boolean);
  const told = JSON.parse(respdiff('lint', '--format', 'json', '--no-index', file)).documents[0].findings;
  assert.ok(told.length >= 2);
  assert.deepEqual(
    found.map((match) => [match[groups.file], +match[groups.line], +match[groups.column], match[groups.severity], match[groups.message], match[groups.code]]),
    told.map((one) => [file, one.line, one.column, one.severity, one.message, one.code]),
  );
});
