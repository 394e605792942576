// Reads a whole site through the typed client and the reader, and prints what it met as JSON: node live.js URL
import type { components } from "./content-api.js";
import { connect, read, renderPage } from "./reader.js";

const baseUrl = process.argv[2];
if (!baseUrl) {
  throw new Error("Which API?");
}
const client = connect(baseUrl);
const blocks = new Set<string>();
const paths: string[] = [];
let shown = 0;
let cursor: string | null = null;
do {
  const data: components["schemas"]["RouteList"] = await routes(cursor);
  for (const route of data.items) {
    const reading = await read(client, route.path);
    if (reading.kind !== "page") {
      throw new Error(`${route.path} is ${reading.kind}`);
    }
    const html = renderPage(reading.page);
    for (const disclaimer of reading.page.safety.disclaimers) {
      if (!html.includes(disclaimer.body.html)) {
        throw new Error(`${route.path} lost ${disclaimer.key}`);
      }
      shown += 1;
    }
    reading.page.body.forEach((block) => blocks.add(block.type));
    paths.push(route.path);
  }
  cursor = data.next;
} while (cursor);

async function routes(after: string | null): Promise<components["schemas"]["RouteList"]> {
  const query = { page_size: 5, ...(after === null ? {} : { cursor: after }) };
  const { data, error } = await client.GET("/routes/", { params: { query } });
  if (error) {
    throw new Error(error.detail);
  }
  return data;
}

const list = await client.GET("/articles/", { params: { query: { include: ["body", "seo"], count: "exact" } } });
const { error } = await client.GET("/articles/", { params: { query: { page_size: 0 } } });
console.log(
  JSON.stringify({
    paths,
    shown,
    blocks: [...blocks].sort(),
    articles: list.data?.count,
    refused: error?.errors?.map((fault) => fault.pointer),
    missing: (await read(client, "/nothing/is/here/")).kind,
  }),
);
