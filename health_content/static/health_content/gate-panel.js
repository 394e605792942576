/**
 * The "Health" panel of the editor: shows what the gate says of the page, first as it was opened, then as it is typed,
 * marks it in the preview, and puts suggested sentences into the fields.
 * The findings come with Wagtail's answer to its preview request, in the event w-preview:json.
 */
(() => {
  const WAIT_MS = 500; // As long as Wagtail itself waits for the end of the typing.
  const WAIT_CLOSED_MS = 2000; // Nobody reads the findings: the counter may take its time.
  const REVEAL_MS = 10_000; // The preview has to be rendered first.
  const LOADED_MS = 1500; // It may be on its way.
  const TAB_MS = 1000;
  const ALOUD_MS = 100;
  const MARKS_KEY = 'health:marks';
  const BOOKKEEPING = /^(csrfmiddlewaretoken|loaded_revision_\w+|overwrite_revision_id|next|comments-.*)$/;
  const FIELD = /^[-\w]+$/;
  const inputs = '[contenteditable="true"], input:not([type="hidden"]), textarea, select';
  const gate = window.healthGate;

  const panelOf = () => document.querySelector('[data-hp-gate]');
  const sideOf = (name) => document.querySelector(`[data-side-panel="${name}"]`);
  const isOpen = (name) => sideOf(name)?.hidden === false;
  const previewOf = () => document.querySelector('[data-controller~="w-preview"]');
  const fieldOf = (place) => (FIELD.test(place) ? document.querySelector(`[data-contentpath="${place}"]`) : null);

  let texts = {}; // What is said, by what it is said of: in the language of the editor.
  let latest = null; // What the gate said last.
  let known = []; // Its findings.
  let said = ''; // What stands on the button that publishes, if it is ours.
  let wanted = ''; // The finding that the preview is to show as soon as it can.
  let asked = null; // What stood in the form when it was asked last; null before it is known.

  const fill = (root, selector, text) => {
    const element = root.querySelector(selector);
    element.textContent = text;
    element.hidden = !text;
    return element;
  };

  const clone = (panel, selector) => panel.querySelector(selector).content.firstElementChild.cloneNode(true);

  // What happened is said aloud, and stands in the panel for those who see it; that may be closed, so there are two places.
  const announce = (text) => {
    const aloud = document.querySelector('[data-hp-gate-aloud]');
    aloud.textContent = ''; // What it says already it would not say again.
    setTimeout(() => (aloud.textContent = text), ALOUD_MS);
    fill(panelOf(), '[data-hp-gate-said]', text);
  };

  const remembered = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };

  const remember = (key, value) => {
    try {
      localStorage.setItem(key, value);
    } catch {
      // Then it is asked anew in the next editor.
    }
  };

  const unfold = (field) => {
    const tab = field.closest('[role="tabpanel"]');
    if (tab?.hidden) document.querySelector(`[role="tab"][aria-controls="${tab.id}"]`)?.click();
    // The block's own frame, which is inside it, and those around it: a collapsed one hides what is meant.
    const toggle = ':scope > .w-panel__header [data-panel-toggle][aria-expanded="false"]';
    let frame = field.querySelector(':scope > [data-panel]') ?? field.closest('[data-panel]');
    for (; frame; frame = frame.parentElement.closest('[data-panel]')) frame.querySelector(toggle)?.click();
  };

  // A tab takes its time to show what is in it.
  const focusSoon = (find, end = Date.now() + TAB_MS) => {
    const element = find();
    if (element) {
      element.scrollIntoView({ block: 'center' });
      element.focus({ preventScroll: true });
    } else if (Date.now() < end) requestAnimationFrame(() => focusSoon(find, end));
  };

  const visible = (field, selector) => [...field.querySelectorAll(selector)].filter((each) => each.checkVisibility());

  const jump = (place) => {
    const field = fieldOf(place);
    if (!field) return;
    unfold(field);
    field.scrollIntoView({ block: 'center' });
    focusSoon(() => visible(field, inputs)[0]);
  };

  const jumpToReferences = () => {
    const field = fieldOf('references');
    if (!field) return;
    unfold(field);
    focusSoon(() => visible(field, 'button.c-sf-add-button').at(-1));
    announce(texts.references);
  };

  const replace = (finding, text) => {
    const button = document.activeElement;
    const field = fieldOf(finding.place);
    const times = field ? gate.replaceOnce(field, finding.quote, text) : 0;
    button?.focus({ preventScroll: true });
    if (times === 1) announce(texts.replaced);
    else announce(times ? texts.ambiguous : texts.missing);
  };

  const canMark = () => Boolean(sideOf('health') && sideOf('preview') && previewOf());
  const areMarksOn = () => remembered(MARKS_KEY) !== 'off';

  const draw = () => {
    if (!areMarksOn()) return gate.clear();
    const name = (finding, number, count) =>
      texts.note.replace('%(level)s', finding.level_label).replace('%(number)s', number).replace('%(count)s', count);
    return gate.draw(known, { styles: panelOf().dataset.marks, say: name });
  };

  const returnTo = (id) => {
    sideOf('health')?.dispatchEvent(new CustomEvent('open'));
    const finding = [...panelOf().querySelectorAll('[data-finding]')].find((each) => each.dataset.finding === id);
    finding?.querySelector('[data-do="reveal"]').focus();
  };

  const giveUp = (id, text) => {
    wanted = '';
    returnTo(id);
    announce(text);
  };

  const revealWanted = () => {
    const id = wanted;
    if (!id || !gate.reveal(id, () => returnTo(id))) return false;
    wanted = '';
    announce(texts.revealed);
    return true;
  };

  const reveal = (id) => {
    if (!areMarksOn()) {
      panelOf().querySelector('[data-hp-gate-marks]').checked = true;
      remember(MARKS_KEY, 'on');
    }
    // Opened, it is loaded anew, unless it shows already what stands in the form.
    const isLoaded = previewOf().getAttribute('data-w-preview-stale-value') === 'false';
    wanted = id;
    sideOf('preview').dispatchEvent(new CustomEvent('open'));
    draw();
    if (isLoaded && revealWanted()) return;
    const unseen = () => wanted === id && giveUp(id, gate.isReachable() ? texts.unseen : texts.elsewhere);
    setTimeout(unseen, isLoaded ? LOADED_MS : REVEAL_MS);
  };

  const onLoaded = () => {
    draw();
    if (!wanted || revealWanted()) return;
    giveUp(wanted, gate.isReachable() ? texts.unseen : texts.elsewhere);
  };

  const wire = (element, name, isShown, action) => {
    const button = element.querySelector(`[data-do="${name}"]`);
    button.hidden = !isShown;
    button.addEventListener('click', action);
    return button;
  };

  const findingElement = (panel, finding, number) => {
    const element = clone(panel, '[data-hp-gate-finding]');
    const hasField = Boolean(fieldOf(finding.place));
    element.dataset.level = finding.level;
    element.dataset.finding = finding.id;
    fill(element, '[data-level]', finding.level_label);
    fill(element, '[data-sentence]', finding.sentence).id = `hp-finding-${number}`;
    fill(element, '[data-suggestion]', finding.suggestion);
    fill(element, '[data-note]', finding.note);
    // Said once is enough.
    element.querySelector('[data-wording]').hidden = !finding.wording || finding.suggestion.includes(finding.wording);
    fill(element, '[data-wording-label]', finding.wording_label);
    fill(element, '[data-wording-text]', finding.wording);
    fill(element, '[data-wording-note]', finding.wording_note);
    wire(element, 'jump', hasField, () => jump(finding.place));
    wire(element, 'reveal', finding.quote && canMark(), () => reveal(finding.id));
    const use = wire(element, 'wording', hasField && finding.wording, () => replace(finding, finding.wording));
    use.textContent = finding.wording_button;
    wire(element, 'attributed', hasField && finding.attributed, () => replace(finding, finding.attributed));
    wire(element, 'reference', finding.takes_reference && fieldOf('references'), jumpToReferences);
    const link = fill(element, '[data-action-link]', finding.action_label);
    if (finding.action) link.setAttribute('href', finding.action);
    // The buttons of all findings are called the same.
    element.querySelectorAll('button, [data-action-link]').forEach((each) =>
      each.setAttribute('aria-describedby', `hp-finding-${number}`),
    );
    const source = element.querySelector('[data-source]');
    source.hidden = !/^https?:/.test(finding.source);
    if (!source.hidden) source.setAttribute('href', finding.source);
    fill(element, '[data-source-name]', finding.source_name);
    return element;
  };

  const groupElements = (panel, groups) => {
    let number = 0;
    return groups.map((group) => {
      const element = clone(panel, '[data-hp-gate-group]');
      fill(element, '[data-label]', group.label);
      element.querySelector('ul').append(...group.findings.map((each) => findingElement(panel, each, (number += 1))));
      return element;
    });
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

  const relabel = (panel, text) => {
    const plain = panel.dataset.publishPlain;
    document.querySelectorAll('[name="action-publish"] [data-w-progress-target="label"]').forEach((label) => {
      const now = label.textContent.trim();
      if (now === plain || now === said) label.textContent = text || plain;
    });
    said = text || plain;
  };

  // Findings are made anew: who stood on a button of one goes on there, else on the first of the next one, or at the top.
  const keepFocus = (panel, change) => {
    const before = document.activeElement;
    const finding = panel.contains(before) ? before.closest('[data-finding]') : null;
    const place = finding ? [...panel.querySelectorAll('[data-finding]')].indexOf(finding) : -1;
    change();
    if (!finding) return;
    const now = [...panel.querySelectorAll('[data-finding]')];
    const same = now.find((each) => each.dataset.finding === finding.dataset.finding);
    const next = same ?? now[Math.min(place, now.length - 1)];
    const targets = [...(next?.querySelectorAll('button, a') ?? [])].filter((each) => !each.hidden);
    // The same button of another finding would do another thing.
    const again = same && targets.find((each) => each.dataset.do === before.dataset.do);
    (again ?? targets[0] ?? panel.querySelector('[data-hp-gate-summary]')).focus({ preventScroll: true });
  };

  const show = (panel, health) => {
    latest = health;
    const summary = panel.querySelector('[data-hp-gate-summary]');
    // A live region speaks when its text is set, even to what it was.
    if (summary.textContent !== health.summary) summary.textContent = health.summary;
    panel.querySelector('[data-hp-gate-stale]').hidden = true;
    const review = panel.querySelector('[data-hp-gate-review]');
    review.dataset.state = health.review.state;
    review.replaceChildren(...health.review.lines.map(lineElement));
    panel.querySelector('[data-hp-gate-disclaimers]').replaceChildren(...health.disclaimers.map(lineElement));
    panel.querySelector('[data-hp-gate-no-disclaimers]').hidden = health.disclaimers.length > 0;
    known = health.groups.flatMap((group) => group.findings);
    keepFocus(panel, () =>
      panel.querySelector('[data-hp-gate-groups]').replaceChildren(...groupElements(panel, health.groups)),
    );
    count(health.blocking);
    relabel(panel, health.publish);
  };

  const start = () => {
    const panel = panelOf();
    if (!panel) return;
    texts = JSON.parse(document.getElementById('hp-gate-texts').textContent);
    const aloud = panel.querySelector('[data-hp-gate-aloud]');
    document.body.append(aloud); // What is in a closed panel is not said.
    const health = JSON.parse(document.getElementById('hp-gate-findings').textContent);
    said = health.publish;
    show(panel, health);
    follow();
    offerMarks(panel);
  };

  const offerMarks = (panel) => {
    const preview = canMark() && previewOf();
    const box = panel.querySelector('[data-hp-gate-marks]');
    box.closest('[data-hp-gate-marks-field]').hidden = !preview;
    box.checked = areMarksOn();
    box.addEventListener('change', () => {
      remember(MARKS_KEY, box.checked ? 'on' : 'off');
      draw();
    });
    preview?.addEventListener('w-preview:loaded', onLoaded);
  };

  // Wagtail asks for a preview while its own panels are open, and its answer holds the findings. At other times we ask the
  // same address, once something was changed; no preview is rendered for that.
  const follow = () => {
    const side = sideOf('health');
    const preview = previewOf();
    const form = document.querySelector('[data-edit-form]');
    if (!side || !preview || !form) return;
    const doesWagtail = () =>
      Number(preview.getAttribute('data-w-preview-auto-update-interval-value')) > 0 && (isOpen('preview') || isOpen('checks'));
    let timer = 0;
    let isAsking = false;
    const ask = async () => {
      const now = payload(form);
      if (isAsking || doesWagtail() || now === asked || (asked === null && side.hidden)) return;
      isAsking = true;
      asked = now;
      // The first save of a new page gives the form its own address, and leaves the preview the old one.
      const isSaved = location.pathname.endsWith('/edit/');
      const url = isSaved ? `${location.pathname}preview/` : preview.getAttribute('data-w-preview-url-value');
      const answer = await fetch(url, { method: 'POST', body: new FormData(form) })
        .then((response) => response.json())
        .catch(() => null);
      isAsking = false;
      if (answer) take(answer);
      else asked = ''; // The next change asks again.
      if (asked && payload(form) !== asked) askSoon();
    };
    const askSoon = () => {
      clearTimeout(timer);
      timer = setTimeout(ask, side.hidden ? WAIT_CLOSED_MS : WAIT_MS);
    };
    // The fields that buttons lead to are made after the panel.
    const showAgain = () => show(panelOf(), latest);
    side.addEventListener('show', () => {
      showAgain();
      askSoon();
    });
    // When the form is complete it says what it was opened with, which is what the findings are about.
    document.addEventListener('w-unsaved:watch-edits', () => {
      asked ??= payload(form);
      showAgain();
    });
    document.addEventListener('w-unsaved:add', () => {
      asked ??= '';
      askSoon();
    });
    // Everything was taken back.
    document.addEventListener('w-unsaved:clear', askSoon);
    preview.addEventListener('w-preview:update', () => {
      asked = payload(form);
    });
    preview.addEventListener('w-preview:json', (event) => take(event.detail.data));
  };

  // What the form holds, but for what saving changes in it.
  const payload = (form) => {
    const data = [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && !BOOKKEEPING.test(name));
    return new URLSearchParams(data).toString();
  };

  const take = (data) => {
    const panel = panelOf();
    if (!panel) return;
    if (data.health) show(panel, data.health);
    else panel.querySelector('[data-hp-gate-stale]').hidden = data.is_valid;
    if (wanted && !data.is_valid) giveUp(wanted, texts.invalid);
  };

  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
})();
