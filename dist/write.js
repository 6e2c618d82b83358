import { r as fileFault, t as KnownError } from "./error.js";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

// src/commands/write.ts
/** To a file, whose folders are made where they are missing, or to standard output. */
async function writeReport(text, file) {
	if (file === "-") return void process.stdout.write(text);
	try {
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, text);
	} catch (error) {
		throw new KnownError(`The report cannot be written to ${file}: ${fileFault(error)}.`, { cause: error });
	}
}

export { writeReport as t };