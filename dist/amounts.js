// src/model/amounts.ts
const units = [
	"kB",
	"MB",
	"GB",
	"TB",
	"PB"
];
/** `1.23 GB`: decimal units, three digits. */
function bytesText(bytes) {
	if (bytes < 1e3) return `${bytes} B`;
	let value = bytes / 1e3;
	let unit = 0;
	for (; value >= 999.5 && unit < units.length - 1; unit++) value /= 1e3;
	return `${value.toPrecision(3)} ${units[unit]}`;
}
/** `654,343` */
function numberText(number) {
	return number.toLocaleString("en-US");
}
/** `830 ms`, `12.3 s`, `4 min 5 s`, `2 h 10 min`. */
function durationText(milliseconds) {
	if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
	const seconds = milliseconds / 1e3;
	if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
	const whole = Math.round(seconds);
	if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
	const minutes = Math.round(whole / 60);
	return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
/** `5 min`, `7 h`, `12 d`: how long ago a moment was. */
function ageText(moment, now) {
	const minutes = Math.max(0, Math.floor((Date.parse(now) - Date.parse(moment)) / 6e4));
	if (minutes < 60) return `${minutes} min`;
	return minutes < 2880 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} d`;
}
/** `2026-11-21 02:07:00` in UTC. */
function timeText(moment) {
	return moment.slice(0, 19).replace("T", " ");
}
/** `2026-11-21 02:07` in UTC. */
function minuteText(moment) {
	return moment.slice(0, 16).replace("T", " ");
}

export { numberText as a, minuteText as i, bytesText as n, timeText as o, durationText as r, ageText as t };