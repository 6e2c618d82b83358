import { n as writeComment, r as openApi, t as refusalOf } from "./refusal.js";
import { n as pullRequestOf, r as readEvent } from "./event.js";

// src/hosts/github/pull-request.ts
const forkHelp = "No comment: the pull request comes from a fork, whose runs may not write. To have one there too, add the workflow that posts the stored report: `lockkeeper init --forks`, or workflows/pull-request-comment.yml by hand.";
/** Comments on the pull request of this event, if there is one. What hinders is told; nothing else comes of it. */
async function commentOnPullRequest(presentation, request, around) {
	const { log } = around;
	try {
		const pullRequest = pullRequestOf(await readEvent(around.environment));
		if (!pullRequest) return;
		if (pullRequest.readOnly) return log.info(forkHelp);
		await commentOn(pullRequest.number, presentation, request, around);
	} catch (error) {
		if (request.signal.aborted) throw error;
		const { why, help } = refusalOf(error, ["pull-requests: write"]);
		log.warning(`The comment was not written: ${why}. ${help ? `${help} ` : ""}The report is in the job summary.`);
	}
}
async function commentOn(pullRequest, presentation, { token, folder, id, signal }, { environment, log, hide }) {
	const { GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
	if (!token || !repository) return log.info("No comment: there is no `github-token` to write it with.");
	const whole = runUrl(environment);
	const { outcome, url } = await writeComment(openApi({
		token,
		repository,
		environment,
		signal
	}), {
		pullRequest,
		key: {
			folder,
			id
		},
		run: Number(run) || 0,
		idle: presentation.idle,
		text: (limit) => hide(presentation.comment({
			limit,
			folder,
			id,
			...whole && { whole }
		}))
	});
	log.info(`Comment: ${outcome}${url ? `, ${url}` : ""}`);
	if (url) log.output("comment-url", url);
}
/** The page of this run, where its summary is. */
function runUrl(environment) {
	const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
	return server && repository && run ? `${server}/${repository}/actions/runs/${run}` : void 0;
}

export { runUrl as n, commentOnPullRequest as t };