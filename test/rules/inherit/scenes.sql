-- scene: a table becomes a child
-- expect: inherit@1
-- base
CREATE TABLE things (id bigint);
CREATE TABLE books (id bigint, title text);
-- migration inherit
ALTER TABLE books INHERIT things;

-- scene: a new table
-- base
CREATE TABLE things (id bigint);
-- migration inherit
CREATE TABLE books (id bigint PRIMARY KEY);
ALTER TABLE books INHERIT things;
