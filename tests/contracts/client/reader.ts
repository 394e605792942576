import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./content-api.js";

type Schemas = components["schemas"];
export type Page = Schemas["Document"];
export type Block = Schemas["Block"];

/** What a front end does with a path. */
export type Reading =
  | { kind: "page"; page: Page }
  | { kind: "redirect"; status: 301 | 302; location: string }
  | { kind: "withdrawn"; reason: string; replacement: string | null }
  | { kind: "missing" };

/** Connect to the API that is mounted at `baseUrl`. */
export function connect(baseUrl: string): Client<paths> {
  return createClient<paths>({
    baseUrl,
    // `include=body,seo`: the API refuses a parameter that comes twice.
    querySerializer: { array: { style: "form", explode: false } },
  });
}

/** Read what lives at a path: one request, whatever the answer is. */
export async function read(client: Client<paths>, path: string): Promise<Reading> {
  const { data, error } = await client.GET("/resolve/", { params: { query: { path } } });
  if (data) {
    switch (data.outcome) {
      case "page":
        return { kind: "page", page: data.page };
      case "redirect":
        return { kind: "redirect", status: data.status, location: data.location };
      default:
        return assertNever(data);
    }
  }
  switch (error.type) {
    case "gone":
      return { kind: "withdrawn", reason: error.detail, replacement: error.replacement ?? null };
    case "not-found":
      return { kind: "missing" };
    default:
      throw new Error(`${error.status} ${error.type}: ${error.detail}`);
  }
}

/** Return a page as HTML, with everything that its safety envelope asks for. */
export function renderPage(page: Page): string {
  const { review, disclaimers, attribution } = page.safety;
  const at = (placement: "start" | "end"): string[] =>
    disclaimers.filter((each) => each.placement === placement).map(renderDisclaimer);
  return [
    `<h1>${escape(page.title)}</h1>`,
    ...at("start"),
    ...(review.last_reviewed ? [`<p>Reviewed on ${review.last_reviewed}.</p>`] : []),
    ...(review.status === "overdue" ? ["<p>The next review is overdue.</p>"] : []),
    page.introduction?.html ?? "",
    ...page.body.map(renderBlock),
    ...at("end"),
    `<p>${escape(attribution.required_text ?? attribution.publisher)}</p>`,
  ].join("\n");
}

/** Return a block as HTML. A type of block that is missing here is an error of the compiler. */
export function renderBlock(block: Block): string {
  switch (block.type) {
    case "section": {
      const heading = `<h${block.level} id="${escape(block.id)}">${escape(block.heading)}</h${block.level}>`;
      return [heading, ...block.blocks.map(renderBlock)].join("\n");
    }
    case "rich_text":
      return block.body.html;
    case "benefit_list":
    case "risks":
      return renderList("ul", block.items);
    case "mechanism_list":
    case "approach_list":
    case "step_list":
      return renderList("ol", block.items);
    case "callout":
      return `<aside class="${block.tone}">${block.body.html}</aside>`;
    case "care_card": {
      const signs = block.criteria.map((sign) => `<li>${escape(sign)}</li>`).join("");
      return `<section class="${block.level}"><h3>${escape(block.title)}</h3><ul>${signs}</ul>${block.action?.html ?? ""}</section>`;
    }
    case "stat":
      return `<p>${escape([block.natural_frequency, block.population, block.statement, block.period].join(" "))}</p>`;
    case "evidence_summary":
      return `<h3>${escape(block.question)}</h3><p>${escape(block.finding)}</p><p>Certainty: ${block.certainty ?? "not stated"}</p>`;
    case "personal_story":
      return `<figure><figcaption>One person's experience: ${escape(block.person)}</figcaption>${block.body.html}</figure>`;
    case "medicine_info":
      return `<h3>${escape(block.generic_name)}</h3><p>${escape(block.form ?? "")}</p>${block.dose?.html ?? ""}`;
    case "quote":
      return `<blockquote><p>${escape(block.text)}</p></blockquote>`;
    case "image":
      return block.image ? renderImage(block.image) : "";
    case "video":
      return renderVideo(block);
    case "table":
      return `<table>${block.rows.map((row) => `<tr>${row.cells.map(renderCell).join("")}</tr>`).join("")}</table>`;
    case "faq":
      return block.items
        .map((item) => `<details><summary>${escape(item.question)}</summary>${item.answer.html}</details>`)
        .join("\n");
    case "faq_ref":
      return block.question
        ? `<details><summary>${escape(block.question.question)}</summary>${block.question.answer.html}</details><p>From: <a href="${escape(block.question.source.url)}">${escape(block.question.source.title)}</a></p>`
        : "";
    case "related":
      return `<ul>${block.pages.map((page) => `<li><a href="${escape(page.path)}">${escape(page.title)}</a></li>`).join("")}</ul>`;
    case "disclaimer":
      return block.disclaimer ? renderDisclaimer(block.disclaimer) : "";
    case "references":
      return `<ol>${block.items.map((item) => `<li>${escape(item.title)}</li>`).join("")}</ol>`;
    default:
      return assertNever(block);
  }
}

function renderList(tag: "ol" | "ul", items: Schemas["ListItem"][]): string {
  const lines = items.map((item) => `<li><h3>${escape(item.title ?? "")}</h3>${item.body.html}</li>`);
  return `<${tag}>${lines.join("")}</${tag}>`;
}

function renderImage(image: Schemas["Image"]): string {
  const largest = [...image.sources].sort((a, b) => b.width - a.width)[0];
  const srcset = image.sources.map((source) => `${source.src} ${source.width}w`).join(", ");
  return largest
    ? `<img src="${escape(largest.src)}" srcset="${escape(srcset)}" alt="${escape(image.alt)}">`
    : "";
}

/** A link, not a player: that is another party's page, and the reader has not asked for it. */
function renderVideo(block: Schemas["VideoBlock"]): string {
  const title = escape(block.title);
  const link = block.video ? `<a href="${escape(block.video.url)}" rel="external">${title}</a>` : title;
  const transcript = block.transcript ? `<details><summary>Transcript</summary>${block.transcript.html}</details>` : "";
  return `<figure>${link}${transcript}</figure>`;
}

function renderCell(cell: Schemas["TableCell"]): string {
  switch (cell.type) {
    case "text":
      return `<td>${escape(cell.text)}</td>`;
    case "number":
      return `<td>${cell.value ?? ""}</td>`;
    case "rich_text":
      return `<td>${cell.body.html}</td>`;
    default:
      return assertNever(cell);
  }
}

function renderDisclaimer(disclaimer: Schemas["SafetyDisclaimer"]): string {
  return `<section aria-label="${escape(disclaimer.title)}">${disclaimer.body.html}</section>`;
}

function escape(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

function assertNever(value: never): never {
  throw new Error(`The API has more than this client knows: ${JSON.stringify(value)}`);
}
