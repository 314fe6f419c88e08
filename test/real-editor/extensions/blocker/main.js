// Another extension that behaves badly: while it is on, it keeps the extension host's thread for 300 ms of every second.
const { commands, window } = require('vscode');

const BLOCK_MS = 300;

exports.activate = (context) => {
  const item = window.createStatusBarItem('blocker.status');
  let timer;
  let times = 0;
  const block = () => {
    const until = performance.now() + BLOCK_MS;
    while (performance.now() < until);
    times += 1;
    item.text = `blocked ${times}`;
  };
  const stop = () => clearInterval(timer);
  const start = () => {
    stop();
    times = 0;
    item.text = 'blocked 0';
    item.show();
    timer = setInterval(block, 1000);
  };
  context.subscriptions.push(commands.registerCommand('blocker.start', start), commands.registerCommand('blocker.stop', stop), item, {
    dispose: stop,
  });
};
