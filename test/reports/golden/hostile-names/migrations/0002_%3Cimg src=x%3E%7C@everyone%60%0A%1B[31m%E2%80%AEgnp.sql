SET lock_timeout = '5s';

ALTER TABLE "| a | b |" ADD COLUMN "<img src=x onerror=alert(1)>" text NOT NULL DEFAULT '</details>', ADD COLUMN "] { } ""x""" text;
CREATE INDEX "```
# heading" ON "| a | b |" ("@everyone #1 https://example.com");
CREATE INDEX "::error::x" ON "very_long_name_of_a_table_that_nobody_would_ever_write_by_hand_x" (id);
COMMENT ON TABLE "| a | b |" IS E'\x1b[31mred \u202egnp.exe';
ALTER TABLE "</details><script>" RENAME TO "`; %%{init: {}}%% [l](javascript:alert(1))";
