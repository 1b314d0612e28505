// The report page in a real browser: tests/browser/run.sh
import assert from "node:assert/strict";
import { readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import * as pages from "./pages.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const all = Object.entries({
  whole: pages.whole,
  range: pages.range,
  hostile: pages.hostile,
  several: pages.several,
  ...(pages.real ? { real: pages.real } : {}),
});

let browser;
before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu"],
  });
});
after(async () => {
  await browser?.close();
  rmSync(pages.folder, { recursive: true, force: true });
});

/** Opens a page and keeps what must never come: messages, errors, dialogs, requests. */
async function open(file, { hash = "", ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const trouble = [];
  page.on("console", (message) => trouble.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => trouble.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    trouble.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  const address = pathToFileURL(file).href;
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== address) trouble.push(`request: ${request.url()}`);
  });
  await page.goto(address + hash);
  return { page, trouble, close: () => context.close() };
}

/** The ids of the changes of the comparison that are shown. */
const shown = (page) =>
  page.$$eval(".sides [data-kind]", (lines) =>
    lines.filter((line) => line.checkVisibility()).map((line) => line.dataset.kind),
  );

for (const [name, file] of all) {
  test(`${name}: opens without a word on the console and loads nothing`, async () => {
    const { page, trouble, close } = await open(file);
    assert.equal(await page.locator("html").getAttribute("data-ready"), "yes");
    assert.ok(await page.locator("h1").isVisible());
    assert.deepEqual(trouble, []);
    await close();
  });
}

test("filters leave what fits and clear again", async () => {
  const { page, trouble, close } = await open(pages.range);
  const everything = ["added", "added", "added", "moved", "removed", "removed", "reworded"];
  assert.deepEqual((await shown(page)).sort(), everything);
  await page.getByLabel("Kind", { exact: true }).selectOption("moved");
  assert.deepEqual(await shown(page), ["moved"]);
  assert.match(await page.getByRole("status").textContent(), /^2 of \d+ changes shown$/);
  await page.getByRole("button", { name: "Clear" }).click();
  await page.waitForFunction(() => !document.querySelector(".sides [data-kind][hidden]"));
  await page.getByLabel("Text", { exact: true }).fill("  AUDIT   events ");
  assert.deepEqual(await shown(page), ["added", "added"]);
  await page.getByLabel("Party", { exact: true }).selectOption({ label: "Customer" });
  assert.deepEqual(await shown(page), ["added"]);
  await page.getByLabel("Text", { exact: true }).fill("no such words");
  assert.match(await page.getByRole("status").textContent(), /no change matches/);
  await page.getByRole("button", { name: "Clear" }).click();
  await page.getByLabel("Area", { exact: true }).selectOption({ label: "Identity and access management" });
  await page.waitForFunction(() => document.querySelector(".sides [data-kind][hidden]"));
  assert.deepEqual((await shown(page)).sort(), ["added", "added", "removed"]);
  assert.deepEqual(trouble, []);
  await close();
});

test("a link to a change opens what it is folded into", async () => {
  const { page, close } = await open(pages.range);
  const folded = await page.$eval(".edition .change", (change) => change.id);
  assert.match(folded, /^change-[0-9a-f]+(-\d+)?$/);
  assert.equal(await page.locator(`[id="${folded}"]`).isVisible(), false);
  // by following a link
  await page.evaluate((id) => (location.hash = id), folded);
  await page.waitForFunction((id) => document.activeElement?.id === id, folded);
  assert.ok(await page.locator(`[id="${folded}"]`).isVisible());
  await close();
  // and by opening it, whatever is filtered
  const again = await open(pages.range, { hash: `#${folded}` });
  assert.ok(await again.page.locator(`[id="${folded}"]`).isVisible());
  await again.page.getByLabel("Kind", { exact: true }).selectOption("reworded");
  const moved = await again.page.$eval(".sides .moved[data-kind]", (line) => line.id);
  assert.equal(await again.page.locator(`[id="${moved}"]`).isVisible(), false);
  await again.page.evaluate((id) => (location.hash = id), moved);
  await again.page.waitForFunction((id) => document.activeElement?.id === id, moved);
  assert.ok(await again.page.locator(`[id="${moved}"]`).isVisible());
  await again.close();
});

test("the arrow of a moved duty goes from one party's column to the other's", async () => {
  for (const width of [1280, 2000, 400]) {
    const { page, close } = await open(pages.range, { viewport: { width, height: 900 } });
    const [from, flow, to] = await page.$$eval(".sides .moved > td:not(.blank)", (cells) =>
      cells.map((cell) => cell.getBoundingClientRect().toJSON()),
    );
    if (width === 400) {
      assert.ok(from.bottom <= flow.top + 1 && flow.bottom <= to.top + 1, `at ${width}`);
    } else {
      assert.ok(from.right <= flow.left + 8 && flow.right <= to.left + 8, `at ${width}`);
      assert.ok(flow.width > 2 * from.width, `at ${width}: it crosses two columns`);
    }
    await close();
  }
});

test("the arrow of a moved duty is seen in both directions", async () => {
  for (const width of [1280, 2000]) {
    const { page, close } = await open(pages.swapped, { viewport: { width, height: 900 } });
    const arrows = await page.$$eval(".sides .flow", (flows) =>
      flows.map((flow) => {
        const pill = flow.querySelector(".pill");
        const line = getComputedStyle(pill, "::before");
        const bottom = pill.getBoundingClientRect().bottom - parseFloat(line.bottom);
        return {
          way: flow.querySelector(".way").textContent.replace(/\s+/g, " "),
          cell: flow.getBoundingClientRect().toJSON(),
          pill: pill.getBoundingClientRect().toJSON(),
          line: { width: parseFloat(line.width), top: bottom - parseFloat(line.height) },
          words: Math.max(...[...pill.children].map((child) => child.getBoundingClientRect().bottom)),
        };
      }),
    );
    assert.equal(arrows.length, 2);
    for (const { way, cell, pill, line, words } of arrows) {
      assert.ok(line.width > 0.9 * cell.width, `${way} at ${width}: ${line.width} of ${cell.width} px`);
      assert.ok(line.top >= words, `${way} at ${width}: the words cover the line`);
      assert.ok(pill.left >= cell.left && pill.right <= cell.right, `${way} at ${width}: it covers its neighbours`);
    }
    await close();
  }
});

test("without scripts all is there to be read", async () => {
  const { page, close } = await open(pages.whole, { javaScriptEnabled: false });
  assert.equal(await page.locator("#filters").isVisible(), false);
  assert.ok(await page.locator(".sides .moved .pill").isVisible());
  assert.ok(await page.locator(".timeline svg").isVisible());
  const fold = page.locator(".edition details").first();
  await fold.locator("summary").click();
  assert.ok(await fold.locator(".change").first().isVisible());
  await close();
});

for (const width of [400, 1280, 2000]) {
  test(`nothing sticks out at ${width} px`, async () => {
    for (const [name, file] of all) {
      const { page, close } = await open(file, { viewport: { width, height: 900 } });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${name}: ${wide}`);
      await close();
    }
  });
}

const looks = [
  { name: "light", colorScheme: "light" },
  { name: "dark", colorScheme: "dark" },
  { name: "narrow", colorScheme: "light", viewport: { width: 400, height: 800 } },
  { name: "narrow and dark", colorScheme: "dark", viewport: { width: 400, height: 800 } },
  { name: "wide", colorScheme: "light", viewport: { width: 2000, height: 1200 } },
  { name: "print", colorScheme: "light", media: "print" },
];
for (const { name, media, ...options } of looks) {
  test(`axe-core finds no violation: ${name}`, async () => {
    // a long history has the same elements, only more of them
    const looked = all.filter(([which]) => which !== "real" || ["light", "dark"].includes(name));
    for (const [which, file] of looked) {
      // the tests' own tool comes past the page's policy
      const { page, close } = await open(file, { bypassCSP: true, ...options });
      if (media) await page.emulateMedia({ media });
      else await page.getByRole("button", { name: "Expand all" }).click();
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document));
      const told = violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`);
      assert.deepEqual(told, [], which);
      await close();
    }
  });
}

test("the keyboard reaches the report, the filters and the folds", async () => {
  const { page, close } = await open(pages.range);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "report");
  const fold = page.locator(".edition summary").first();
  await fold.focus();
  await page.keyboard.press("Enter");
  assert.ok(await page.locator(".edition .change").first().isVisible());
  await close();
});

test("on paper the editions are unfolded and the form is gone", async () => {
  const { page, close } = await open(pages.range, { javaScriptEnabled: false });
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator(".edition .change").first().isVisible());
  assert.equal(await page.locator("#filters").isVisible(), false);
  assert.ok((await page.pdf()).length > 10_000);
  await close();
});

test("on paper the heads of the columns stay with the first row", async () => {
  const { page, close } = await open(pages.range);
  await page.emulateMedia({ media: "print" });
  const breaks = await page.$$eval(".sides thead + tbody", (bodies) =>
    bodies.map((body) => getComputedStyle(body).breakBefore),
  );
  assert.ok(breaks.length > 0);
  assert.deepEqual([...new Set(breaks)], ["avoid"]);
  await close();
});

test("hostile pages run nothing, show no dialog and make no element", async () => {
  for (const file of [pages.hostile, pages.several]) {
    const { page, trouble, close } = await open(file);
    await page.getByRole("button", { name: "Expand all" }).click();
    await page.getByLabel("Text", { exact: true }).fill("<script>");
    await page.waitForTimeout(200);
    assert.deepEqual(trouble, []);
    const found = await page.evaluate(() => ({
      scripts: document.scripts.length,
      strange: document.querySelectorAll("iframe, img, object, embed, base, link").length,
      handlers: [...document.querySelectorAll("*")].filter((element) =>
        [...element.attributes].some(({ name }) => name.startsWith("on") || name === "style"),
      ).length,
      links: [...document.links].filter((link) => !link.getAttribute("href").startsWith("#")).length,
    }));
    assert.deepEqual(found, { scripts: 1, strange: 0, handlers: 0, links: 0 });
    const text = await page.locator("body").textContent();
    for (const attack of ["<script>alert(1)</script>", "onerror=alert(9)", "{{ 7 * 7 }}", "\\u{202e}"]) {
      assert.ok(text.includes(attack), attack);
    }
    await close();
  }
});

test("were a script injected, the policy would stop it", async () => {
  const { page, trouble, close } = await open(pages.range);
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'taken over'";
    document.body.append(script);
    const image = document.createElement("img");
    image.src = "file:///x.png";
    image.setAttribute("onerror", "document.title = 'taken over'");
    document.body.append(image);
  });
  await page.waitForTimeout(200);
  assert.notEqual(await page.title(), "taken over");
  assert.ok(trouble.some((told) => told.includes("Content Security Policy")), trouble.join("\n"));
  await close();
});

test("a real history is small and quick", { skip: !pages.real && "RESPDIFF_CORPUS is not set" }, async (t) => {
  const size = statSync(pages.real).size;
  let best = Infinity;
  for (let run = 0; run < 3; run += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const begun = performance.now();
    await page.goto(pathToFileURL(pages.real).href);
    // interactive: the filter answers
    await page.getByLabel("Kind", { exact: true }).selectOption("added");
    await page.waitForFunction(() => document.getElementById("filter-status").textContent !== "");
    best = Math.min(best, performance.now() - begun);
    await context.close();
  }
  t.diagnostic(`${(size / 1024).toFixed(0)} kB, interactive after ${best.toFixed(0)} ms`);
  assert.ok(size < 3_000_000, `${size} bytes`);
  assert.ok(best < 2_000, `${best} ms`);
});
