// Scores rows with an exported model in onnxruntime-web: node score.mjs PACKAGES MODEL ROWS
// ROWS is JSON: {"column": {"numbers": [...]} or {"texts": [...]}}, null for a missing number.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
const [packages, model, rows] = process.argv.slice(2);
const ort = await import(pathToFileURL(join(packages, "onnxruntime-web/dist/ort.node.min.mjs")));
const session = await ort.InferenceSession.create(readFileSync(model));
const feeds = {};
for (const [name, column] of Object.entries(JSON.parse(readFileSync(rows, "utf8")))) {
  feeds[name] = column.texts
    ? new ort.Tensor("string", column.texts, [column.texts.length, 1])
    : new ort.Tensor("float64", Float64Array.from(column.numbers, (x) => x ?? NaN), [column.numbers.length, 1]);
}
const out = await session.run(feeds);
console.log(JSON.stringify({ probability: [...out.probability.data], class: [...out.class.data] }));
