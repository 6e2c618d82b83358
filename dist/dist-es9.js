import { n as fromWebToken, t as fromTokenFile } from "./dist-es8.js";

export { fromTokenFile };