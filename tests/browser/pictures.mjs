// The pictures of README.md: docs/pictures.sh
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [work, out] = process.argv.slice(2).map((path) => resolve(path));

const escaped = (text) =>
  text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);

/** What a terminal makes of the codes that respdiff writes. */
const LOOKS = {
  1: "bold", 2: "faint", 7: "turned", 9: "struck",
  31: "red", 32: "green", 33: "yellow", 35: "magenta", 36: "cyan",
};

function terminal(text) {
  let classes = [];
  let html = "";
  for (const [, codes, words] of text.matchAll(/(?:\u001b\[([\d;]*)m)?([^\u001b]*)/g)) {
    if (codes !== undefined) {
      for (const code of codes.split(";")) {
        if (Number(code) === 0) classes = [];
        else classes.push(LOOKS[Number(code)] ?? "plain");
      }
    }
    if (words) html += classes.length ? `<b class="${classes.join(" ")}">${escaped(words)}</b>` : escaped(words);
  }
  return `<!doctype html><meta charset="utf-8"><style>
    body { margin: 0; padding: 28px; background: #dfe3e8; width: 960px; box-sizing: border-box; }
    pre { margin: 0; padding: 18px 22px 22px; border-radius: 10px; background: #14181f; color: #d6dce5;
          font: 14px/1.45 "IBM Plex Mono", "DejaVu Sans Mono", "Liberation Mono", monospace;
          box-shadow: 0 6px 24px #0004; white-space: pre-wrap; overflow: hidden; }
    .prompt { color: #8b97a8; }
    b { font-weight: 400; } .bold { font-weight: 700; } .faint { color: #8b97a8; }
    .red { color: #ff8f85; } .green { color: #7fdc9b; } .yellow { color: #f0c36a; }
    .magenta { color: #d9a4ff; } .cyan { color: #74d3e8; } .struck { text-decoration: line-through; }
    .turned { padding: 1px 4px; color: #14181f; } .turned.red { background: #ff8f85; }
    .turned.magenta { background: #d9a4ff; }
    </style><pre><span class="prompt">$ respdiff HEAD~5..HEAD</span>\n${html.trimEnd()}</pre>`;
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: "light" });

const shown = join(work, "terminal.html");
writeFileSync(shown, terminal(readFileSync(join(work, "terminal.txt"), "utf8")));
await page.goto(pathToFileURL(shown).href);
const frame = await page.locator("body").boundingBox();
await page.screenshot({ path: join(out, "terminal.png"), fullPage: true, clip: frame });

// the head of the report and the first matrix; what lies between is in the page itself
await page.goto(pathToFileURL(join(work, "report.html")).href);
await page.evaluate(() => {
  document.querySelector(".timeline details").remove();
  document.querySelectorAll(".matrix")[0].nextElementSibling.remove();
});
const last = await page.locator(".matrix").first().boundingBox();
await page.screenshot({
  path: join(out, "report.png"),
  fullPage: true,
  clip: { x: 0, y: 0, width: 1280, height: Math.ceil(last.y + last.height + 24) },
});
await browser.close();
