/**
 * The "Health" panel of the editor: shows what the gate says of the page, first as it was opened, then as it is typed.
 * The findings come with Wagtail's answer to its preview request, in the event w-preview:json.
 */
(() => {
  const WAIT_MS = 500; // As long as Wagtail itself waits for the end of the typing.
  const FIELD = /^[-\w]+$/;
  const inputs = '[contenteditable="true"], input:not([type="hidden"]), textarea, select';

  const panelOf = () => document.querySelector('[data-hp-gate]');
  const sideOf = (name) => document.querySelector(`[data-side-panel="${name}"]`);

  const fill = (root, selector, text) => {
    const element = root.querySelector(selector);
    element.textContent = text;
    element.hidden = !text;
    return element;
  };

  const clone = (panel, selector) => panel.querySelector(selector).content.firstElementChild.cloneNode(true);

  const jump = (place) => {
    const field = document.querySelector(`[data-contentpath="${place}"]`);
    if (!field) return;
    const tab = field.closest('[role="tabpanel"]');
    if (tab?.hidden) document.querySelector(`[role="tab"][aria-controls="${tab.id}"]`)?.click();
    // The block's own frame, which is inside it, and those around it: a collapsed one hides what is meant.
    const toggle = ':scope > .w-panel__header [data-panel-toggle][aria-expanded="false"]';
    let frame = field.querySelector(':scope > [data-panel]') ?? field.closest('[data-panel]');
    for (; frame; frame = frame.parentElement.closest('[data-panel]')) frame.querySelector(toggle)?.click();
    field.scrollIntoView({ block: 'center' });
    [...field.querySelectorAll(inputs)].find((input) => input.checkVisibility())?.focus({ preventScroll: true });
  };

  const findingElement = (panel, finding) => {
    const element = clone(panel, '[data-hp-gate-finding]');
    element.dataset.level = finding.level;
    fill(element, '[data-level]', finding.level_label);
    fill(element, '[data-sentence]', finding.sentence);
    fill(element, '[data-suggestion]', finding.suggestion);
    fill(element, '[data-note]', finding.note);
    const button = element.querySelector('[data-jump]');
    button.hidden = !FIELD.test(finding.place) || !document.querySelector(`[data-contentpath="${finding.place}"]`);
    button.addEventListener('click', () => jump(finding.place));
    const link = fill(element, '[data-action-link]', finding.action_label);
    if (finding.action) link.setAttribute('href', finding.action);
    const source = element.querySelector('[data-source]');
    source.hidden = !/^https?:/.test(finding.source);
    if (!source.hidden) source.setAttribute('href', finding.source);
    fill(element, '[data-source-name]', finding.source_name);
    return element;
  };

  const groupElement = (panel, group) => {
    const element = clone(panel, '[data-hp-gate-group]');
    fill(element, '[data-label]', group.label);
    element.querySelector('ul').append(...group.findings.map((finding) => findingElement(panel, finding)));
    return element;
  };

  const lineElement = (line) => {
    const element = document.createElement('li');
    element.textContent = line;
    return element;
  };

  const count = (number) => {
    const counter = document.querySelector('[data-side-panel-toggle="health"] [data-side-panel-toggle-counter]');
    if (!counter) return;
    counter.textContent = number;
    counter.hidden = !number;
  };

  let said = ''; // What stands on the button that publishes, if it is ours.

  const relabel = (panel, text) => {
    const plain = panel.dataset.publishPlain;
    document.querySelectorAll('[name="action-publish"] [data-w-progress-target="label"]').forEach((label) => {
      const now = label.textContent.trim();
      if (now === plain || now === said) label.textContent = text || plain;
    });
    said = text || plain;
  };

  const show = (panel, health) => {
    const summary = panel.querySelector('[data-hp-gate-summary]');
    // A live region speaks when its text is set, even to what it was.
    if (summary.textContent !== health.summary) summary.textContent = health.summary;
    panel.querySelector('[data-hp-gate-stale]').hidden = true;
    const review = panel.querySelector('[data-hp-gate-review]');
    review.dataset.state = health.review.state;
    review.replaceChildren(...health.review.lines.map(lineElement));
    panel.querySelector('[data-hp-gate-disclaimers]').replaceChildren(...health.disclaimers.map(lineElement));
    panel.querySelector('[data-hp-gate-no-disclaimers]').hidden = health.disclaimers.length > 0;
    const groups = health.groups.map((group) => groupElement(panel, group));
    panel.querySelector('[data-hp-gate-groups]').replaceChildren(...groups);
    count(health.blocking);
    relabel(panel, health.publish);
  };

  const start = () => {
    const panel = panelOf();
    if (!panel) return;
    const health = JSON.parse(document.getElementById('hp-gate-findings').textContent);
    said = health.publish;
    show(panel, health);
    follow();
  };

  // Wagtail asks for a preview while its own panels are open; while ours is, we have it ask.
  const follow = () => {
    const side = sideOf('health');
    const preview = document.querySelector('[data-controller~="w-preview"]');
    if (!side || !preview) return;
    let timer = 0;
    const ask = () => {
      const isStale = preview.getAttribute('data-w-preview-stale-value') !== 'false';
      if (side.hidden || !isStale) return;
      window.wagtail?.app?.queryController('w-preview')?.setPreviewData();
    };
    const askSoon = () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT_MS);
    };
    side.addEventListener('show', askSoon);
    document.addEventListener('w-unsaved:add', askSoon);
    preview.addEventListener('w-preview:updated', askSoon);
    new MutationObserver(askSoon).observe(preview, { attributeFilter: ['data-w-preview-stale-value'] });
  };

  document.addEventListener('w-preview:json', (event) => {
    const panel = panelOf();
    const { data } = event.detail;
    if (!panel) return;
    if (data.health) show(panel, data.health);
    else panel.querySelector('[data-hp-gate-stale]').hidden = data.is_valid;
  });

  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
})();
