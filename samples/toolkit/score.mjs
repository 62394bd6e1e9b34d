// node score.mjs MODEL ROWS: prints one JSON array of class probabilities per row of the file.
import { open, probabilities, readRows } from "./session.mjs";

const [model, rows] = process.argv.slice(2);
for (const answer of await probabilities(await open(model), readRows(rows)))
  console.log(JSON.stringify(answer));
