/**
 * Where a sentence stands in a text, and how it is replaced in the editor's fields: as an edit like any other, which
 * "undo" takes back. Used by gate-panel.js and gate-marks.js.
 */
(() => {
  const fields = 'input[type="text"], textarea';

  /** Return where `quote` stands in `text`, as [start, end]; white space may differ, as it does between text and HTML. */
  const places = (text, quote) => {
    const words = quote.trim().split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    if (!words[0]) return [];
    const pattern = new RegExp(words.join('\\s+'), 'g');
    return [...text.matchAll(pattern)].map((match) => [match.index, match.index + match[0].length]);
  };

  /** Return what to look for: a title and its text are one statement to the checker, and two fields to the editor. */
  const readings = (quote) => {
    const [title, ...rest] = quote.split(': ');
    return rest.length ? [quote, rest.join(': '), title] : [quote];
  };

  const inRichText = (input) => {
    const editor = input.draftailEditor;
    const blocks = () => editor.getEditorState().getCurrentContent().getBlocksAsArray();
    return {
      find: (quote) => blocks().flatMap((block) => places(block.getText(), quote).map((place) => [block.getKey(), place])),
      replace: ([key, [start, end]], text) => {
        const { EditorState, Modifier, SelectionState } = window.DraftJS;
        const state = editor.getEditorState();
        const selection = SelectionState.createEmpty(key).merge({ anchorOffset: start, focusOffset: end });
        const content = Modifier.replaceText(state.getCurrentContent(), selection, text);
        editor.onChange(EditorState.push(state, content, 'insert-fragment'));
      },
    };
  };

  const inPlainText = (input) => ({
    find: (quote) => places(input.value, quote),
    replace: ([start, end], text) => {
      input.focus({ preventScroll: true });
      input.setSelectionRange(start, end);
      // The one way to write that "undo" knows of.
      if (document.activeElement === input && document.execCommand('insertText', false, text)) return;
      input.setRangeText(text, start, end, 'end');
      input.dispatchEvent(new Event('input', { bubbles: true }));
    },
  });

  const editorsIn = (field) => [
    ...[...field.querySelectorAll('input[type="hidden"]')].filter((input) => input.draftailEditor).map(inRichText),
    ...[...field.querySelectorAll(fields)].map(inPlainText),
  ];

  /** Replace `quote` in the fields below `field`. Return how often it stands there; nothing is changed unless once. */
  const replaceOnce = (field, quote, text) => {
    const editors = editorsIn(field);
    const [reading] = readings(quote).filter((each) => editors.some((editor) => editor.find(each).length)).slice(0, 1);
    if (!reading) return 0;
    const found = editors.flatMap((editor) => editor.find(reading).map((place) => [editor, place]));
    if (found.length === 1) found[0][0].replace(found[0][1], text);
    return found.length;
  };

  window.healthGate = { places, readings, replaceOnce };
})();
