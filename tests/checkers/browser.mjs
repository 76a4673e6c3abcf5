// Drives a real Chromium over pages from a disk: reads a plan on standard input, prints what it saw as JSON.
// A plan is a list of visits; each has a `name`, a `url`, how the page is looked at, and what to do there.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// Every launch has a user data folder of its own, which goes with the browser.
const real = await chromium.launch({
  executablePath: process.argv[2],
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required", "--mute-audio",
  ],
});

// What no page may do, whatever it shows: heard before any script of the page runs.
const watch = () => {
  window.seen = { violations: [], dialogs: 0, marks: [] };
  document.addEventListener("securitypolicyviolation", (e) => window.seen.violations.push(e.violatedDirective + " " + e.blockedURI));
};

const looks = {
  // What is wrong by axe, which references lead nowhere, what is wider than the window.
  check: async (page) => {
    // The driver's world has its own scripts; the page's policy holds for the page.
    await page.evaluate(axe + "; undefined");
    return page.evaluate(async (rules) => {
      const found = await axe.run(document, { runOnly: { type: "tag", values: rules }, resultTypes: ["violations"], preload: false });
      const dangling = [];
      for (const name of ["for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers", "list"]) {
        for (const element of document.querySelectorAll(`[${name}]`)) {
          for (const id of element.getAttribute(name).split(/\s+/)) if (!document.getElementById(id)) dangling.push(`${name}=${id}`);
        }
      }
      for (const link of document.querySelectorAll('a[href^="#"]')) {
        const id = decodeURIComponent(link.getAttribute("href").slice(1));
        if (!id.startsWith("t=") && !document.getElementById(id)) dangling.push(`href=#${id}`);
      }
      const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
      const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
      const wide = document.scrollingElement.scrollWidth - document.documentElement.clientWidth;
      const small = [...document.querySelectorAll("a[href], button, input, select, summary")].filter((element) => {
        const box = element.getBoundingClientRect();
        const inText = element.closest("p, li, dd, td, th, figcaption, h1, h2, h3, h4, h5, h6") && element.tagName === "A";
        return box.width && !inText && (box.width < 24 || box.height < 24);
      }).map((element) => element.outerHTML.slice(0, 80));
      const wider = wide <= 1 ? [] : [...document.querySelectorAll("body *")].filter((element) => {
        const box = element.getBoundingClientRect();
        return (box.right > innerWidth + 1 || box.left < -1) && !element.closest("table, .skip");
      }).map((element) => element.outerHTML.slice(0, 80));
      if (wide > 1) wider.unshift(`${wide} pixels too wide`);
      return {
        axe: found.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + " " + (n.any[0]?.message ?? "")).join(" | ")}`),
        dangling, twice, small, wide: wider,
      };
    }, RULES);
  },

  // Plays and notes when each sentence was lit up, against the audio's own clock.
  play: async (page, { seconds, rate = 1, from = 0 }) => page.evaluate(async ({ seconds, rate, from }) => {
    const audio = document.getElementById("p-audio"), marks = [];
    const cues = new earmark.Cues(earmark.read("earmark-cues"));
    const observer = new MutationObserver((changes) => {
      for (const { target } of changes) {
        if (target.classList?.contains("cue") && target.classList.contains("now")) {
          const number = cues.number(target), at = audio.currentTime * 1000;
          if (marks.at(-1)?.number !== number) marks.push({ number, start: cues.start(number), late: (at - cues.start(number)) / rate });
        }
      }
    });
    audio.muted = true;
    audio.currentTime = from;
    await new Promise((done) => (audio.seeking ? audio.addEventListener("seeked", done, { once: true }) : done()));
    audio.playbackRate = rate;
    observer.observe(document.querySelector("main"), { subtree: true, attributes: true, attributeFilter: ["class"] });
    await audio.play();
    const words = new Set();
    const until = performance.now() + seconds * 1000;
    await new Promise((done) => {
      const look = () => {
        for (const range of CSS.highlights.get("earmark-word") ?? []) words.add(range.toString());
        if (performance.now() > until || audio.ended) done(); else requestAnimationFrame(look);
      };
      look();
    });
    audio.pause();
    observer.disconnect();
    const expected = [];
    for (let n = 0; n < cues.count; n++) {
      if (cues.elements(n).length && cues.start(n) > from * 1000 && cues.start(n) < audio.currentTime * 1000 - 200) expected.push(n);
    }
    return { marks, expected, words: [...words], ended: audio.ended, at: audio.currentTime };
  }, { seconds, rate, from }),

  // Seeks to the very start of every cue, and a moment after it, and tells which is lit up.
  boundaries: async (page, { most = 400 }) => page.evaluate(async (most) => {
    const audio = document.getElementById("p-audio"), wrong = [];
    const cues = new earmark.Cues(earmark.read("earmark-cues"));
    let tried = 0;
    for (let n = 1; n < cues.count && tried < most; n++) {
      if (!cues.elements(n).length) continue;
      tried++;
      audio.currentTime = cues.start(n) / 1000;
      await new Promise((done) => audio.addEventListener("seeked", done, { once: true }));
      const begun = performance.now();
      while (!cues.elements(n)[0].classList.contains("now") && performance.now() - begun < 100) await new Promise(requestAnimationFrame);
      const lit = [...document.querySelectorAll(".cue.now")].map((element) => cues.number(element));
      if (!lit.length || lit.some((number) => number !== n)) wrong.push({ n, lit });
    }
    return { tried, wrong };
  }, most),

  // Presses Tab through the whole page; tells what had the focus, and whether it could be seen.
  tabs: async (page, { most = 120 }) => {
    const stops = [];
    await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });
    for (let n = 0; n < most; n++) {
      await page.keyboard.press("Tab");
      const stop = await page.evaluate(() => {
        const element = document.activeElement, box = element.getClientRects()[0] ?? new DOMRect(), style = getComputedStyle(element);
        if (element === document.body) return null;
        const x = box.left + Math.min(box.width, 20) / 2, y = box.top + Math.min(box.height, 20) / 2;
        const over = document.elementFromPoint(x, y);
        return {
          tag: element.tagName, id: element.id, name: (element.getAttribute("aria-label") || element.textContent || "").trim().slice(0, 40),
          visible: box.bottom > 0 && box.top < innerHeight, covered: !!over && !element.contains(over) && !over.contains(element),
          outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
          in: element.closest(".player") ? "player" : element.closest("article") ? "article" : element.closest("footer") ? "footer" : "other",
        };
      });
      if (!stop) break;
      stops.push(stop);
    }
    return stops;
  },

  // What is there without scripts: what can be seen, and what the page holds.
  plain: async (page) => ({
    shown: await page.locator("[data-scripted]:visible").count(),
    controls: await page.locator("audio[controls]").count(),
    words: (await page.locator("main").innerText()).split(/\s+/).length,
    links: await page.locator("nav a:visible").count(),
  }),

  act: async (page, { steps }) => {
    const found = {};
    for (const step of steps) {
      if (step.click) await page.click(step.click, step.options ?? {});
      else if (step.press) await page.keyboard.press(step.press);
      else if (step.focus) await page.focus(step.focus);
      else if (step.select) await page.selectOption(step.select, step.value);
      else if (step.type) await page.locator(step.type).fill(step.value);
      else if (step.reload) await page.reload();
      else if (step.goto) await page.goto(step.goto);
      else if (step.until) await until(page, step.until);
      else if (step.see) found[step.as] = await page.evaluate(step.see);
      else if (step.shot) await page.screenshot({ path: step.shot });
    }
    return found;
  },

  ready: async (page) => page.evaluate(async () => {
    while (!document.documentElement.classList.contains("ready")) await new Promise(requestAnimationFrame);
    const entry = performance.getEntriesByType("navigation")[0];
    return { interactive: entry.domInteractive, loaded: entry.domContentLoadedEventEnd, ready: performance.now() };
  }),
};

// The page's policy forbids what waits inside it with a text to evaluate: look again from here.
async function until(page, condition) {
  const end = Date.now() + 5000;
  while (!(await page.evaluate(condition))) {
    if (Date.now() > end) throw new Error(`it never came: ${condition}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

async function visit(plan) {
  const context = await real.newContext({
    viewport: { width: 1280, height: 800, ...plan.viewport },
    colorScheme: plan.colorScheme ?? "light",
    forcedColors: plan.forcedColors ?? "none",
    reducedMotion: plan.reducedMotion ?? "reduce",
    javaScriptEnabled: plan.javaScript ?? true,
    bypassCSP: false,
  });
  const page = await context.newPage();
  const said = { requests: [], errors: [], dialogs: [], looks: {} };
  page.on("request", (request) => said.requests.push(request.url()));
  page.on("pageerror", (error) => said.errors.push(error.message));
  page.on("console", (message) => { if (message.type() === "error") said.errors.push(message.text()); });
  page.on("dialog", (dialog) => { said.dialogs.push(dialog.message()); dialog.dismiss(); });
  await page.addInitScript(watch);
  await page.goto(plan.url, { waitUntil: "load" });
  if (plan.css) await page.evaluate((css) => { document.documentElement.style.cssText = css; }, plan.css);
  for (const look of plan.looks ?? []) said.looks[look.as ?? look.do] = await looks[look.do](page, look);
  said.violations = (plan.javaScript ?? true) ? await page.evaluate(() => window.seen?.violations ?? []) : [];
  await context.close();
  return said;
}

const late = (seconds) => new Promise((_, fail) => setTimeout(() => fail(new Error(`not done in ${seconds} s`)), seconds * 1000).unref());

const plans = JSON.parse(readFileSync(0, "utf8"));
const results = {};
async function done(plan) {
  try {
    results[plan.name] = await Promise.race([visit(plan), late(plan.seconds ?? 40)]);
  } catch (error) {
    results[plan.name] = { failed: String(error.stack ?? error) };
  }
}

// What is timed has the machine for itself; the rest goes two at a time.
const TIMED = new Set(["play", "boundaries", "ready"]);
const isTimed = (plan) => (plan.looks ?? []).some((look) => TIMED.has(look.do));
for (const plan of plans.filter(isTimed)) await done(plan);
const left = plans.filter((plan) => !isTimed(plan));
await Promise.all([1, 2].map(async () => { while (left.length) await done(left.shift()); }));
await real.close();
process.stdout.write(JSON.stringify(results));
process.exit(0);
