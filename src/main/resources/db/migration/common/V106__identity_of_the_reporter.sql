-- With whom the identity of whoever reported may be shared, as they said at the report (contract, consentToShareIdentity).
-- The word alone; who it is is a value of the vault.
create table vault_reporter_choice (
    case_number varchar(64) primary key,
    choice varchar(20) not null check (choice in ('NONE', 'PROGRAMME_ONLY', 'NAMED_PARTIES')),
    noted_by varchar(255) not null,
    noted_at timestamp with time zone not null
);

-- An authority, or another programme that handles the case too: who takes back one of these consents stops that one.
alter table vault_disclosure add column purpose varchar(40) default 'SHARE_WITH_AUTHORITY' not null;
