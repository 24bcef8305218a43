/* Search that forgives, first part: it keeps what the theme's worker, which follows, wants to hear and to send. */
const own = (() => {
  const heard = [];
  const hear = self.addEventListener.bind(self), send = self.postMessage.bind(self);
  let answered = () => {};
  self.addEventListener = (type, listener) => type === "message" && heard.push(listener);
  self.postMessage = (message) => answered(message);
  return {
    hear,
    send,
    /* Let the theme's worker answer a message. */
    ask: (data) =>
      new Promise((done) => {
        answered = done;
        heard.forEach((listener) => listener({ data }));
      }),
  };
})();
