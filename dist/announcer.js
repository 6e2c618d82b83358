import { i as usualPatience, n as writeComment, r as openApi, t as refusalOf } from "./refusal.js";
import { n as pullRequestOf, r as readEvent } from "./event.js";
import { n as runUrl } from "./pull-request2.js";

// src/hosts/github/deployment.ts
/** Of statuses, and kept to for deployments as well. */
const longest = 140;
/** Records a deployment; returns its id. No branch is merged for it, and no other check is waited for. */
async function createDeployment({ octokit, repository }, deployment) {
	const { commit: ref, environment, payload } = deployment;
	const { data } = await octokit.request("POST /repos/{owner}/{repo}/deployments", {
		...repository,
		ref,
		environment,
		payload,
		task: "migrate",
		description: "Database migration",
		auto_merge: false,
		required_contexts: []
	});
	if ("id" in data) return Number(data.id);
	throw new Error(`GitHub made no deployment: ${data.message}`);
}
/** Says how far a deployment is. */
async function setDeploymentStatus({ octokit, repository }, deployment, { state, description, log }) {
	await octokit.request("POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses", {
		...repository,
		deployment_id: deployment,
		state,
		...log && { log_url: log },
		description: description.length <= longest ? description : `${description.slice(0, 139)}…`
	});
}

// src/hosts/github/grace.ts
/** For GitHub to be told how a run ended that is being ended itself: ten seconds after the first signal it is killed. */
const grace = 4e3;
/** Aborts a moment after `signal` does: time enough for a few words. */
function graceAfter(signal) {
	const controller = new AbortController();
	const begin = () => setTimeout(() => controller.abort(signal.reason), grace).unref();
	if (signal.aborted) begin();
	else signal.addEventListener("abort", begin, { once: true });
	return controller.signal;
}

// src/hosts/github/merged.ts
/**
* The numbers of the pull requests that a commit came with: that of the event itself, else all of this repository that were
* merged with it, by whichever way of merging. None for what was pushed directly.
*/
async function pullRequestsWith({ octokit, repository }, commit, event) {
	const own = pullRequestOf(event);
	if (own) return own.readOnly ? [] : [own.number];
	const found = await octokit.paginate("GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls", {
		...repository,
		commit_sha: commit,
		per_page: 100
	});
	const here = `${repository.owner}/${repository.repo}`.toLowerCase();
	return found.filter(({ merged_at, base }) => merged_at !== null && base.repo.full_name.toLowerCase() === here).map(({ number }) => number);
}

// src/hosts/github/announcer.ts
/** For the target: it must not wait for long because GitHub cannot be reached. */
const shortPatience = {
	budget: 15e3,
	answer: 5e3
};
/** A run that changes a target, as a deployment and as a comment on the pull requests that its commit came with. */
function announcer(announcement, around) {
	const { environment, comment, signal } = announcement;
	const attempt = (each, limit) => attempted(each, {
		...announcement,
		signal: limit
	}, around);
	let deployment;
	const made = (id) => {
		deployment = id;
	};
	return {
		begin: async (about) => {
			if (environment) await attempt(opening(environment, about, made, around), graceAfter(signal));
		},
		end: async (ending) => {
			const limit = graceAfter(signal);
			if (deployment !== void 0) await attempt(closing(deployment, ending, around), limit);
			if (comment) await attempt(commenting(comment, ending, around), limit);
		}
	};
}
/** `made` is told the deployment as soon as there is one, whatever comes of its status. */
function opening(environment, about, made, { environment: variables, log, hide }) {
	const url = runUrl(variables);
	return {
		what: "The deployment was not recorded",
		needs: "deployments: write",
		patience: shortPatience,
		work: async (api, commit) => {
			const payload = Object.fromEntries(Object.entries(about).map(([name, text]) => [name, hide(text)]));
			const deployment = await createDeployment(api, {
				commit,
				environment,
				payload
			});
			made(deployment);
			log.info(`Deployment ${deployment} to ${environment}`);
			await setDeploymentStatus(api, deployment, {
				state: "in_progress",
				description: "Applying migrations",
				...url && { log: url }
			});
		}
	};
}
function closing(deployment, { good, verdict }, { environment, hide }) {
	const log = runUrl(environment);
	return {
		what: "The deployment’s end was not recorded",
		needs: "deployments: write",
		patience: usualPatience,
		work: (api) => setDeploymentStatus(api, deployment, {
			state: good ? "success" : "failure",
			description: hide(verdict),
			...log && { log }
		})
	};
}
function commenting(key, ending, around) {
	const { environment, log } = around;
	return {
		what: "The comment was not written",
		needs: "pull-requests: write",
		patience: usualPatience,
		work: async (api, commit) => {
			const numbers = await pullRequestsWith(api, commit, await readEvent(environment));
			if (numbers.length === 0) return log.info(`No comment: ${commit} came with no pull request that may be written to.`);
			const urls = [];
			const faults = [];
			for (const number of numbers) await commentOn(api, number, key, ending, around).then((url) => urls.push(...url), (error) => faults.push(error));
			if (urls.length > 0) log.output("comment-url", urls.join("\n"));
			if (faults.length > 0) throw faults[0];
		}
	};
}
async function commentOn(api, pullRequest, key, ending, around) {
	const { environment, log, hide } = around;
	const whole = runUrl(environment);
	const { outcome, url } = await writeComment(api, {
		pullRequest,
		key,
		run: Number(environment.GITHUB_RUN_ID) || 0,
		idle: ending.idle,
		replaces: (text) => !ending.idle || !text.trimStart().startsWith("### ✅"),
		text: (limit) => hide(ending.comment({
			...key,
			limit,
			...whole && { whole }
		}))
	});
	log.info(`Comment on #${pullRequest}: ${outcome}${url ? `, ${url}` : ""}`);
	return url ? [url] : [];
}
async function attempted({ what, needs, patience, work }, { token, signal }, { environment, log }) {
	const { GITHUB_REPOSITORY: repository, GITHUB_SHA: commit } = environment;
	if (!token || !repository || !commit) return log.info(`${what}: there is no \`github-token\` to write with.`);
	try {
		await work(openApi({
			token,
			repository,
			environment,
			signal,
			patience
		}), commit);
	} catch (error) {
		const { why, help } = refusalOf(error, [needs]);
		log.notice(`${what}: ${signal.aborted ? "the run was ended" : why}.${help ? ` ${help}` : ""}`);
	}
}

export { announcer };