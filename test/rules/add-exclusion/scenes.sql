-- scene: bookings must not overlap
-- expect: add-exclusion@1
-- base
CREATE TABLE bookings (id bigint PRIMARY KEY, during tsrange);
-- migration no_overlap
ALTER TABLE bookings ADD CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&);

-- scene: the table is new
-- base
CREATE TABLE rooms (id bigint PRIMARY KEY);
-- migration bookings
CREATE TABLE bookings (id bigint PRIMARY KEY, during tsrange);
ALTER TABLE bookings ADD CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&);
