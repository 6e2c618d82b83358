import { posix } from "node:path";

// src/commands/door.ts
/** The working directory as comments are told apart by it: no `/` around it, empty for the repository's top. */
function folderOf({ settings }) {
	return posix.join("/", settings.workingDirectory).replace(/^\/|\/$/g, "");
}

export { folderOf as t };