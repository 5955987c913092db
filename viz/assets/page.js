"use strict";
// Text from data goes into the page as text only: no markup is ever made from it.
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const { nodes, edges, told } = read("data");
  const container = document.getElementById("network");
  const panel = document.getElementById("panel");
  const network = new vis.Network(container, { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) }, read("options"));

  const make = (tag, text, ...children) => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    element.append(...children);
    return element;
  };
  const name = (key) => {
    const button = make("button", "", make("bdi", told[key].name));
    button.type = "button";
    button.className = "plain";
    button.addEventListener("click", () => choose(key, true));
    return button;
  };
  const list = (title, items) => (items.length ? [make("h3", title), make("ul", "", ...items)] : []);
  const link = (one) => {
    const item = one.out ? make("li", "", one.says + " ", name(one.to)) : make("li", "", name(one.to), " " + one.says);
    if (one.why) item.append(make("br"), make("span", one.why));
    return item;
  };
  const behind = (one) => make("li", one.sentence || one.says, make("ul", "", ...one.records.map((record) => make("li", "", make("bdi", record)))));

  const choose = (key, move) => {
    const one = told[key];
    const said = make("dl");
    for (const [label, value] of one.said) said.append(make("dt", label), make("dd", "", make("bdi", value)));
    const what = make("p", one.type + " · " + one.id);
    what.className = "pale small";
    panel.replaceChildren(
      make("h2", "", make("bdi", one.name)), what, said,
      ...list("From here →", one.links.filter((each) => each.out).map(link)),
      ...list("To here ←", one.links.filter((each) => !each.out).map(link)),
      ...list("Records behind it", one.behind.map(behind)),
    );
    panel.scrollTop = 0;
    network.selectNodes([key]);
    if (!move) return;
    network.focus(key, { scale: Math.max(network.getScale(), 0.8) });
    // Whoever came by the keyboard goes on reading here; who clicked in the picture stays there.
    panel.focus({ preventScroll: true });
  };
  const zoom = (by) => network.moveTo({ scale: network.getScale() * by });

  network.on("selectNode", (event) => choose(event.nodes[0], false));
  document.getElementById("nearer").addEventListener("click", () => zoom(1.3));
  document.getElementById("farther").addEventListener("click", () => zoom(1 / 1.3));
  document.getElementById("all").addEventListener("click", () => network.fit());
  document.getElementById("table").addEventListener("click", (event) => {
    const button = event.target.closest("[data-node]");
    if (!button) return;
    choose(button.dataset.node, true);
    container.scrollIntoView({ block: "center" });
  });
  document.getElementById("find").addEventListener("change", (event) => {
    const text = event.target.value.trim().toLowerCase();
    const same = (one) => one.name.toLowerCase() === text || one.id.toLowerCase() === text;
    const holds = (one) => one.name.toLowerCase().includes(text);
    const keys = Object.keys(told);
    const found = new Set(text ? [...keys.filter((each) => same(told[each])), ...keys.filter((each) => holds(told[each]))] : []);
    const several = found.size > 1 ? `The first of ${found.size} with this in the name.` : "";
    document.getElementById("found").textContent = text && !found.size ? "Nothing in this picture is called so." : several;
    if (found.size) choose([...found][0], true);
  });
  // On a narrow screen the whole would be dots without names: begin in the middle.
  if (container.clientWidth < 700 && nodes.length > 12) network.moveTo({ position: { x: nodes[0].x, y: nodes[0].y }, scale: 0.7 });
  else network.fit();
  // For tests, and for whoever wants to look further in the browser's console.
  window.footprint = { network };
})();
