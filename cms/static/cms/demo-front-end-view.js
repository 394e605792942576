/** Documents to elements. Rich text comes as a syntax tree (`include=hast`): no string ever becomes HTML here. */

const element = (tag, attributes, ...children) => {
  const made = document.createElement(tag);
  Object.entries(attributes ?? {}).forEach(([name, value]) => {
    if (value !== null && value !== undefined) made.setAttribute(name, value);
  });
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ''));
  return made;
};

const ATTRIBUTES = { className: 'class', colSpan: 'colspan', rowSpan: 'rowspan', srcSet: 'srcset', hrefLang: 'hreflang' };

const tree = (node) => {
  if (node.type === 'text') return node.value;
  const children = (node.children ?? []).map(tree);
  if (node.type !== 'element') return children;
  const properties = Object.entries(node.properties).map(([name, value]) => [
    ATTRIBUTES[name] ?? name,
    Array.isArray(value) ? value.join(' ') : value,
  ]);
  return element(node.tagName, Object.fromEntries(properties), children.flat());
};

const rich = (value) => (value ? tree(value.hast).flat() : []);

const picture = (image) => {
  if (!image) return null;
  const [first] = image.sources.slice(-1);
  const srcset = image.sources.map((source) => `${source.src} ${source.width}w`).join(', ');
  const size = { width: first?.width, height: first?.height };
  return element('img', { alt: image.alt, src: first?.src, srcset, sizes: '(min-width: 48rem) 44rem, 100vw', ...size });
};

const cell = (value) => (value.type === 'rich_text' ? rich(value.body) : String(value.text ?? value.value ?? ''));

const reference = (item) => [item.authors, item.title, item.publication, item.year].filter(Boolean).join('. ');

/** What a block holds besides its heading and its items; a type that is not here shows those two. */
const CONTENTS = {
  rich_text: (block) => rich(block.body),
  callout: (block) => rich(block.body),
  quote: (block) => [element('blockquote', {}, block.text), block.attribution],
  image: (block) => [element('figure', {}, picture(block.image), element('figcaption', {}, block.caption, ' ', block.credit))],
  table: (block) => [
    element(
      'table', {},
      element('caption', {}, block.caption),
      element('thead', {}, element('tr', {}, block.columns.map((column) => element('th', { scope: 'col' }, column.heading)))),
      element('tbody', {}, block.rows.map((row) => element('tr', {}, row.cells.map((value) => element('td', {}, cell(value)))))),
    ),
    ...rich(block.notes),
  ],
  disclaimer: (block) => (block.disclaimer ? [element('h3', {}, block.disclaimer.title), ...rich(block.disclaimer.body)] : []),
};

const ITEM = {
  faq: (item) => [element('h3', {}, item.question), ...rich(item.answer)],
  references: (item) => [item.url ? element('a', { href: item.url, rel: 'noopener' }, reference(item)) : reference(item)],
};
const titledItem = (item) => [element('h3', {}, item.title), ...rich(item.body), item.duration];

/** Return the elements of a document. With `edit`, each part that is edited somewhere gets a button that leads there. */
export const documentView = (page, edit) => {
  const part = (pointer, tag, attributes, ...children) => {
    const made = element(tag, attributes, ...children);
    const place = edit && page.source_map?.[pointer];
    if (!place) return made;
    const button = element('button', { type: 'button', 'data-pointer': pointer }, 'Edit');
    button.addEventListener('click', () => edit(place));
    return element('div', { class: 'part' }, made, button);
  };

  const items = (block, pointer) => {
    const content = ITEM[block.type] ?? titledItem;
    const list = (block.items ?? []).map((item, index) => part(`${pointer}/items/${index}`, 'div', {}, content(item)));
    const entries = list.map((entry) => element('li', {}, entry));
    const isNumbered = ['mechanism_list', 'approach_list', 'step_list', 'references'].includes(block.type);
    return entries.length ? element(isNumbered ? 'ol' : 'ul', { start: block.start }, entries) : null;
  };

  const blocks = (list, pointer) => list.map((block, index) => view(block, `${pointer}/${index}`));

  const view = (block, pointer) => {
    const heading = block.heading ?? block.title;
    const inside = [
      heading ? element(`h${block.level ?? 3}`, {}, heading) : null,
      ...rich(block.introduction),
      ...(CONTENTS[block.type]?.(block) ?? []),
      items(block, pointer),
    ];
    const own = part(pointer, 'div', { class: `block ${block.type}`, id: block.id }, inside);
    return block.type === 'section' ? element('section', {}, own, blocks(block.blocks, `${pointer}/blocks`)) : own;
  };

  const disclaimers = (placement) =>
    page.safety.disclaimers.map((disclaimer, index) =>
      disclaimer.placement === placement
        ? part(`/safety/disclaimers/${index}`, 'aside', {}, element('h2', {}, disclaimer.title), rich(disclaimer.body))
        : null,
    );

  const cards = (page.children ?? []).map((card) =>
    element('li', {}, element('a', { href: `?path=${encodeURIComponent(card.path)}` }, card.title), element('p', {}, card.summary)),
  );

  return [
    part('/title', 'h1', {}, page.title),
    page.summary ? part('/summary', 'p', { class: 'summary' }, page.summary) : null,
    page.introduction ? part('/introduction', 'div', {}, rich(page.introduction)) : null,
    ...disclaimers('start'),
    ...blocks(page.body, '/body'),
    cards.length ? element('ul', { class: 'cards' }, cards) : null,
    ...disclaimers('end'),
  ].filter(Boolean);
};
