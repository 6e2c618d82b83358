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

export { severities as n, fails as t };