// Elements are made here and nowhere else: text goes in as text, so that no name can be markup.
const SVG = "http://www.w3.org/2000/svg";

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}

const h = (tag, attributes, ...children) => filled(document.createElement(tag), attributes, children);
const s = (tag, attributes, ...children) =>
  filled(document.createElementNS(SVG, tag), attributes, children);
const put = (element, ...children) => {
  element.replaceChildren();
  return filled(element, null, children);
};
const $ = (id) => document.getElementById(id);
const number = (count, one, many) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

// A long list shows its beginning; the rest comes when it is asked for.
function long(items, most, made, wrapped) {
  const shown = wrapped(items.slice(0, most).map(made));
  if (items.length <= most) return shown;
  const body = shown.querySelector("tbody") || shown;
  const more = h(
    "button",
    {
      type: "button",
      class: "more",
      onclick: () => {
        const before = body.children.length;
        body.append(...items.slice(most).map(made));
        more.remove();
        const next = body.children[before];
        next.tabIndex = -1;
        next.focus();
      },
    },
    `Show ${number(items.length - most, "more", "more")}`,
  );
  return h("div", null, shown, more);
}
