// The tracking of a parcel, kept fresh while the page is open; without JavaScript, reload the page.
const tracking = document.querySelector("[data-refresh]");
if (tracking) {
  const refresh = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(tracking.dataset.refresh, { headers: { "X-Requested-With": "fetch" } });
        if (answer.ok) {
          const html = await answer.text();
          if (html.trim() !== tracking.innerHTML.trim()) tracking.innerHTML = html;
        }
      } catch { /* the shop is out of reach for now: the next round tries again */ }
    }
    if (!tracking.querySelector("[data-final]")) setTimeout(refresh, 1500);
  };
  setTimeout(refresh, 1000);
}
// A form is sent once, however often its button is pressed.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", () => {
    for (const button of form.querySelectorAll("button")) button.disabled = true;
  });
}
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("form[data-once] button")) button.disabled = false;
});
