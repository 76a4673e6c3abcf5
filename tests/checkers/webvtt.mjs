// Reads WebVTT on standard input; prints what the W3C's parser finds: its errors and the cues it understands.
import { readFileSync } from "node:fs";
import parser from "webvtt-parser";

const text = readFileSync(0, "utf8");
const found = new parser.WebVTTParser().parse(text, "metadata");
const marked = new parser.WebVTTParser().parse(text, "captions"); // also reads the voices and times inside cues
const cues = found.cues.map(({ id, startTime, endTime, text }) => ({ id, startTime, endTime, text }));
process.stdout.write(JSON.stringify({ errors: [...found.errors, ...marked.errors], cues }));
