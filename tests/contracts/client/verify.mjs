// Verifies the messages in messages.json as a receiver does; prints the outcome of each as JSON.
import { readFile } from "node:fs/promises";
import { Webhook } from "standardwebhooks";

const outcomes = {};
for (const { name, secret, headers, body } of JSON.parse(await readFile("messages.json", "utf8"))) {
  try {
    outcomes[name] = new Webhook(secret).verify(body, headers);
  } catch (error) {
    outcomes[name] = error.message;
  }
}
console.log(JSON.stringify(outcomes));
