// Asks Adobe's validator about every thing in things.json; prints what it says as JSON.
import { readFile } from "node:fs/promises";
import Validator from "@adobe/structured-data-validator";

const read = async (name) => JSON.parse(await readFile(name, "utf8"));
const validator = new Validator(await read("vocabulary.json"));
const found = [];
for (const [at, thing] of (await read("things.json")).entries()) {
  // The form in which it expects what was taken from a page: by type.
  const type = [thing["@type"]].flat().join(",");
  const issues = await validator.validate({ jsonld: { [type]: [thing] }, microdata: {}, rdfa: {}, errors: [] });
  found.push(...issues.map((issue) => ({ at, severity: issue.severity, message: issue.issueMessage, path: issue.path })));
}
console.log(JSON.stringify(found));
