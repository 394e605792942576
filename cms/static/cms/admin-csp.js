// The rich text editor writes style elements; the policy allows those that carry this response's nonce.
// Only trusted scripts can create elements this way: a style element in injected HTML stays without a nonce.
(() => {
  const { nonce } = document.currentScript;
  const create = document.createElement;
  document.createElement = function createElement(name, ...rest) {
    const element = create.call(this, name, ...rest);
    if (element.localName === "style") {
      element.nonce = nonce;
    }
    return element;
  };
})();
