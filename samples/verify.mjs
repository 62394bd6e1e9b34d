// Checks every sample: recomputes the metrics of each ONNX file with ONNX Runtime and looks over its rows.
// From samples/: npm install --ignore-scripts && node verify.mjs [sample…]
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { accuracy, logLoss, rocAuc } from "./toolkit/metrics.mjs";
import { parseCsv } from "./toolkit/csv.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const ort = await import("./toolkit/session.mjs").catch(error => {
  if (error.code !== "ERR_MODULE_NOT_FOUND" || !error.message.includes("onnxruntime-node")) throw error;
  console.log("skipped: onnxruntime-node is not installed (npm install --ignore-scripts)");
  process.exit(0);
});

let failures = 0;
const check = (holds, message) => {
  if (!holds) failures++;
  console.log(`  ${holds ? "ok  " : "FAIL"} ${message}`);
};

const named = process.argv.slice(2);
const samples = named.length > 0 ? named : readdirSync(here).filter(name => existsSync(join(here, name, "v1")));
for (const sample of samples)
  for (const version of readdirSync(join(here, sample)).filter(name => /^v\d+$/.test(name)))
    await verify(sample, version);
console.log(failures === 0 ? "all samples verified" : `${failures} checks failed`);
process.exitCode = failures === 0 ? 0 : 1;

async function verify(sample, version) {
  console.log(`${sample} ${version}`);
  const folder = join(here, sample, version);
  const metadata = JSON.parse(readFileSync(join(folder, "metadata.json"), "utf8"));
  const session = await ort.open(join(folder, "model.onnx"));
  const traffic = ort.readRows(rowsFile(sample, "traffic"));

  check(statSync(join(folder, "model.onnx")).size < 2e6, "the file is smaller than 2 MB");
  check(metadata.lineage.code.commit === codeDigest(sample), "the scripts are those that trained it");
  await checkTraffic(session, metadata, traffic);
  await checkHeldOut(session, metadata, sample);
  await checkReference(session, metadata, folder, traffic);
  await checkShifted(session, sample);
  await checkEdges(session);
}

function rowsFile(sample, name) {
  return [`${name}.jsonl`, `${name}.jsonl.gz`].map(file => join(here, sample, file)).find(existsSync);
}

function codeDigest(sample) {
  const scripts = readdirSync(join(here, sample)).filter(file => file.endsWith(".py")).sort();
  const hash = createHash("sha256");
  for (const script of scripts) hash.update(readFileSync(join(here, sample, script)));
  return `sha256:${hash.digest("hex")}`;
}

async function checkTraffic(session, metadata, traffic) {
  const whole = metadata.metrics.traffic_accuracy === undefined;
  await checkMetrics(session, metadata, traffic, whole ? "" : "traffic_", "the committed rows");
}

// The full held-out set is left beside a sample by its training script and is not committed.
async function checkHeldOut(session, metadata, sample) {
  const file = rowsFile(sample, "heldout");
  if (file !== undefined) await checkMetrics(session, metadata, ort.readRows(file), "", "all held-out rows");
}

async function checkMetrics(session, metadata, rows, prefix, which) {
  const labels = rows.map(row => metadata.classes.indexOf(row.label));
  const answers = await ort.probabilities(session, rows);
  check(labels.every(label => label >= 0), `every label of ${which} is a class`);
  const positive = metadata.classes.indexOf(metadata.positiveClass);
  const measured = { accuracy: accuracy(labels, answers), log_loss: logLoss(labels, answers) };
  if (positive >= 0 && prefix === "") measured.roc_auc = rocAuc(labels, answers, positive);
  for (const [name, value] of Object.entries(measured))
    check(Math.abs(value - metadata.metrics[prefix + name]) < 2e-4, `${name} ${value.toFixed(4)} on ${rows.length} rows (${which})`);
}

async function checkReference(session, metadata, folder, traffic) {
  const [header, ...cells] = parseCsv(readFileSync(join(folder, "reference.csv"), "utf8"));
  const names = metadata.features?.map(feature => feature.name) ?? header.slice(0, -1);
  check(header.join() === [...names, "label"].join(), "the reference's columns are the features and the label");
  const rows = cells.map(row => ({ inputs: { [session.inputNames[0]]: row.slice(0, -1).map((cell, i) => encode(metadata.features?.[i], cell)) } }));
  check(await finite(session, rows), `${rows.length} reference rows answer without NaN`);
  const seen = new Set(rows.map(row => JSON.stringify(row.inputs)));
  check(!traffic.some(row => seen.has(JSON.stringify(row.inputs))), "no row of the traffic is in the reference");
}

function encode(feature, cell) {
  if (feature?.kind === "text") return cell;
  const value = feature?.kind === "categorical" ? feature.categories.indexOf(cell) : Number(cell);
  if (Number.isNaN(value) || (feature?.kind === "categorical" && value < 0)) throw new Error(`unreadable cell ${cell}`);
  return value;
}

async function checkShifted(session, sample) {
  const file = rowsFile(sample, "shifted");
  if (file !== undefined) check(await finite(session, ort.readRows(file)), "the shifted rows answer without NaN");
}

// Text models must answer anything that is text, alone and side by side with others.
async function checkEdges(session) {
  const [input] = session.inputMetadata;
  if (input.type !== "string") return;
  const texts = ["", " ", "\n\t", "zzqqy xkcdv", "春眠不覺曉", "a".repeat(100_000), "free money ".repeat(20_000), "🙂 \u0000 é"];
  const rows = texts.map(text => ({ inputs: { [input.name]: [text] } }));
  check(await finite(session, rows), "empty, unknown and very long texts answer without NaN");
  const together = await ort.probabilities(session, rows);
  for (const [i, row] of rows.entries()) {
    const [alone] = await ort.probabilities(session, [row]);
    if (alone.some((p, c) => Math.abs(p - together[i][c]) > 1e-5)) check(false, `text ${i} answers differently alone`);
  }
}

async function finite(session, rows) {
  const answers = await ort.probabilities(session, rows);
  return answers.every(row => row.every(Number.isFinite) && Math.abs(row.reduce((a, b) => a + b) - 1) < 1e-4);
}
