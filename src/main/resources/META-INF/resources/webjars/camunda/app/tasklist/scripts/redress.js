/* Whoever asked for a page of ours before signing in is brought there afterwards: OwnPages sends them here with ?to=. */
const OWN = /^\/(cases|files|holds|my|break-glass)(\/[A-Za-z0-9][A-Za-z0-9._~-]*)+$/;
const SIGN_IN = '#/login';

const to = new URLSearchParams(window.location.search).get('to');

async function bringThere(root) {
  if (!window.location.hash.startsWith(SIGN_IN)) {
    const who = await fetch(`${root}/api/admin/auth/user/default`, { credentials: 'same-origin' });
    if (who.ok) {
      window.location.replace(root.replace(/\/camunda$/, '') + to);
      return;
    }
  }
  window.setTimeout(() => bringThere(root), 400);
}

if (to !== null && OWN.test(to)) {
  bringThere(document.querySelector('base').getAttribute('app-root'));
}
