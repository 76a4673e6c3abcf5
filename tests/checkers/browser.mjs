// Drives a real Chromium over pages: reads a plan on standard input, prints what it saw as JSON.
// A plan is a list of visits; each has a `name`, a `url` (or `served`, a folder, and `path` in it, to be had from
// a server on loopback), how the page is looked at, and what to do there.
import { createReadStream, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
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
  window.seen = { violations: [], keys: {}, timers: [], scrolled: [], focused: new Set() };
  document.addEventListener("securitypolicyviolation", (e) => window.seen.violations.push(e.violatedDirective + " " + e.blockedURI));
  document.addEventListener("focusin", (e) => window.seen.focused.add(e.target));
  // The keyboard's media keys and the lock screen can't be pressed here: what they would call can.
  const session = navigator.mediaSession, handler = session.setActionHandler.bind(session);
  session.setActionHandler = (name, action) => { window.seen.keys[name] = action; handler(name, action); };
  // Nobody waits for minutes: a long timer is noted, and rung by whoever looks.
  const timer = window.setTimeout, clear = window.clearTimeout;
  window.setTimeout = (call, ms, ...rest) => (ms >= 60000 ? -window.seen.timers.push({ call, ms }) : timer(call, ms, ...rest));
  window.clearTimeout = (id) => { if (id < 0) window.seen.timers[-id - 1].ms = 0; else clear(id); };
  window.seen.ring = (ms) => window.seen.timers.filter((one) => one.ms === ms).map((one) => one.call()).length;
  const scroll = Element.prototype.scrollIntoView;
  Element.prototype.scrollIntoView = function (how) { window.seen.scrolled.push(how.behavior); scroll.call(this, how); };
};

// One after another, each sentence from a moment before it: when did it light up, by the audio's own clock?
// Right after a start Chromium's own clock may stand still and then leap half a second, and a machine that is busy with
// other tests misses frames: what came late is heard again, twice at most, with a longer run-up.
const everySentence = async ({ rate, most }) => {
  const audio = document.getElementById("p-audio"), cues = new earmark.Cues(earmark.read("earmark-cues")), marks = [];
  const sought = (ms) => new Promise((done) => {
    audio.addEventListener("seeked", done, { once: true });
    audio.currentTime = ms / 1000;
  });
  audio.muted = true;
  audio.playbackRate = rate;
  for (let n = 0; n < cues.count && marks.length < most; n++) {
    const [first] = cues.elements(n);
    if (!first || !first.getClientRects().length || cues.start(n) < 200) continue;
    let mark;
    for (let heard = 0; heard < 3 && !(mark?.late <= 100); heard++) mark = await once(n, first, [150, 600, 1200][heard]);
    marks.push(mark);
  }
  audio.pause();
  const expected = [...Array(cues.count).keys()].filter((n) => cues.elements(n)[0]?.getClientRects().length && cues.start(n) >= 200);
  return { marks, expected: expected.slice(0, most) };

  async function once(n, first, before) {
    audio.pause();
    await sought(cues.start(n) - before * rate);
    const lit = new Promise((done) => {
      const observer = new MutationObserver(() => {
        if (first.classList.contains("now")) { observer.disconnect(); done(audio.currentTime * 1000); }
      });
      observer.observe(first, { attributes: true, attributeFilter: ["class"] });
    });
    const already = first.classList.contains("now");
    await audio.play();
    const at = already ? NaN : await Promise.race([lit, new Promise((done) => setTimeout(done, 3000, NaN))]);
    const alone = [...document.querySelectorAll(".cue.now")].every((element) => cues.number(element) === n);
    return { number: n, late: (at - cues.start(n)) / rate, alone };
  }
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
  play: async (page, plan) => {
    let found;
    for (let heard = 0; heard < 3; heard++) {
      found = await looks.once(page, plan);
      if (found.expected.every((n) => found.marks.find((mark) => mark.number === n)?.late <= 100)) break;
    }
    return found;
  },
  once: async (page, { seconds, rate = 1, from = 0 }) => page.evaluate(async ({ seconds, rate, from }) => {
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

  every: async (page, { rate = 1, most = 1000 }) => page.evaluate(everySentence, { rate, most }),

  // The same check while the voice speaks: from the first sentence that is lit up, to the end of the check.
  "check while playing": async (page, { from = 14 }) => {
    await page.evaluate(async (seconds) => {
      const audio = document.getElementById("p-audio");
      audio.muted = true;
      audio.currentTime = seconds;
      await audio.play();
    }, from);
    await until(page, "document.querySelector('.cue.now')");
    const found = await looks.check(page);
    const playing = await page.evaluate(() => !document.getElementById("p-audio").paused && !!document.querySelector("html.playing .cue.now"));
    await page.evaluate(() => document.getElementById("p-audio").pause());
    return { ...found, playing };
  },

  // As it is printed: what can be seen of it, by axe's contrast too; with a PDF where one is asked for.
  print: async (page, { pdf }) => {
    await page.emulateMedia({ media: "print" });
    if (pdf) await page.pdf({ path: pdf, format: "A4", margin: { top: "20mm", bottom: "20mm", left: "20mm", right: "20mm" } });
    const shown = await page.evaluate(() => ({
      player: document.querySelector(".player").getClientRects().length,
      words: document.querySelector("main").innerText.split(/\s+/).length,
      ground: getComputedStyle(document.documentElement).backgroundColor,
      lit: [...document.querySelectorAll(".cue.now")].map((element) => getComputedStyle(element).backgroundColor),
      link: getComputedStyle(document.querySelector('article a[href^="http"]'), "::after").content,
    }));
    return { ...shown, check: await looks.check(page) };
  },

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
  tabs: async (page, { most = 200 }) => {
    const stops = [];
    await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); window.seen.focused.clear(); });
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
    const missed = await page.evaluate(() => [...document.querySelectorAll("a[href], button, input, select, summary, audio, [tabindex='0']")]
      .filter((element) => element.checkVisibility({ contentVisibilityAuto: false }) && element.tabIndex >= 0 && !window.seen.focused.has(element))
      .map((element) => element.outerHTML.slice(0, 80)));
    return { stops, missed };
  },

  // What is there without scripts: what can be seen, and what the page holds.
  plain: async (page) => ({
    shown: await page.locator("[data-scripted]:visible").count(),
    controls: await page.locator("audio[controls]").count(),
    words: (await page.locator("main").innerText()).split(/\s+/).length,
    links: await page.locator("nav a:visible").count(),
    heard: await heard(page),
  }),

  heard: (page) => heard(page),

  // The page inside another's: an iframe plays.
  framed: async (page) => {
    const frame = page.frames().find((one) => one !== page.mainFrame());
    await frame.waitForLoadState("load");
    await heard(frame);
    return frame.evaluate(() => ({
      current: document.querySelectorAll("a[aria-current]").length, title: document.title, high: document.documentElement.scrollHeight,
    }));
  },

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
      else if (step.look) await page.emulateMedia(step.look);
      else if (step.see) found[step.as] = await page.evaluate(step.see);
      else if (step.shot) await page.screenshot({ path: step.shot });
    }
    return found;
  },

  ready: async (page) => page.evaluate(async () => {
    while (document.getElementById("p-audio") && !document.documentElement.classList.contains("ready")) await new Promise(requestAnimationFrame);
    const entry = performance.getEntriesByType("navigation")[0];
    return { interactive: entry.domInteractive, loaded: entry.domContentLoadedEventEnd, ready: performance.now() };
  }),
};

// Plays as the browser itself does: with scripts off, nothing in the page can wait.
async function heard(frame) {
  await frame.evaluate(() => {
    const audio = document.querySelector("audio");
    audio.muted = true;
    audio.play();
  });
  await until(frame, "document.querySelector('audio').currentTime > 0.3");
  return true;
}

// The page's policy forbids what waits inside it with a text to evaluate: look again from here.
async function until(page, condition) {
  const end = Date.now() + 30000;
  while (!(await page.evaluate(condition))) {
    if (Date.now() > end) throw new Error(`it never came: ${condition}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

// A folder on loopback, as any web server gives it: the right types, byte ranges, nothing outside.
const servers = new Map();
const KINDS = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".mp3": "audio/mpeg", ".png": "image/png" };
function served(folder) {
  if (!servers.has(folder)) {
    const server = createServer((request, response) => {
      const path = join(folder, decodeURIComponent(new URL(request.url, "http://localhost").pathname));
      const size = statSync(path, { throwIfNoEntry: false })?.size;
      if (!path.startsWith(folder) || size === undefined) return response.writeHead(404).end();
      const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
      const start = +(first ?? 0), end = last ? Math.min(+last, size - 1) : size - 1;
      const headers = { "Content-Type": KINDS[extname(path)] ?? "application/octet-stream", "Accept-Ranges": "bytes", "Content-Length": end - start + 1 };
      if (first) headers["Content-Range"] = `bytes ${start}-${end}/${size}`;
      response.writeHead(first ? 206 : 200, headers);
      return createReadStream(path, { start, end }).pipe(response);
    });
    servers.set(folder, new Promise((done) => server.listen(0, "127.0.0.1", () => done(`http://localhost:${server.address().port}`))));
  }
  return servers.get(folder);
}

async function visit(plan) {
  const context = await real.newContext({
    viewport: { width: 1280, height: 800, ...plan.viewport },
    colorScheme: plan.colorScheme ?? "light",
    forcedColors: plan.forcedColors ?? "none",
    reducedMotion: plan.reducedMotion ?? "reduce",
    javaScriptEnabled: plan.javaScript ?? true,
    bypassCSP: false,
    permissions: plan.permissions ?? [],
  });
  const page = await context.newPage();
  const said = { requests: [], errors: [], dialogs: [], looks: {} };
  page.on("request", (request) => said.requests.push(request.url()));
  page.on("pageerror", (error) => said.errors.push(error.message));
  page.on("console", (message) => { if (message.type() === "error") said.errors.push(message.text()); });
  page.on("dialog", (dialog) => { said.dialogs.push(dialog.message()); dialog.dismiss(); });
  await page.addInitScript(watch);
  await page.goto(plan.served ? `${await served(plan.served)}${plan.path}` : plan.url, { waitUntil: "load" });
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
    results[plan.name] = await Promise.race([visit(plan), late(plan.seconds ?? 150)]);
  } catch (error) {
    results[plan.name] = { failed: String(error.stack ?? error) };
  }
}

// What is timed has the machine for itself; the rest goes three at a time, for some of it waits for the voice.
const TIMED = new Set(["play", "every", "boundaries", "ready"]);
const isTimed = (plan) => (plan.looks ?? []).some((look) => TIMED.has(look.do));
for (const plan of plans.filter(isTimed)) await done(plan);
const left = plans.filter((plan) => !isTimed(plan));
await Promise.all([1, 2, 3].map(async () => { while (left.length) await done(left.shift()); }));
await real.close();
process.stdout.write(JSON.stringify(results));
process.exit(0);
