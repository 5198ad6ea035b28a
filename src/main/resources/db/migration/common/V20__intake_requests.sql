-- What outside systems filed: one row per caller and Idempotency-Key, in the same transaction as the case it started.
-- The primary key makes a second request with the same key wait for the first. No part of the body is kept, only its hash.
create table intake_request (
    caller varchar(255) not null,
    idempotency_key varchar(200) not null,
    body_hash varchar(64) not null,
    created_at timestamp with time zone not null,
    case_number varchar(20),
    case_state varchar(64),
    received_at timestamp with time zone,
    primary key (caller, idempotency_key)
);

create index intake_request_by_case on intake_request (case_number, caller);
