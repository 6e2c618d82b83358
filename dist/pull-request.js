import { n as writeComment, r as openApi, t as refusalOf } from "./refusal.js";
import { n as pullRequestOf, r as readEvent } from "./event.js";

// src/hosts/github/pull-request.ts
const forkHelp = "No comment: the pull request comes from a fork, whose runs may not write. To have one there too, add the workflow that posts the stored report: https://docs.github.com/actions/reference/events-that-trigger-workflows#workflow_run";
/** Comments on the pull request of this event, if there is one. What hinders is told; nothing else comes of it. */
async function commentOnPullRequest(presentation, { token, folder, id, signal }, { environment, log, hide }) {
	const { GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
	const pullRequest = pullRequestOf(await readEvent(environment));
	if (!pullRequest) return;
	if (pullRequest.readOnly) return log.info(forkHelp);
	if (!token || !repository) return log.info("No comment: there is no `github-token` to write it with.");
	const whole = runUrl(environment);
	try {
		const { outcome, url } = await writeComment(openApi({
			token,
			repository,
			environment,
			signal
		}), {
			pullRequest: pullRequest.number,
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
	} catch (error) {
		if (signal.aborted) throw error;
		const { why, help } = refusalOf(error, ["pull-requests: write"]);
		log.warning(`The comment was not written: ${why}. ${help ? `${help} ` : ""}The report is in the job summary.`);
	}
}
/** The page of this run, where its summary is. */
function runUrl(environment) {
	const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
	return server && repository && run ? `${server}/${repository}/actions/runs/${run}` : void 0;
}

export { commentOnPullRequest };