// src/model/nearest.ts
/** The candidates that a mistyped or shortened word may have meant, the likeliest first; none where nothing is near. */
function nearest(word, candidates, count = 3) {
	const limit = Math.max(2, Math.ceil(word.length / 3));
	return candidates.map((candidate) => ({
		candidate,
		distance: difference(word.toLowerCase(), candidate.toLowerCase())
	})).filter((each) => each.distance <= limit).sort((a, b) => a.distance - b.distance).slice(0, count).map(({ candidate }) => candidate);
}
/** A beginning counts as one letter's mistake. */
function difference(word, candidate) {
	return word.length >= 3 && candidate.startsWith(word) ? Number(word !== candidate) : distance(word, candidate);
}
/** Levenshtein distance: how many letters must be added, removed or replaced. */
function distance(a, b) {
	let row = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (const [i, letter] of [...a].entries()) {
		const next = [i + 1];
		for (const [j, other] of [...b].entries()) {
			const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
			next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
		}
		row = next;
	}
	return row.at(-1) ?? 0;
}

export { nearest as t };