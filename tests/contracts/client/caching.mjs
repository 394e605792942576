// Asks http-cache-semantics about the exchanges in exchanges.json, as a shared cache would; prints the answers as JSON.
import { readFile } from "node:fs/promises";
import CachePolicy from "http-cache-semantics";

const answers = {};
for (const { name, request, response } of JSON.parse(await readFile("exchanges.json", "utf8"))) {
  const policy = new CachePolicy(request, response, { shared: true });
  // The library reads the clock by this method alone.
  const later = (seconds, question) => {
    const now = policy.now;
    policy.now = () => now.call(policy) + seconds * 1000;
    try {
      return question();
    } finally {
      policy.now = now;
    }
  };
  const lifetime = Math.round(policy.maxAge());
  const revalidation = policy.revalidationHeaders(request);
  answers[name] = {
    isStorable: policy.storable(),
    lifetime,
    isFresh: policy.satisfiesWithoutRevalidation(request),
    isFreshForOtherCoding: policy.satisfiesWithoutRevalidation({
      ...request,
      headers: { ...request.headers, "accept-encoding": "zstd" },
    }),
    isStaleLater: later(lifetime + 1, () => policy.stale()),
    mayServeStaleWhileRevalidating: later(lifetime + 30, () => policy.useStaleWhileRevalidate()),
    mayServeStaleForLong: later(lifetime + 3600, () => policy.useStaleWhileRevalidate()),
    ifNoneMatch: revalidation["if-none-match"] ?? null,
    isUnmodifiedBy304: !policy.revalidatedPolicy(request, {
      status: 304,
      headers: { etag: response.headers.etag, "cache-control": response.headers["cache-control"] },
    }).modified,
  };
}
console.log(JSON.stringify(answers));
