/* Tasklist's settings: its own shortcuts, and one script of ours. It reads this file before any form. */

/*
 * As shipped, "Save" writes what stands in a form, opened values too, to the browser's disk, and shows it to whoever opens the
 * task in that browser next. Here a draft lives as long as this page and this person's session, and what lay there is removed.
 */
const DRAFT = /^(camunda-form|camForm):/;
const SIGNS_IN_OR_OUT = /\/api\/admin\/auth\/user\/[^/]+\/(login|logout)\b/;
const KEPT = 'Kept only while this page is open, and not sent yet. Choose Complete to send it.';

const drafts = new Map();
const otherPages = new BroadcastChannel('redress-drafts');
const { getItem, setItem, removeItem } = Storage.prototype;

function say() {
  const old = document.getElementById('redress-draft');
  if (old) {
    old.remove();
  }
  const note = document.createElement('div');
  note.id = 'redress-draft';
  note.className = 'alert alert-info';
  note.setAttribute('role', 'status');
  note.textContent = KEPT;
  document.body.append(note);
  window.setTimeout(() => note.remove(), 8000);
}

function forget() {
  drafts.clear();
  Object.keys(window.localStorage)
    .filter(key => DRAFT.test(key))
    .forEach(key => removeItem.call(window.localStorage, key));
}

Storage.prototype.getItem = function (key) {
  return DRAFT.test(key) ? drafts.get(String(key)) ?? null : getItem.call(this, key);
};
Storage.prototype.setItem = function (key, value) {
  if (DRAFT.test(key)) {
    drafts.set(String(key), String(value));
    say();
  } else {
    setItem.call(this, key, value);
  }
};
Storage.prototype.removeItem = function (key) {
  drafts.delete(String(key));
  removeItem.call(this, key);
};

const open = XMLHttpRequest.prototype.open;
XMLHttpRequest.prototype.open = function (method, address, ...more) {
  if (SIGNS_IN_OR_OUT.test(address)) {
    forget();
    otherPages.postMessage('forget');
  }
  return open.call(this, method, address, ...more);
};
otherPages.onmessage = forget;
forget();

export default {
  customScripts: ['scripts/redress'],

  shortcuts: {
    claimTask: {
      key: 'ctrl+alt+c',
      description: 'claims the currently selected task'
    },
    focusFilter: {
      key: 'ctrl+shift+f',
      description: 'set the focus to the first filter in the list'
    },
    focusList: {
      key: 'ctrl+alt+l',
      description: 'sets the focus to the first task in the list'
    },
    focusForm: {
      key: 'ctrl+alt+f',
      description: 'sets the focus to the first input field in a task form'
    },
    startProcess: {
      key: 'ctrl+alt+p',
      description: 'opens the start process modal dialog'
    }
  }
};
