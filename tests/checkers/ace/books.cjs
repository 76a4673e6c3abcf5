// Checks several books in one process and one browser, which is what most of the time of checking one goes into.
// Prints, for each path, what Ace finds wrong with it: an empty list for a book that everybody can read.
const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const ace = require("@daisy/ace-core");
const axe = require("@daisy/ace-axe-runner-puppeteer");
const logger = require("@daisy/ace-logger");

const runner = { ...axe, launch: async () => {}, close: async () => {} };
const failures = (report) => (report.assertions ?? []).flatMap((document) =>
  document.assertions.filter((one) => one["earl:result"]["earl:outcome"] === "fail").map((one) =>
    `${document["earl:testSubject"].url}: ${one["earl:test"]["dct:title"]}: ${one["earl:result"]["dct:description"]}`));

(async () => {
  logger.initLogger({ silent: true });
  const out = mkdtempSync(join(tmpdir(), "ace-")), found = {};
  await axe.launch();
  for (const [number, book] of process.argv.slice(2).entries()) {
    try {
      const [, report] = await ace(book, { cwd: process.cwd(), outdir: join(out, String(number)), silent: true, jobId: "" }, runner);
      const failed = report["earl:result"]["earl:outcome"] === "fail";
      found[book] = failed ? failures(report).concat("fail") : [];
    } catch (error) {
      found[book] = [String(error.stack ?? error)];
    }
  }
  await axe.close();
  rmSync(out, { recursive: true });
  process.stdout.write(JSON.stringify(found), () => process.exit(0));
})();
