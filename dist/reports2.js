import { n as presentationOf, t as files } from "./reports.js";

export { files, presentationOf };