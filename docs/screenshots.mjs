// Screenshots of what is published, and of what it is compared with, in the browser that the tests use; and what can
// be measured of each, as a table. Takes: chromium, folder of editions, where pictures go.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const require = createRequire(new URL("../tests/checkers/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const [, , executablePath, audio, to] = process.argv;
const ARTICLE = "the-lighthouse-keepers-ledger", TITLE = "The Lighthouse Keeper’s Ledger";
const HERE = fileURLToPath(new URL("comparison", import.meta.url));

// The article's own page, twice: once with earmark's embed in it, once with the stand-in.
const hosts = mkdtempSync(join(tmpdir(), "earmark-"));
cpSync(HERE, hosts, { recursive: true });
cpSync(join(audio, ARTICLE), join(hosts, ARTICLE), { recursive: true });
const article = /<article>.*<\/article>/s.exec(readFileSync(join(audio, ARTICLE, "transcript.html"), "utf8"))[0]
  .replaceAll('src="picture-', `src="${ARTICLE}/picture-`);
const asked = new URLSearchParams({ audio: `${ARTICLE}/${ARTICLE}.mp3`, title: TITLE });
const frames = {
  "embed.html": `<iframe src="${ARTICLE}/embed.html" title="Listen to “${TITLE}”" width="100%" height="300"></iframe>`,
  "standin-page.html": `<iframe src="standin.html?${asked}" title="Listen to this article" width="100%" height="64"></iframe>`,
};
for (const [name, frame] of Object.entries(frames)) {
  writeFileSync(join(hosts, name), `<!DOCTYPE html><html lang="en-GB"><meta charset="utf-8"><title>${TITLE}</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="host.css"><main>${article.replace("</h1>", `</h1>${frame}`)}</main>`);
}

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--mute-audio"] });
const address = (path) => pathToFileURL(path.startsWith("/") ? path : resolve(audio, path)).href;
const shots = [
  { name: "page-light", path: `${ARTICLE}/index.html`, width: 1200, height: 760, at: 71 },
  { name: "page-dark", path: `${ARTICLE}/index.html`, width: 1200, height: 760, at: 71, colorScheme: "dark" },
  { name: "page-phone", path: "nachts-nach-sueden/index.html", width: 390, height: 760, at: 20 },
  { name: "embed", path: "find-true-noon/embed.html", width: 640, height: 300 },
  { name: "library", path: "index.html", width: 1000, height: 760 },
  { name: "compared-page", path: `${ARTICLE}/index.html`, width: 1000, height: 700, at: 71 },
  { name: "compared-embed", path: join(hosts, "embed.html"), width: 700, height: 700 },
  { name: "compared-standin", path: join(hosts, "standin-page.html"), width: 700, height: 700 },
];
for (const { name, path, width, height, at, colorScheme = "light" } of shots) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(address(path), { waitUntil: "load" });
  if (at) {
    await page.evaluate((seconds) => { document.querySelector("audio").currentTime = seconds; }, at);
    await page.waitForSelector(".cue.now");
    await page.evaluate(() => document.querySelector(".cue.now").scrollIntoView({ block: "center" }));
  }
  await page.waitForTimeout(300);
  await page.screenshot({ path: resolve(to, `${name}.png`) });
  await context.close();
}

// What can be counted. Everything closed is opened first, so that all of it counts.
async function measured(path, query = "") {
  const context = await browser.newContext({ viewport: { width: 700, height: 700 } });
  const page = await context.newPage();
  await page.goto(address(path) + query, { waitUntil: "load" });
  await page.evaluate(axe + "; undefined");
  const found = await page.evaluate(async (rules) => {
    document.querySelectorAll("details").forEach((part) => { part.open = true; });
    const said = await axe.run(document, { runOnly: { type: "tag", values: rules }, resultTypes: ["violations"], preload: false });
    const controls = [...document.querySelectorAll("button, select, input, summary, audio[controls], .chapters a, .files a")]
      .filter((one) => one.getClientRects().length);
    const sizes = controls.filter((one) => one.type !== "checkbox").map((one) => one.getBoundingClientRect()).map((box) => Math.min(box.width, box.height));
    return {
      "axe findings": said.violations.length,
      controls: controls.length,
      "smallest control, px": Math.round(Math.min(...sizes)),
      "chapters to choose": document.querySelectorAll(".chapters a").length,
      "sentences that light up": document.querySelectorAll("main .cue[id]").length - document.querySelectorAll("main .added .cue[id], main .added.cue[id]").length,
    };
  }, RULES);
  await context.close();
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const silent = await plain.newPage();
  await silent.goto(address(path) + query, { waitUntil: "load" });
  found["plays without scripts"] = (await silent.locator("audio[controls][src]").count()) ? "yes" : "no";
  await plain.close();
  return found;
}
const columns = {
  "earmark’s page": await measured(`${ARTICLE}/index.html`),
  "earmark’s embed": await measured(join(hosts, ARTICLE, "embed.html")),
  "the stand-in": await measured(join(hosts, "standin.html"), `?${asked}`),
};
await browser.close();
rmSync(hosts, { recursive: true });
const rows = Object.keys(Object.values(columns)[0]).map((row) => [row, ...Object.values(columns).map((column) => column[row])]);
const table = [["", ...Object.keys(columns)], ["---", ...Object.keys(columns).map(() => "---")], ...rows];
const text = table.map((row) => `| ${row.join(" | ")} |`).join("\n");
writeFileSync(join(HERE, "measured.md"), `Measured by \`make screenshots\` on “${TITLE}”, all parts opened.\n\n${text}\n`);
process.stdout.write(`${text}\n`);
