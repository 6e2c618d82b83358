import { n as runUrl, t as commentOnPullRequest } from "./pull-request2.js";

export { commentOnPullRequest };