// Stands in for what VS Code puts around a webview: its message port, its state, and the theme's variables and classes.
(() => {
  const { theme, kind } = JSON.parse(document.getElementById('theme').textContent);
  for (const [name, value] of Object.entries(theme)) document.documentElement.style.setProperty(name, value);
  document.addEventListener('DOMContentLoaded', () => {
    document.body.className = kind;
    document.body.dataset.vscodeThemeKind = kind;
  });
  const key = 'state';
  const posts = [];
  let sending = false;
  const send = async () => {
    if (sending) return;
    sending = true;
    while (posts.length > 0) await fetch('/to-editor', { method: 'POST', body: JSON.stringify(posts.splice(0)) });
    sending = false;
  };
  const events = new EventSource('/to-page');
  events.onmessage = ({ data }) => window.postMessage(JSON.parse(data), '*');
  const opened = new Promise((resolve) => {
    events.onopen = resolve;
  });
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => {
      posts.push(message);
      void opened.then(send);
    },
    getState: () => JSON.parse(sessionStorage.getItem(key) ?? 'null') ?? undefined,
    setState: (state) => sessionStorage.setItem(key, JSON.stringify(state)),
  });
})();
