// Shows the OpenAPI document that the page names. No configuration is inline, so the page works under a strict policy.
(() => {
  "use strict";
  const root = document.getElementById("api");
  window.SwaggerUIBundle({
    domNode: root,
    url: root.dataset.schemaUrl,
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    validatorUrl: null,
  });
})();
