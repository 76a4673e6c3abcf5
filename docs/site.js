// What the theme leaves out for those who don't see it: a landmark around its menu, and code that scrolls by keyboard.
const menu = document.querySelector(".navbar");
menu?.setAttribute("role", "navigation");
menu?.setAttribute("aria-label", "Pages");
for (const code of document.querySelectorAll("pre")) {
  code.tabIndex = 0;
  code.firstElementChild?.style.setProperty("overflow", "visible");
}
