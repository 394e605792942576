/**
 * Wagtail's preview panel and a front end in it that knows us: instead of loading a new frame for each change, tell the
 * one that is there; and when somebody points at a part of the page in it, show where that is edited.
 */
(() => {
  const own = window.location.origin;
  const origins = JSON.parse(document.currentScript.dataset.origins).map((origin) => origin || own);
  const listening = new WeakMap(); // Window of a frame -> its origin.

  const panelFrame = (source) =>
    [...document.querySelectorAll('[data-w-preview-target="iframe"]')].find((frame) => frame.contentWindow === source);

  const renderUrl = (panel, mode) => {
    const { wPreviewRenderUrlValue, wPreviewUrlValue } = panel.dataset;
    const url = new URL(wPreviewRenderUrlValue || wPreviewUrlValue, window.location.href);
    url.searchParams.set('mode', mode);
    url.searchParams.set('in_preview_panel', 'true');
    return url;
  };

  const isInFrontEnd = (panel) => {
    const select = panel.querySelector('[data-w-preview-target="mode"]');
    return select?.value === 'front_end';
  };

  const tell = async (panel, frame) => {
    const target = frame.contentWindow;
    try {
      const response = await fetch(renderUrl(panel, 'front_end_change'));
      if (!response.ok) throw new Error(response.status);
      target.postMessage(await response.json(), listening.get(target));
    } catch {
      frame.src = renderUrl(panel, 'front_end').toString();
    }
  };

  document.addEventListener('w-preview:load', (event) => {
    const panel = event.target;
    const frame = panel.querySelector('#w-preview-iframe');
    if (!isInFrontEnd(panel) || !listening.has(frame?.contentWindow)) return;
    event.preventDefault();
    tell(panel, frame);
  });

  const show = (path) => {
    if (typeof path !== 'string' || !/^[-\w]+(\.[-\w]+)*$/.test(path)) return;
    const selector = path.split('.').map((step) => `[data-contentpath="${step}"]`).join(' ');
    const field = document.querySelector(selector);
    if (!field) return;
    const tab = field.closest('[role="tabpanel"]');
    if (tab?.hidden) document.querySelector(`[role="tab"][aria-controls="${tab.id}"]`)?.click();
    // The block's own frame, which is inside it, and those around it: a collapsed one hides what is meant.
    const toggle = ':scope > .w-panel__header [data-panel-toggle][aria-expanded="false"]';
    let panel = field.querySelector(':scope > [data-panel]') ?? field.closest('[data-panel]');
    for (; panel; panel = panel.parentElement.closest('[data-panel]')) panel.querySelector(toggle)?.click();
    field.scrollIntoView({ block: 'center' });
    const inputs = field.querySelectorAll('[contenteditable="true"], input:not([type="hidden"]), textarea, select');
    [...inputs].find((input) => input.checkVisibility())?.focus({ preventScroll: true });
  };

  window.addEventListener('message', (event) => {
    if (!origins.includes(event.origin) || !panelFrame(event.source)) return;
    if (event.data?.type === 'healthpress:preview-ready') listening.set(event.source, event.origin);
    if (event.data?.type === 'healthpress:preview-edit') show(event.data.content_path);
  });
})();
