// Runs an ONNX file over rows of the form {"inputs": {"<tensor>": [values of one row]}} with ONNX Runtime.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { InferenceSession, Tensor } from "onnxruntime-node";

const batchSize = 64;

export async function open(model) {
  return InferenceSession.create(model, { executionProviders: ["cpu"], intraOpNumThreads: 1 });
}

export function readRows(path) {
  const bytes = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text.split("\n").filter(line => line.length > 0).map(line => JSON.parse(line));
}

// Answers one array of class probabilities per row.
export async function probabilities(session, rows) {
  const answers = [];
  for (let start = 0; start < rows.length; start += batchSize) {
    const batch = rows.slice(start, start + batchSize);
    const { probabilities: output } = await session.run(feeds(session, batch), ["probabilities"]);
    const classes = output.dims[1];
    for (let row = 0; row < batch.length; row++)
      answers.push(Array.from(output.data.slice(row * classes, (row + 1) * classes)));
  }
  return answers;
}

function feeds(session, batch) {
  return Object.fromEntries(session.inputMetadata.map(input => {
    const values = batch.flatMap(row => row.inputs[input.name]);
    const shape = [batch.length, ...input.shape.slice(1)];
    return [input.name, input.type === "string"
      ? new Tensor("string", values, shape)
      : new Tensor("float32", Float32Array.from(values), shape)];
  }));
}
