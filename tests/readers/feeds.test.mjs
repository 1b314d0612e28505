// Two real readers take the feeds: equal counts, unique ids, and no id changes when commits are added.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import Parser from 'rss-parser';

const { RESPDIFF, FEEDPARSER_PYTHON, RESPDIFF_CORPUS } = process.env;
const skip = FEEDPARSER_PYTHON ? false : 'feedparser cannot be had';
const folder = mkdtempSync(join(tmpdir(), 'respdiff-'));
const plain = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
const git = (root, ...args) =>
  execFileSync('git', ['-C', root, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], { encoding: 'utf8', env: plain });

/** The ids of a feed, as both readers see them. */
async function ids(root, by) {
  const file = join(folder, 'feed.xml');
  execFileSync(RESPDIFF, ['-C', root, 'notes', '--format', 'atom', '--by', by, '--link-base', 'https://docs.example/docs/sky', '--output', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  const python = JSON.parse(execFileSync(FEEDPARSER_PYTHON, ['feeds.py', file], { encoding: 'utf8' }));
  const feed = await new Parser().parseString(readFileSync(file, 'utf8'));
  for (const item of feed.items) {
    assert.ok(item.id && item.link && item.isoDate && item.content, JSON.stringify(item));
  }
  assert.deepEqual(feed.items.map((item) => item.id), python);
  assert.equal(new Set(python).size, python.length, 'every id is unique');
  return python;
}

/** Ten more commits: each adds a duty under a new date, every other one shifts lines only. */
function grow(root, page) {
  for (let day = 1; day <= 10; day += 1) {
    const file = join(root, page);
    let text = readFileSync(file, 'utf8');
    if (day % 2) {
      text = text.replace(/lastupdated: .*/, `lastupdated: "2030-01-${10 + day}"`);
      text += `\n## Extra ${day}\n\n| Task | IBM responsibilities | Your responsibilities |\n|---|---|---|\n| Lamp ${day} | Light lamp number ${day}. | Dim lamp number ${day}. |\n`;
    } else {
      text = text.replace(/^# .*$/m, (title) => `${title}\n\nMore words.`);
    }
    writeFileSync(file, text);
    git(root, 'commit', '-qam', `More ${day}`);
  }
}

async function lasts(root, page) {
  for (const by of ['edition', 'change']) {
    const old = await ids(root, by);
    const before = git(root, 'rev-parse', 'HEAD').trim();
    grow(root, page);
    const added = await ids(root, by);
    git(root, 'reset', '-q', '--hard', before);
    assert.deepEqual(old.filter((id) => !added.includes(id)), [], 'no id changed');
    assert.ok(added.length > old.length);
  }
}

test('the demo', { skip }, async () => {
  const root = join(folder, 'demo');
  execFileSync(RESPDIFF, ['demo', root], { stdio: 'ignore' });
  await lasts(root, 'responsibilities.md');
});

const histories = RESPDIFF_CORPUS && join(RESPDIFF_CORPUS, 'histories');
const bundles = histories && existsSync(histories) ? readdirSync(histories).filter((name) => name.endsWith('.bundle')) : [];
for (const bundle of bundles) {
  test(bundle, { skip }, async () => {
    const root = join(folder, bundle);
    execFileSync('git', ['clone', '-q', join(histories, bundle), root], { stdio: 'ignore', env: plain });
    const told = JSON.parse(execFileSync(RESPDIFF, ['-C', root, 'show', '--format', 'json'], { encoding: 'utf8', maxBuffer: 1 << 28 }));
    const [page] = told.documents;
    if (page) {
      await lasts(root, page.path);
    } else {
      await ids(root, 'edition');
    }
  });
}
