// Comfort only; every page works without this.
(() => {
  // A page that comes back out of the browser's memory still shows what was typed: ask for it anew.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
  addEventListener("click", (event) => {
    const exit = event.target.closest?.(".govuk-exit-this-page a");
    if (!exit) return;
    event.preventDefault();
    location.replace(exit.href);
  });
  // A second click within five seconds is a slip, not a second message.
  addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 5000);
  });
  addEventListener("input", ({ target }) => {
    if (target.tagName !== "TEXTAREA" || target.scrollHeight <= target.clientHeight) return;
    target.rows += Math.ceil((target.scrollHeight - target.clientHeight) / 26);
  });
})();
