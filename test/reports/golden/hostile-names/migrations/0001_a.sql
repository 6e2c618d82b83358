CREATE TABLE "| a | b |" (id bigint PRIMARY KEY, "@everyone #1 https://example.com" text);
CREATE TABLE "very_long_name_of_a_table_that_nobody_would_ever_write_by_hand_x" (id bigint PRIMARY KEY);
CREATE TABLE "</details><script>" (id bigint PRIMARY KEY);
