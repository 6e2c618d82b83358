CREATE TABLE devices (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL
);

CREATE TABLE events (
    device_id bigint NOT NULL REFERENCES devices (id),
    at timestamptz NOT NULL,
    value double precision,
    PRIMARY KEY (device_id, at)
) PARTITION BY RANGE (at);

CREATE TABLE events_2026_10 PARTITION OF events FOR VALUES FROM ('2026-10-01') TO ('2026-11-01');
CREATE TABLE events_2026_11 PARTITION OF events FOR VALUES FROM ('2026-11-01') TO ('2026-12-01');
CREATE TABLE events_others PARTITION OF events DEFAULT;
