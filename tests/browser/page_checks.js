// SPDX-License-Identifier: GPL-3.0-or-later
// Looks at a page from within; run by test_report.py, never part of a page. Each check returns a
// list of what is wrong.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const name = element => element.outerHTML.slice(0, 120);
  const channel = value => {
    value /= 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const parse = colour => (colour.match(/[\d.]+/g) || []).map(Number);
  const luminance = ([r, g, b]) =>
      0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const contrast = (a, b) => {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const solid = colour => colour.length >= 3 && (colour.length < 4 || colour[3] > 0.9);
  const shapes = ["rect", "polygon", "path", "circle", "use"];

  // What a text stands on: the first painted thing below its middle.
  const ground = (element, rect) => {
    const under = document.elementsFromPoint(rect.left + rect.width / 2,
                                             rect.top + rect.height / 2);
    for (const other of under) {
      if (other === element || element.contains(other) && other.tagName !== "svg") {
        continue;
      }
      const style = getComputedStyle(other);
      const colour = parse(shapes.includes(other.tagName) ? style.fill : style.backgroundColor);
      if (other.closest("svg") && !shapes.includes(other.tagName)) {
        continue;
      }
      if (solid(colour) && style.fill !== "none") {
        return colour;
      }
    }
    return parse(getComputedStyle(document.body).backgroundColor);
  };

  const checks = {
    open() {
      all("details").forEach(details => { details.open = true; });
      return [];
    },

    contrast() {
      const wrong = [];
      let looked = 0;
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement;
        if (!node.data.trim() || element.closest("style,title,desc,.hidden,.skip")) {
          continue;
        }
        element.scrollIntoView({block: "center", inline: "center"});
        const range = document.createRange();
        range.selectNodeContents(node);
        const rect = range.getClientRects()[0];
        if (!rect || rect.width === 0) {
          continue;
        }
        const style = getComputedStyle(element);
        const text = parse(element.closest("svg") ? style.fill : style.color);
        const ratio = contrast(text, ground(element, rect));
        looked += 1;
        if (!(ratio >= 4.5)) {
          wrong.push(`${ratio.toFixed(2)}: ${node.data.slice(0, 40)}`);
        }
      }
      return looked > 100 ? wrong : [`only ${looked} texts`];
    },

    ids() {
      const seen = new Set(), wrong = [];
      all("[id]").forEach(element => {
        if (seen.has(element.id)) {
          wrong.push(element.id);
        }
        seen.add(element.id);
      });
      all("[aria-labelledby]").forEach(element => element.getAttribute("aria-labelledby")
          .split(" ").filter(id => !seen.has(id)).forEach(id => wrong.push("no " + id)));
      all("a[href^='#'],use").forEach(element => {
        const target = element.getAttribute("href") || element.getAttribute("xlink:href") || "#";
        if (!seen.has(target.slice(1))) {
          wrong.push("nowhere: " + target);
        }
      });
      return wrong;
    },

    structure() {
      const wrong = [];
      let last = 0;
      all("h1,h2,h3,h4,h5,h6").forEach(heading => {
        const level = Number(heading.tagName[1]);
        if (level > last + 1 || !heading.textContent.trim()) {
          wrong.push(name(heading));
        }
        last = level;
      });
      if (all("h1").length !== 1 || all("main").length !== 1 || !document.documentElement.lang) {
        wrong.push("h1, main or lang");
      }
      all("table").forEach(table => {
        if (!table.caption || !table.caption.textContent.trim() ||
            all("th:not([scope])", table).length || !table.querySelector("th[scope=row]")) {
          wrong.push(name(table));
        }
      });
      return wrong;
    },

    figures() {
      const wrong = [];
      all("figure").forEach(figure => {
        const svg = figure.querySelector("svg[role=img]");
        const numbers = figure.querySelector("details");
        if (!svg || !svg.querySelector("title").textContent.trim() ||
            !svg.querySelector("desc").textContent.trim() ||
            (numbers ? all("table tbody tr", numbers).length === 0
                     : !/ in numbers\.$/.test(figure.lastElementChild.textContent)) ||
            !figure.querySelector("figcaption").textContent.startsWith("How to read it")) {
          wrong.push(name(figure));
        }
      });
      return all("figure").length ? wrong : ["no figure"];
    },

    inert() {
      const wrong = all("script,iframe,object,embed,img,base,form,link:not([rel=icon])").map(name);
      all("*").forEach(element => {
        for (const attribute of element.attributes) {
          if (/^on/i.test(attribute.name) || /^\s*javascript:/i.test(attribute.value) ||
              attribute.name === "style") {
            wrong.push(name(element));
          }
        }
      });
      if (window.hit) {
        wrong.push("something ran");
      }
      return wrong;
    },

    width() {
      const wide = document.documentElement.scrollWidth, room = window.innerWidth;
      return wide > room ? [`${wide} > ${room}`] : [];
    },

    focus() {
      const element = document.activeElement, rect = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      if (element === document.body) {
        return ["end"];
      }
      return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 &&
             rect.right > 0 && rect.bottom > 0 && rect.width > 0 && rect.top < window.innerHeight
          ? [] : [name(element)];
    },

    data() {
      return all("a.data").map(link => atob(link.href.split("base64,")[1]));
    },
  };
  window.checks = checks;
})()
