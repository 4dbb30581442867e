"use strict";
(() => {
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    for (let each = target; each; each = each.parentElement) if (each.tagName === "DETAILS") each.open = true;
    if (target) target.scrollIntoView({ block: target.tagName === "MARK" ? "center" : "start" });
  };
  const all = (open) => document.querySelectorAll("details").forEach((each) => { each.open = open; });
  addEventListener("hashchange", reveal);
  addEventListener("beforeprint", () => all(true));
  const list = document.querySelector("nav .links");
  for (const [text, open] of [["Open all", true], ["Close all", false]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.addEventListener("click", () => all(open));
    list.appendChild(document.createElement("li")).appendChild(button);
  }
  reveal();
})();
