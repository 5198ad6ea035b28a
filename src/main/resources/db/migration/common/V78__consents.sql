-- What a person agreed to, a row for each purpose and, for sharing, for each organisation (remedy.md C.2). A consent that is
-- given again gets the next version; nothing is written over. The words themselves are values of the vault: the columns
-- that end in _ref hold references to them. What is left after an erasure proves that there was a consent, and no more.
create table vault_consent (
    id varchar(36) primary key,
    case_number varchar(64) not null,
    person varchar(64) not null,
    purpose varchar(40) not null,
    recipient varchar(64) not null,
    version integer not null,
    given_by varchar(20) not null,
    evidence varchar(20),
    given_on date not null,
    valid_until date,
    explained_ref varchar(64),
    withheld_ref varchar(64),
    recorded_by varchar(255) not null,
    recorded_at timestamp with time zone not null,
    ended_at timestamp with time zone,
    ended_as varchar(12),
    ended_by varchar(255),
    check ((ended_at is null) = (ended_as is null)),
    unique (case_number, person, purpose, recipient, version)
);

create index vault_consent_open on vault_consent (case_number, person, ended_at);
