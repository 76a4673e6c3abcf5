// Screenshots of what is published, in the browser that the tests use: chromium, folder of editions, where to.
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const { chromium } = createRequire(new URL("../tests/checkers/package.json", import.meta.url))("playwright-core");
const [, , executablePath, audio, to] = process.argv;
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--mute-audio"] });
const shots = [
  { name: "page-light", path: "the-lighthouse-keepers-ledger/index.html", width: 1200, height: 760, at: 71 },
  { name: "page-dark", path: "the-lighthouse-keepers-ledger/index.html", width: 1200, height: 760, at: 71, colorScheme: "dark" },
  { name: "page-phone", path: "nachts-nach-sueden/index.html", width: 390, height: 760, at: 20 },
  { name: "embed", path: "find-true-noon/embed.html", width: 640, height: 270 },
  { name: "library", path: "index.html", width: 1000, height: 760 },
];
for (const { name, path, width, height, at, colorScheme = "light" } of shots) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(pathToFileURL(resolve(audio, path)).href, { waitUntil: "load" });
  if (at) {
    await page.evaluate((seconds) => { document.querySelector("audio").currentTime = seconds; }, at);
    await page.waitForSelector(".cue.now");
    await page.evaluate(() => document.querySelector(".cue.now").scrollIntoView({ block: "center" }));
  }
  await page.waitForTimeout(300);
  await page.screenshot({ path: resolve(to, `${name}.png`) });
  await context.close();
}
await browser.close();
