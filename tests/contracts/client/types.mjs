// Generates the types of many OpenAPI documents in one go: node types.mjs schema.json types.ts [schema.json types.ts ...]
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const names = process.argv.slice(2);
for (let at = 0; at < names.length; at += 2) {
  const document = JSON.parse(await readFile(names[at], "utf8"));
  await writeFile(names[at + 1], astToString(await openapiTS(document)));
}
