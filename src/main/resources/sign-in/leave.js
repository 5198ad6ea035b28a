// Sign-out ends the provider's session too, and a session that is over begins with the provider again: the form for passwords
// that a web app would show is closed.
const send = XMLHttpRequest.prototype.send;
XMLHttpRequest.prototype.send = function (...body) {
  this.addEventListener('load', () => {
    const address = new URL(this.responseURL, window.location.href);
    if (address.origin !== window.location.origin) {
      return;
    }
    if (this.status === 204 && /\/api\/admin\/auth\/user\/[^/]+\/logout$/.test(address.pathname)) {
      window.location.assign(this.getResponseHeader('Location'));
    } else if (this.status === 401) {
      window.location.reload();
    }
  });
  return send.apply(this, body);
};

