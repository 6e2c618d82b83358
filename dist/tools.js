// src/model/finding.ts
/** What a finding weighs. `error`: stop and change it. `warning`: know it before you merge. `notice`: worth a look. */
const severities = [
	"notice",
	"warning",
	"error"
];
/** Whether a finding of this severity fails the check. */
function fails(severity, failOn) {
	return failOn !== "never" && severities.indexOf(severity) >= severities.indexOf(failOn);
}

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

export { severities as i, toolNames as n, fails as r, loadTool as t };