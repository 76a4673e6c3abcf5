// Opens a page in a real Chromium, says so, and waits until the words in it are others; prints what it saw as JSON.
import { chromium } from "playwright-core";

const [, , executablePath, url, words] = process.argv;
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--mute-audio", "--no-first-run", "--disable-background-networking"] });
try {
  const page = await browser.newPage(), complaints = [], hosts = new Set();
  page.on("console", (message) => { if (message.type() === "error") complaints.push(message.text()); });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => hosts.add(new URL(request.url()).host));
  await page.goto(url, { waitUntil: "load" });
  console.log("open");
  await page.getByText(words).first().waitFor({ state: "attached", timeout: 60000 });
  console.log(JSON.stringify({ complaints, hosts: [...hosts] }));
} finally {
  await browser.close();
}
