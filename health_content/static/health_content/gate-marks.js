/**
 * Marks in the preview what the gate finds in its sentences. The marks are made in the editor's own view of the preview:
 * no page, no document and no address ever holds them. A preview from another site's address cannot be marked.
 */
(() => {
  const FRAME = '#w-preview-iframe';
  const BLOCKS = 'p, li, h1, h2, h3, h4, h5, h6, td, th, dd, dt, blockquote, figcaption, div, section, article, main';
  const NOT_READ = 'script, style, template, noscript, [data-health-note]';
  const GRAVITY = ['overridden', 'info', 'warn', 'block'];
  const { places, readings } = window.healthGate;

  const frameDocument = () => document.querySelector(FRAME)?.contentDocument ?? null;

  /** Return the text below `root` with the text nodes that it comes from; what stands in blocks of their own is kept apart. */
  const textOf = (root) => {
    const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const nodes = [];
    let text = '';
    let block = null;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.parentElement.closest(NOT_READ)) continue;
      const own = node.parentElement.closest(BLOCKS);
      if (block && own !== block) text += '\n';
      block = own;
      nodes.push({ node, start: text.length });
      text += node.data;
    }
    return { text, nodes };
  };

  /** Wrap what stands from `start` to `end`, which may begin and end within elements. Return the marks. */
  const wrap = (nodes, start, end, finding) =>
    nodes
      .filter(({ node, start: first }) => first < end && first + node.length > start)
      .map(({ node, start: first }) => {
        const range = node.ownerDocument.createRange();
        range.setStart(node, Math.max(start - first, 0));
        range.setEnd(node, Math.min(end - first, node.length));
        if (!range.toString().trim()) return null;
        const mark = node.ownerDocument.createElement('mark');
        mark.dataset.healthFinding = finding.id;
        mark.dataset.level = finding.level;
        range.surroundContents(mark);
        return mark;
      })
      .filter(Boolean);

  const noteFor = (doc, finding) => {
    const button = doc.createElement('button');
    const note = doc.createElement('span');
    button.type = 'button';
    button.className = 'hp-note-button';
    button.setAttribute('aria-expanded', 'false');
    note.className = 'hp-note';
    note.setAttribute('role', 'note');
    note.hidden = true;
    note.textContent = [finding.level_label, finding.message].filter(Boolean).join(': ');
    const toggle = (isOpen) => {
      note.hidden = !isOpen;
      button.setAttribute('aria-expanded', String(isOpen));
    };
    button.addEventListener('click', () => toggle(note.hidden));
    button.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') toggle(false);
    });
    [button, note].forEach((element) => {
      element.dataset.healthNote = finding.id;
      element.dataset.level = finding.level;
    });
    return [button, note];
  };

  const markOne = (doc, finding) => {
    const root = doc.getElementById(finding.place) ?? doc.querySelector('main') ?? doc.body;
    for (const reading of readings(finding.quote)) {
      const { text, nodes } = textOf(root);
      const [place] = places(text, reading);
      const marks = place ? wrap(nodes, ...place, finding) : [];
      if (marks.length) {
        marks.at(-1).after(...noteFor(doc, finding));
        return;
      }
    }
  };

  const clear = () => {
    const doc = frameDocument();
    doc?.querySelectorAll('[data-health-note]').forEach((element) => element.remove());
    doc?.querySelectorAll('mark[data-health-finding]').forEach((mark) => {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    });
  };

  const addStyles = (doc, href) => {
    if (doc.querySelector('link[data-health-marks]')) return;
    const link = doc.createElement('link');
    link.rel = 'stylesheet';
    link.href = href;
    link.dataset.healthMarks = '';
    doc.head.append(link);
  };

  /** Mark `findings` in the preview as it is shown now, in place of what is marked. `say` names the note of each. */
  const draw = (findings, { styles, say }) => {
    clear();
    const doc = frameDocument();
    const quoted = findings.filter((finding) => finding.quote);
    if (!doc?.body || !doc.head || !quoted.length) return;
    addStyles(doc, styles);
    // Of several in one sentence the gravest is the innermost, which is seen.
    const weight = (finding) => GRAVITY.indexOf(finding.level);
    quoted.sort((one, other) => weight(one) - weight(other)).forEach((finding) => markOne(doc, finding));
    const byId = new Map(quoted.map((finding) => [finding.id, finding]));
    const buttons = [...doc.querySelectorAll('button[data-health-note]')];
    // Words would be counted among the page's own: the name is said, and not written.
    buttons.forEach((button, index) =>
      button.setAttribute('aria-label', say(byId.get(button.dataset.healthNote), index + 1, buttons.length)),
    );
  };

  /** Show the mark of a finding, with its note open and in focus; Escape leads back. Return whether there is one. */
  const reveal = (id, goBack) => {
    const button = [...(frameDocument()?.querySelectorAll('button[data-health-note]') ?? [])]
      .find((each) => each.dataset.healthNote === id);
    if (!button) return false;
    if (button.getAttribute('aria-expanded') === 'false') button.click();
    button.scrollIntoView({ block: 'center' });
    button.ownerDocument.defaultView.focus();
    button.focus({ preventScroll: true });
    button.addEventListener('keydown', (event) => event.key === 'Escape' && goBack(), { once: true });
    return true;
  };

  Object.assign(window.healthGate, { clear, draw, reveal, isReachable: () => frameDocument() !== null });
})();
