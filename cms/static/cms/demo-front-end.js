/** A front end in one file: it shows what the content API says, and drafts when an editor's preview led here. */
import { documentView } from './demo-front-end-view.js';

const script = document.querySelector('script[data-api]');
const { api } = script.dataset;
const main = document.getElementById('main');
const state = document.getElementById('state');

const show = (page, edit) => {
  document.title = page.title;
  document.documentElement.lang = page.locale;
  const active = document.activeElement?.dataset?.pointer;
  main.replaceChildren(...documentView(page, edit));
  if (active) main.querySelector(`button[data-pointer="${active}"]`)?.focus();
};

const say = (text, name) => {
  state.textContent = text;
  document.body.dataset.state = name;
};

const showPublished = async () => {
  const path = new URLSearchParams(window.location.search).get('path') ?? '/';
  const response = await fetch(`${api}resolve/?include=hast,children&path=${encodeURIComponent(path)}`);
  const answer = await response.json();
  if (answer.outcome === 'redirect') window.location.replace(`?path=${encodeURIComponent(answer.location)}`);
  else if (response.ok) show(answer.page);
  else main.textContent = answer.detail;
};

const { Preview } = await import(script.dataset.helper);
const preview = new Preview({
  api,
  include: 'hast,children,source_map',
  onDraft: (page) => {
    say('Draft: only you see this', 'draft');
    show(page, (place) => preview.edit(place));
  },
  onEnd: () => say('This preview is over. Open it again from the editor.', 'over'),
});

if (new URLSearchParams(window.location.search).has('code')) await preview.start();
else await showPublished();
