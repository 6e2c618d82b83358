import { a as shortened, c as words, i as mermaidText, n as fence, o as visible, r as mermaidName, s as visibleLine, t as code } from "./escape2.js";

export { visible, visibleLine };