import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

// src/model/spent.ts
/**
* Gives back the memory of bytes that nobody looks at any more, where the collector of garbage would first let 64 MB of
* them gather (V8's limit for memory outside of its heap). Only where the bytes have it to themselves: a part of something
* larger is left alone, and so is what node's pool has lent.
*/
function spent({ buffer, byteLength }) {
	passed += byteLength;
	if (passed >= untilSweep) sweep();
	if (byteLength > 0 && byteLength === buffer.byteLength) free(buffer);
}
/** The same bytes in memory of just that size; that which they are the beginning of, and nobody else has, is given back. */
function trimmed(bytes) {
	if (bytes.length === bytes.buffer.byteLength) return bytes;
	const tight = Buffer.allocUnsafeSlow(bytes.length);
	tight.set(bytes);
	if (bytes.buffer.byteLength > Buffer.poolSize) free(bytes.buffer);
	return tight;
}
function free(buffer) {
	if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}
/** Bytes from one sweep to the next. */
const untilSweep = 16 << 20;
let passed = 0;
let collect;
/**
* Collects what is young. A socket leaves a buffer behind for each read of an answer, which nobody but V8 can free: left to
* itself, it does so by going through the whole heap every 20 MB, and lets up to 64 MB gather all the same. This takes a
* millisecond.
*/
function sweep() {
	passed = 0;
	collect ??= collector();
	collect({ type: "minor" });
}
function collector() {
	setFlagsFromString("--expose-gc");
	return runInNewContext("gc");
}

export { trimmed as n, spent as t };