// src/tools/index.ts
/** The migration tools there are, as in the setting `tool`. */
const toolNames = [
	"golang-migrate",
	"goose",
	"sql"
];
const loaders = {
	"golang-migrate": () => import("./tool.js"),
	goose: () => import("./tool2.js"),
	sql: () => import("./tool3.js")
};
/** The tool of this name; its code is loaded only now. */
async function loadTool(name) {
	return (await loaders[name]()).tool;
}

export { toolNames as n, loadTool as t };