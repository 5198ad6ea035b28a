-- Wrong passwords of the last day, so that guessing gets slow on every node. Account and address as digests: somebody may have
-- typed the password where the account belongs.
create table sign_in_failure (
    account_digest varchar(64) not null,
    address_digest varchar(64) not null,
    failed_at timestamp not null
);

create index sign_in_failure_address on sign_in_failure (address_digest, failed_at);
create index sign_in_failure_time on sign_in_failure (failed_at);
