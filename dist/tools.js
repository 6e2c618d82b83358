// src/tools/index.ts
/** The migration tools there are, as in the setting `tool`. */
const toolNames = [
	"golang-migrate",
	"goose",
	"sql"
];
const loaders = {
	"golang-migrate": () => import("./golang-migrate.js"),
	goose: () => import("./tool.js"),
	sql: () => import("./sql.js")
};
/** The tool of this name; its code is loaded only now. */
async function loadTool(name) {
	return (await loaders[name]()).tool;
}

export { toolNames as n, loadTool as t };