-- scene: the column may be NULL, so every row is read
-- expect: pk-using-index-nullable@1
-- base
CREATE TABLE log (id bigint, at timestamptz);
CREATE UNIQUE INDEX log_id ON log (id);
-- migration key
ALTER TABLE log ADD CONSTRAINT log_pkey PRIMARY KEY USING INDEX log_id;

-- scene: the column is NOT NULL already
-- base
CREATE TABLE log (id bigint NOT NULL, at timestamptz);
CREATE UNIQUE INDEX log_id ON log (id);
-- migration key
ALTER TABLE log ADD CONSTRAINT log_pkey PRIMARY KEY USING INDEX log_id;
