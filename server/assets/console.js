// Comfort only: every page works without it.
"use strict";
// An enrolment code says when it has expired, and can be copied.
const enrolment = document.querySelector("[data-seconds]");
if (enrolment) {
  setTimeout(() => {
    enrolment.querySelector("[data-countdown]").textContent = enrolment.dataset.expired;
  }, enrolment.dataset.seconds * 1000);
  const code = enrolment.querySelector("[data-copy]");
  if (navigator.clipboard) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button plain slim";
    button.textContent = code.dataset.copy;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(code.textContent.trim());
      button.textContent = code.dataset.copied;
    });
    code.after(button);
  }
}
