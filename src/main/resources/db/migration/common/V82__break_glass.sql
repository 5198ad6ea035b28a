-- Who was let read a case, or one survivor of it, in an emergency, for some hours; the reason is sealed, since it may name
-- people. What was read under it is in vault_read, with the purpose "break-glass".
create table vault_break_glass (
    id varchar(36) primary key,
    case_number varchar(64) not null,
    person varchar(64),
    reader varchar(255) not null,
    key_id varchar(36) not null references vault_key (id),
    sealed_reason bytea not null,
    asked_at timestamp with time zone not null,
    ends_at timestamp with time zone not null,
    revoked_at timestamp with time zone,
    revoked_by varchar(255)
);

create index vault_break_glass_by_reader on vault_break_glass (reader, case_number);
create index vault_break_glass_by_key on vault_break_glass (key_id);
