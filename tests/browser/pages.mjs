// The pages that are looked at: of the demo, of a hostile repository, and of a real history.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const folder = mkdtempSync(join(tmpdir(), "respdiff-browser-"));

const respdiff = (...args) =>
  execFileSync(process.env.RESPDIFF, args, { stdio: ["ignore", "pipe", "pipe"] });

function report(name, ...args) {
  const file = join(folder, `${name}.html`);
  respdiff(...args, "--output", file);
  return file;
}

const demo = join(folder, "demo");
respdiff("demo", demo);
export const whole = report("whole", "-C", demo, "report");
export const range = report("range", "-C", demo, "report", "HEAD~5..HEAD");

// what a page could try, in every place that the report shows
export const attacks = [
  "<script>alert(1)</script>",
  "</style><script>alert(2)</script>",
  "<img src=x onerror=alert(3)>",
  '"><svg onload=alert(4)>',
  "[here](javascript:alert(5))",
  "{{ 7 * 7 }} {% raw %}",
  "</title></script><iframe srcdoc='<script>parent.alert(6)</script>'></iframe>",
  "\u202Egnp.exe",
];

function hostilePage(date, turned) {
  const task = (attack, at) => {
    const [ibm, you] = (at + turned) % 2 ? [`Guard gate ${at} ${attack}`, ""] : ["", `Guard gate ${at} ${attack}`];
    return `| Task ${at} ${attack} | ${ibm} | ${you} | Count the lamps of hall ${at} ${turned} ${attack} |`;
  };
  return [
    "---",
    "copyright:",
    "  years: 2024, 2025",
    `lastupdated: "${date}"`,
    "subcollection: <script>alert(7)</script>",
    "---",
    "",
    `# Gates ${attacks.join(" ")}`,
    "",
    `## Area ${attacks.join(" ")}`,
    "",
    "| Task | IBM responsibilities | Your responsibilities | Vendor <script>alert(8)</script> responsibilities |",
    "|---|---|---|---|",
    ...attacks.map(task),
    "",
  ].join("\n");
}

/** A repository with two versions of one page. */
function writeRepository(name, file, versions) {
  const path = join(folder, name);
  mkdirSync(path);
  const git = (...args) =>
    execFileSync("git", ["-C", path, "-c", "user.name=Gate", "-c", "user.email=gate@example.com", ...args], {
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: "/dev/null",
        GIT_AUTHOR_DATE: "2025-01-02T03:04:05Z",
        GIT_COMMITTER_DATE: "2025-01-02T03:04:05Z",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
  git("init", "--quiet");
  for (const version of versions) {
    writeFileSync(join(path, file), version);
    git("add", "--all");
    git("commit", "--quiet", "--message", "<script>alert(10)</script>");
  }
  return path;
}

const hostileFolder = writeRepository("hostile", "<img src=x onerror=alert(9)>.md", [
  hostilePage("2024-01-01", 0),
  hostilePage("2025-01-01", 1),
]);
export const hostile = report("hostile", "-C", hostileFolder, "report");
export const several = report("several", "-C", demo, "-C", hostileFolder, "report");

// one duty goes to the customer, another to IBM
function swappedPage(ibm, customer) {
  return [
    "# Your responsibilities with Lamp",
    "",
    "| Task | IBM responsibilities | Your responsibilities |",
    "|---|---|---|",
    `| Glass | ${ibm ? "Clean the glass of the lamp." : ""} | ${ibm ? "" : "Clean the glass of the lamp."} |`,
    `| Oil | ${customer ? "" : "Fill up the oil every evening."} | ${customer ? "Fill up the oil every evening." : ""} |`,
    "",
  ].join("\n");
}
const swappedFolder = writeRepository("swapped", "responsibilities.md", [
  swappedPage(true, true),
  swappedPage(false, false),
]);
export const swapped = report("swapped", "-C", swappedFolder, "report", "HEAD~..HEAD");

function corpusPage() {
  const bundle = join(process.env.RESPDIFF_CORPUS ?? "", "histories", "vpc.bundle");
  if (!process.env.RESPDIFF_CORPUS || !existsSync(bundle)) return null;
  const clone = join(folder, "vpc");
  execFileSync("git", ["clone", "--quiet", bundle, clone], { stdio: ["ignore", "pipe", "pipe"] });
  return report("vpc", "-C", clone, "report");
}
export const real = corpusPage();
