import { a as mermaidText, c as visibleLine, i as mermaidName, l as words, n as fence, o as shortened, r as htmlText, s as visible, t as code } from "./escape2.js";

export { visible, visibleLine };