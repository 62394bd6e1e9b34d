// What a user of the types that openapi-typescript writes does with them. Usage: node user.js ADDRESS MODEL.
import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";

declare const process: { argv: string[] };
const [, , address, model] = process.argv as [string, string, string, string];
const api = createClient<paths>({ baseUrl: address });
const data = [1, 8, 2, 3, 760, 0, 3, 4, 1, 2, 2, 0, 44, 2, 1, 1, 1, 1, 0, 0];
const input = { name: "input", datatype: "FP32" as const, shape: [1, data.length], data };
const request: components["schemas"]["InferRequest"] = { inputs: [input] };

function sure<T>(answer: { data?: T; error?: unknown }): T {
  if (answer.data === undefined) throw new Error(JSON.stringify(answer.error));
  return answer.data;
}

const answer = sure(await api.POST("/v2/models/{model}/infer", { params: { path: { model } }, body: request }));
console.log(`infer ${answer.outputs[0]!.data!.length} ${(answer.parameters?.prediction_id.length ?? 0) > 0}`);

const receipt = sure(await api.POST("/v1/models/{model}/jobs", { params: { path: { model } }, body: request }));
let job: components["schemas"]["JobView"];
do {
  await new Promise((next) => setTimeout(next, 50));
  job = sure(await api.GET("/v1/jobs/{id}", { params: { path: { id: receipt.id } } }));
} while (job.state === "queued" || job.state === "running");
console.log(`job ${job.state} ${job.result?.outputs?.[0]!.data!.length}`);

const explanation = sure(
  await api.POST("/v1/models/{model}/explanations", {
    params: { path: { model } },
    body: { inputs: [input], method: "permutation", budget: 500 },
  }),
);
if (typeof explanation === "object" && "rows" in explanation) console.log(`explanation ${explanation.method} ${explanation.rows[0]!.attributions.length}`);

const found = sure(await api.GET("/v1/models/{model}/monitoring", { params: { path: { model }, query: { limit: 5 } } }));
const window = found.windows[found.windows.length - 1]!;
console.log(`monitoring ${found.baseline.features.length} ${window.drift?.features.length} ${window.count}`);

const missing = await api.GET("/v1/models/{model}", { params: { path: { model: "no-such-model" } } });
if (missing.error) console.log(`problem ${missing.error.code}`);
